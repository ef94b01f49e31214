import { sql, type RawBuilder } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { authorOf, type Author } from '../people/author.ts';
import type { STATES } from './wording.ts';

/** A report as the secretariat reads it. */
export interface WordingRow {
  id: string;
  language: string;
  page: string | null;
  words: string;
  better: string;
  remark: string | null;
  /** Null for an erased person. */
  author: Author | null;
  createdAt: Date;
  /** Null while it is open. */
  settledAt: Date | null;
}

export interface WordingFilter {
  state: (typeof STATES)[number];
  /** Null for all. */
  language: string | null;
}

/** Those the secretariat asks for, the latest first. */
export function listWording(
  em: Em,
  filter: WordingFilter,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Promise<WordingRow[]> {
  return rows(
    em,
    sql<WordingRow>`select w.id, w.language, w.page, w.words, w.better, w.remark, ${authorOf('p')} as author,
        w.created_at as "createdAt", w.settled_at as "settledAt"
      from wording_report w join person p on p.id = w.person_id where ${isAsked(filter)}
      order by w.created_at desc, w.id desc limit ${limit} offset ${offset}`,
  );
}

export async function countWording(em: Em, filter: WordingFilter): Promise<number> {
  const found = await row(
    em,
    sql<{ count: number }>`select count(*)::int as count from wording_report w where ${isAsked(filter)}`,
  );
  return found?.count ?? 0;
}

function isAsked({ state, language }: WordingFilter): RawBuilder<boolean> {
  const spoken = language ? sql`and w.language = ${language}` : sql``;
  return sql`w.settled_at is ${state === 'open' ? sql`null` : sql`not null`} ${spoken}`;
}
