/** An address of ours with parameters set, or taken out where they are null. */
export function withQuery(href: string, changes: Readonly<Record<string, string | null>>): string {
  const [, path = '', query = '', place = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(href) ?? [];
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes))
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  return `${path}${parameters.size > 0 ? `?${parameters}` : ''}${place}`;
}
