import type { Preference, View } from '../../platform/reader.ts';

/** What is shown of one text: as the address asks, else as the reader chose for this text, else what comes first. */
export function viewFor({ choice }: { choice: View | null }, { view, isAsked = false }: Preference): View {
  return isAsked ? view : (choice ?? view);
}

/** A link that stays in what the address asks for. */
export function keepView(href: string, { view, isAsked = false }: Preference): string {
  return isAsked ? withQuery(href, { view }) : href;
}

/** An address of ours with parameters set, or taken out where they are null. */
export function withQuery(href: string, changes: Readonly<Record<string, string | null>>): string {
  const [, path = '', query = '', place = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(href) ?? [];
  const parameters = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes))
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  return `${path}${parameters.size > 0 ? `?${parameters}` : ''}${place}`;
}
