import type { ActRow } from './acts.reads.ts';
import type { Share } from '../statistics/shares.ts';

/** What people did in a week with one theme or one language. */
export interface Acts {
  key: string;
  ideas: number;
  comments: number;
  endorsements: number;
  events: number;
}

/** How often people of one language acted on ideas in another, or in the same. */
export interface Exchange {
  /** Of the idea, in its current text. */
  idea: string;
  /** Of the comment; for support, the language in which its giver reads the pages. */
  language: string;
  comments: number;
  endorsements: number;
}

export const allOf = ({ ideas, comments, endorsements, events }: Acts): number =>
  ideas + comments + endorsements + events;

export const actsBySpace = (rows: readonly ActRow[], slugs: readonly string[]): Acts[] =>
  slugs.map((slug) =>
    sumUp(
      slug,
      rows.filter(({ space }) => space === slug),
    ),
  );

/** The language most was written and supported in comes first. */
export function actsByLanguage(rows: readonly ActRow[]): Acts[] {
  const inSpaces = rows.filter(({ space }) => space !== null);
  const languages = [...new Set(inSpaces.flatMap(({ language }) => language ?? []))];
  return languages
    .map((code) =>
      sumUp(
        code,
        inSpaces.filter(({ language }) => language === code),
      ),
    )
    .filter((acts) => allOf(acts) > 0)
    .toSorted((a, b) => allOf(b) - allOf(a) || a.key.localeCompare(b.key));
}

/** Comments by alignment, and replies. */
export const alignmentsOf = (rows: readonly ActRow[]): Share[] =>
  (['for', 'against', 'neutral', 'replies'] as const).map((key) => ({
    key,
    count: sum(rows.filter(({ alignment }) => alignment === key)),
  }));

/** In the order of the languages’ codes. */
export function exchangesOf(rows: readonly ActRow[]): Exchange[] {
  const found = new Map<string, Exchange>();
  for (const { act, language, partner, count } of rows) {
    if (!language || !partner) continue;
    const [idea, other] = act === 'comment' ? [partner, language] : [language, partner];
    const exchange = found.getOrInsert(`${idea} ${other}`, { idea, language: other, comments: 0, endorsements: 0 });
    exchange[act === 'comment' ? 'comments' : 'endorsements'] += count;
  }
  return [...found.values()].toSorted((a, b) => a.idea.localeCompare(b.idea) || a.language.localeCompare(b.language));
}

/** Texts published, once for each of the languages that `isRead` says they cannot be read in. */
export function countUnread(rows: readonly ActRow[], unread: (language: string) => number): number {
  const texts = rows.filter(({ act, space }) => act !== 'endorsement' && space !== null);
  return texts.reduce((all, { language, count }) => all + count * (language ? unread(language) : 0), 0);
}

function sumUp(key: string, rows: readonly ActRow[]): Acts {
  const of = (name: ActRow['act']) => sum(rows.filter(({ act }) => act === name));
  return { key, ideas: of('idea'), comments: of('comment'), endorsements: of('endorsement'), events: of('event') };
}

const sum = (rows: readonly ActRow[]): number => rows.reduce((all, { count }) => all + count, 0);
