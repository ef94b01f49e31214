export interface PageAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** Where the answer leads to, below the origin. */
  location: string | null;
}

/** A browser without a screen: cookies, Origin, forms; follows no redirect by itself. */
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<PageAnswer>;
  /** Posts a form as the page at `path` would. */
  submit(
    path: string,
    fields: Record<string, string | string[]>,
    headers?: Record<string, string>,
  ): Promise<PageAnswer>;
  /** Any request, with cookies. */
  send(path: string, init: RequestInit): Promise<PageAnswer>;
  cookies: Map<string, string>;
}

export function browse(url: string, { headers: always = {} }: { headers?: Record<string, string> } = {}): Visitor {
  const cookies = new Map<string, string>();

  async function send(path: string, init: RequestInit = {}): Promise<PageAnswer> {
    const headers = new Headers({ ...always, ...Object.fromEntries(new Headers(init.headers)) });
    if (cookies.size > 0) headers.set('Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url + path, { redirect: 'manual', ...init, headers });
    for (const cookie of response.headers.getSetCookie()) keep(cookie);
    const location = response.headers.get('Location');
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: location && location.replace(url, ''),
    };
  }

  function keep(cookie: string): void {
    const [pair = ''] = cookie.split(';');
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) cookies.delete(name);
    else cookies.set(name, value);
  }

  return {
    cookies,
    send,
    get: (path, headers = {}) => send(path, { headers: { 'Accept-Language': 'en', ...headers } }),
    submit(path, fields, headers = {}) {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) body.append(name, each);
      return send(path, {
        method: 'POST',
        body,
        headers: { Origin: url, 'Sec-Fetch-Site': 'same-origin', Referer: url + path, ...headers },
      });
    },
  };
}
