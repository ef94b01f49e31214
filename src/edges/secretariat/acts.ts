import type { Key } from '#locales/keys.ts';
import type { Figures } from '../../services/house/figures.ts';
import type { ActRow } from './acts.reads.ts';
import type { Share } from '../statistics/shares.ts';

/** What people did in a week with one theme or one language. */
export interface Acts {
  key: string;
  /** By the names of the figures that are told by theme and language, in their order. */
  numbers: Readonly<Record<string, number>>;
}

/** A figure that is told by theme and language: the kind of subject or the act it counts. */
export interface Column {
  name: string;
  of: string;
  words: Key;
}

/** In the order in which people read the figures. */
export const columnsOf = ({ all }: Figures): Column[] =>
  all.flatMap(({ name, parts }) => (parts ? [{ name, of: parts.of, words: parts.column }] : []));

/** How often people of one language acted on ideas in another, or in the same. */
export interface Exchange {
  /** Of the idea, in its current text. */
  idea: string;
  /** Of the comment; for support, the language in which its giver reads the pages. */
  language: string;
  comments: number;
  endorsements: number;
}

export const allOf = ({ numbers }: Acts): number => Object.values(numbers).reduce((sum, number) => sum + number, 0);

export function actsBySpace(rows: readonly ActRow[], columns: readonly Column[], slugs: readonly string[]): Acts[] {
  const bySpace = Map.groupBy(rows, ({ space }) => space);
  return slugs.map((slug) => sumUp(slug, bySpace.get(slug) ?? [], columns));
}

/** The language most was written and supported in comes first. */
export function actsByLanguage(rows: readonly ActRow[], columns: readonly Column[]): Acts[] {
  const inSpaces = rows.filter(({ space }) => space !== null);
  return [...Map.groupBy(inSpaces, ({ language }) => language)]
    .flatMap(([code, own]) => (code ? sumUp(code, own, columns) : []))
    .filter((acts) => allOf(acts) > 0)
    .toSorted((a, b) => allOf(b) - allOf(a) || a.key.localeCompare(b.key));
}

/** Comments by alignment, and replies. */
export const alignmentsOf = (rows: readonly ActRow[]): Share[] =>
  (['for', 'against', 'neutral', 'replies'] as const).map((key) => ({
    key,
    count: sum(rows.filter(({ alignment }) => alignment === key)),
  }));

/** What goes from one language to another. */
const EXCHANGED = new Map<string, 'comments' | 'endorsements'>([
  ['comment', 'comments'],
  ['endorsement', 'endorsements'],
]);

/** In the order of the languages’ codes. */
export function exchangesOf(rows: readonly ActRow[]): Exchange[] {
  const found = new Map<string, Exchange>();
  for (const { act, language, partner, count } of rows) {
    const name = EXCHANGED.get(act);
    if (!name || !language || !partner) continue;
    const [idea, other] = name === 'comments' ? [partner, language] : [language, partner];
    const exchange = found.getOrInsert(`${idea} ${other}`, { idea, language: other, comments: 0, endorsements: 0 });
    exchange[name] += count;
  }
  return [...found.values()].toSorted((a, b) => a.idea.localeCompare(b.idea) || a.language.localeCompare(b.language));
}

/** Texts published, once for each of the languages that `unread` says they cannot be read in. */
export function countUnread(
  rows: readonly ActRow[],
  { contributions }: Figures,
  unread: (language: string) => number,
): number {
  const texts = rows.filter(({ act, space }) => contributions.includes(act) && space !== null);
  return texts.reduce((all, { language, count }) => all + count * (language ? unread(language) : 0), 0);
}

function sumUp(key: string, rows: readonly ActRow[], columns: readonly Column[]): Acts {
  const numbers = columns.map(({ name, of }) => [name, sum(rows.filter(({ act }) => act === of))]);
  return { key, numbers: Object.fromEntries(numbers) };
}

const sum = (rows: readonly ActRow[]): number => rows.reduce((all, { count }) => all + count, 0);
