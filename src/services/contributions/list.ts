import { UNDETERMINED } from '#translation/languages.ts';
import type { Key } from '#locales/keys.ts';
import type { Context } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { House } from '../house/house.ts';
import type { NamedSpace } from '../house/spaces.ts';
import { languageOptions } from '../site/languages.ts';
import type { Filter, List } from '../site/lists.views.ts';
import { knownOf, pageOf, queryOf } from '../site/requests.ts';
import { wishable, type ShownText } from '../texts/texts.reads.ts';
import { wishForReader } from '../texts/translations.ts';
import { viewOf } from '../texts/view.ts';

export const PAGE_SIZE = 20;
/** Deeper pages are for machines, and they have the API. */
const LAST_PAGE = 1_000;

/** One page of a list. */
export interface Listed<Item> extends Pick<List, 'page' | 'view'> {
  items: readonly Item[];
  /** How many stand on the pages before. */
  before: number;
  hasMore: boolean;
}

/** A filter as the address asks for it: an unknown value counts as none. */
export function filterBy(ctx: Context, filter: Omit<Filter, 'chosen'>): Filter {
  const values = filter.options.map(({ value }) => value);
  return { ...filter, chosen: knownOf(ctx, filter.name, values) };
}

export function spaceFilter(ctx: Context, spaces: readonly NamedSpace[]): Filter {
  const options = spaces.map(({ slug, title, language }) => ({ value: slug, words: title, lang: language }));
  return filterBy(ctx, { name: 'space', label: 'contributions:theme', options });
}

/** One of the platform's languages, or none of them for texts in which none was found: only links ask for that. */
export function languageFilter(ctx: Context, label: Key, languages: readonly string[]): Filter {
  const known = languageOptions(languages, ctx.state.t);
  const unknown = { value: UNDETERMINED, words: ctx.state.t('site:unknownLanguage') };
  const options = queryOf(ctx, 'language') === UNDETERMINED ? [...known, unknown] : known;
  return filterBy(ctx, { name: 'language', label, options });
}

/** The page of a list that the address asks for; a person's missing translations are wished for. Throws 404 past the last page. */
export async function readListed<Item extends { text: ShownText }>(
  ctx: Context,
  { languages, settings }: House,
  list: (slice: { limit: number; offset: number }) => Promise<Item[]>,
): Promise<Listed<Item>> {
  const { em, person, reader } = ctx.state;
  const page = pageOf(queryOf(ctx, 'page'), LAST_PAGE);
  const before = (page - 1) * PAGE_SIZE;
  const found = await list({ limit: PAGE_SIZE + 1, offset: before });
  if (found.length === 0 && page > 1) throw notFound();
  const items = found.slice(0, PAGE_SIZE);
  if (person) await wishForReader(em, languages, reader, wishable(items.map(({ text }) => text)));
  const { view, isAsked } = viewOf(ctx, settings);
  return { items, page, before, view: isAsked ? view : null, hasMore: found.length > PAGE_SIZE };
}
