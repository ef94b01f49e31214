import type { Preference, View } from '../../platform/reader.ts';
import { withQuery } from '../site/addresses.ts';

/** What is shown of one text: as the address asks, else as the reader chose for this text, else what comes first. */
export function viewFor({ choice }: { choice: View | null }, { view, isAsked = false }: Preference): View {
  return isAsked ? view : (choice ?? view);
}

/** A link that stays in what the address asks for. */
export function keepView(href: string, { view, isAsked = false }: Preference): string {
  return isAsked ? withQuery(href, { view }) : href;
}
