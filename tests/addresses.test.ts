import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { complaints, keepLog } from './support/log-lines.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { fill, routesOf } from './support/routes.ts';

const NEW = '/es/spaces/climate/ideas/new';
const GOOD = {
  title: 'Más trenes nocturnos',
  body: 'Los trenes nocturnos unen ciudades y cuidan el clima.',
  language: 'es',
};

const { log, lines } = keepLog();
let polyphony: TestPlatform;
let maria: Visitor;
let joao: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { log });
  maria = await polyphony.signIn('María', { language: 'es' });
  joao = await polyphony.person('João', { language: 'pt' });
});
afterAll(() => polyphony.stop());

describe('addresses nobody was given', () => {
  const NASTY = [
    randomUUID(),
    'not-a-uuid',
    '..%2f..%2fetc%2fpasswd',
    '%00',
    "'%20or%201=1--",
    '__proto__',
    'constructor',
    '%E0%A4%A',
    'A'.repeat(3_000),
  ];

  /** As João's program or in María's browser, with everything the routes could ask for. */
  function ask(method: string, address: string): Promise<{ status: number }> {
    const body = method === 'GET' ? null : new URLSearchParams({ ...GOOD, reason: 'Porque sí.', version: '1' });
    const headers = { 'If-Match': '"1"' };
    if (!address.startsWith('/api/'))
      return maria.send(address, {
        method,
        body,
        redirect: 'follow',
        headers: { ...headers, 'Sec-Fetch-Site': 'same-origin' },
      });
    return fetch(polyphony.url + address, {
      method,
      body,
      headers: { ...headers, Authorization: `Bearer ${joao.token}` },
    });
  }

  test('what stands in no address of ours is answered with 4xx by every route, whoever asks', async () => {
    const failed: string[] = [];
    for (const { method, path } of routesOf(polyphony)) {
      if (!path.replace('/:language', '').includes(':')) continue;
      for (const nasty of NASTY) {
        const address = fill(path, path.startsWith('/api/') ? {} : { language: 'es' }, nasty);
        const { status } = await ask(method, address);
        if (status < 400 || status >= 500) failed.push(`${method} ${address.slice(0, 80)}: ${status}`);
      }
    }
    expect(failed).toEqual([]);
  });

  test('João may not touch what is María’s, however he names it', async () => {
    const { location } = await maria.submit(NEW, GOOD);
    const [id = ''] = /[0-9a-f-]{36}/.exec(location ?? '') ?? [];
    const visitor = await polyphony.signIn('João Pedro', { language: 'pt' });
    for (const act of ['edit', 'withdraw', 'hide', 'restore']) {
      expect((await visitor.get(`/pt/ideas/${id}/${act}`)).status).toBe(403);
      expect(
        (await visitor.submit(`/pt/ideas/${id}/${act}`, { ...GOOD, title: 'Meu', version: '1', reason: 'Porque sim.' }))
          .status,
      ).toBe(403);
    }
    expect((await joao.api('GET', `/ideas/${id}`)).body).toMatchObject({
      state: 'open',
      version: 1,
      text: { title: GOOD.title },
    });
  });
});

describe('queries', () => {
  const PAYLOADS = [
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '"',
    'javascript:alert(1)',
    '\u0000',
    '9'.repeat(400),
    '-1',
    '../../etc/passwd',
  ];
  const pages = [
    '',
    '/ideas',
    '/spaces',
    '/spaces/climate',
    '/people/maria',
    '/statistics',
    '/sign-in',
    '/me',
    '/nowhere',
  ];
  const lists = ['/ideas', '/spaces', '/spaces/climate/ideas', '/activity'];

  test.each(PAYLOADS)('%j comes back from no page unescaped, and breaks none', async (payload) => {
    const value = encodeURIComponent(payload);
    const all = ['language', 'space', 'view', 'q', 'sort', 'to', 'posted', 'saved', 'whatever'].map(
      (name) => `${name}=${value}`,
    );
    for (const path of pages)
      for (const query of [all.join('&'), `page=${value}`, `view=${value}&view=${value}`, `view[a]=${value}`]) {
        const { status, text: shown } = await maria.get(`/es${path}?${query}`);
        expect(status, `/es${path}?${query}`).toBeLessThan(500);
        expect(shown).not.toMatch(/<script>alert|<img src=x/);
      }
  });

  test.each(PAYLOADS)('%j is refused or left out of account by the lists of the API', async (payload) => {
    for (const path of lists)
      for (const name of ['lang', 'language', 'sort', 'limit', 'cursor', 'after']) {
        const { status, headers } = await maria.get(`/api/v1${path}?${name}=${encodeURIComponent(payload)}`);
        expect([200, 400, 422], `${path} ${name}`).toContain(status);
        expect(headers.get('Content-Type')).toContain('json');
      }
  });

  test('a quotation mark that was not encoded does not end an attribute', async () => {
    const shown = await getAsItIs('/es/ideas?language="onmouseover="alert(1)<b>');
    expect(shown).not.toContain('"onmouseover=');
    expect(shown).toContain('/en/ideas?language=&quot;onmouseover=&quot;alert(1)&lt;b&gt;');
  });
});

test.each(['http://[::1/es/ideas?space=climate', 'http://a:b@evil.example:99999/es/ideas?space=climate'])(
  '%s, in the place of a path, is that path',
  async (address) => {
    expect(await getAsItIs(address)).toBe(await getAsItIs('/es/ideas?space=climate'));
  },
);

/** Browsers encode what they send, and send no more than a path; not everybody is a browser. */
async function getAsItIs(path: string): Promise<string> {
  const [response] = await once(get({ host: 'localhost', port: new URL(polyphony.url).port, path }), 'response');
  return text(response);
}

describe('addresses without a language', () => {
  /** As a program that sends nothing it is not told to: `fetch` would ask for `*`. */
  async function ask(path: string, language: string | undefined) {
    const request = get(`${polyphony.url}${path}`, {
      headers: language === undefined ? {} : { 'Accept-Language': language },
    });
    const [answer] = await once(request, 'response');
    return { location: answer.headers.location, page: await text(answer) };
  }

  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['pt', 'pt'],
    ['pt-BR', 'pt'],
    ['PT-br', 'pt'],
    ['pt-Latn-BR-x-private', 'pt'],
    ['ar-EG, ar;q=0.9, en;q=0.8', 'ar'],
    ['en;q=0.5, es;q=0.9', 'es'],
    ['nb, es;q=0.5', 'es'],
    ['tr, *;q=0.5', 'en'],
    ['*, es;q=0.5', 'es'],
    ['pt;q=0, es;q=0.1', 'es'],
    ['nb', 'da'],
    ['nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7,en-US;q=0.6,en;q=0.5', 'en'],
    ['nn, sv;q=0.3', 'sv'],
    ['sr-Latn-RS, en;q=0.9', 'hr'],
    ['bs', 'hr'],
    ['sh', 'hr'],
    ['lb, fr;q=0.9', 'de'],
    ['gl-ES', 'es'],
    ['gl, pt;q=0.8', 'pt'],
    ['eu', 'es'],
    ['mk', 'bg'],
    ['mo', 'ro'],
    ['de-AT-1996', 'de'],
    ['zh-Hant', 'en'],
    ['ru, be;q=0.9', 'en'],
    ['be, uk;q=0.2', 'uk'],
    ['iw', 'en'],
    ['constructor', 'en'],
    ['pts', 'en'],
    ['p', 'en'],
    ['evil"><script>', 'en'],
    [`${'a-'.repeat(3_000)}a, es`, 'es'],
  ])('asked for %j, lead to %s, and so does what is missing', async (asked, language) => {
    for (const [path, below] of [
      ['/s/climate', 'spaces/climate'],
      ['/u/joao', 'people/joao'],
    ] as const)
      expect((await ask(path, asked)).location).toBe(`/${language}/${below}`);
    for (const path of ['/', '/nowhere', '/tr/ideas', '/o/nothing'])
      expect((await ask(path, asked)).page, path).toContain(`<html lang="${language}"`);
    expect((await ask('/ar/nowhere', asked)).page).toContain('<html lang="ar"');
  });
});

test('in all this nothing failed on our side', () => {
  expect(complaints(lines)).toEqual([]);
});
