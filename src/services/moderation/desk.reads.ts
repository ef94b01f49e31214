import { sql, type RawBuilder } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { isPublic } from '../subjects/subjects.ts';
import {
  contributionColumns,
  contributionJoins,
  showContribution,
  type ContributionRow,
} from '../texts/contributions.reads.ts';
import { showRow, textColumn, textJoin, type ShownText, type TextRow } from '../texts/texts.reads.ts';
import type { Reader } from '../../platform/reader.ts';
import { lastDecisions, type ShownDecision } from './decisions.reads.ts';
import type { StoredReason } from './flags.ts';
import { listAnswered, type Judged } from './judged.reads.ts';

export type DeskState = 'public' | 'hidden' | 'withdrawn';

/** Of the notes to one reason the latest are shown. */
const NOTES = 5;

export interface DeskFilter {
  /** Kinds that may be hidden; no other is ever asked for. */
  kinds: readonly string[];
  /** Null: all there are. */
  spaceIds: readonly string[] | null;
  language: string | null;
  state: DeskState | null;
  flagged: boolean;
}

/** Something people wrote, as those see it who judge it. */
export interface DeskItem extends Judged {
  /** Open by itself, and not public, because something above it is not. */
  closedAbove: boolean;
  flags: readonly (FlagGroup & { inQuestion: ShownText | null })[];
  lastDecision: ShownDecision | null;
}

/** Open flags of one reason, without the names of those who sent them. */
export interface FlagGroup {
  subjectId: string;
  reason: StoredReason;
  /** Of the translation that is called wrong. */
  language: string | null;
  count: number;
  /** The latest first. */
  notes: readonly string[];
  /** The moment of the last one: the moderator saw none that came later. */
  until: string;
}

type DeskRow = ContributionRow & { kind: string; closed: boolean };

interface Slice {
  limit: number;
  /** Only what is older than this one. */
  before: string | null;
}

/** What was written, newest first: the page is cut out first, then joined. */
export async function listDesk(em: Em, filter: DeskFilter, slice: Slice, reader: Reader): Promise<DeskItem[]> {
  const pieces = piecesOf(filter).map((condition) => cut(condition, filter, slice));
  const found = await rows(
    em,
    sql<DeskRow>`select ${contributionColumns}, s.kind, s.closed_at is not null as closed from (
        select * from (${sql.join(pieces, sql` union all `)}) piece
        order by published_at desc, id desc limit ${sql.lit(slice.limit)}) s
      ${contributionJoins(reader)} order by s.published_at desc, s.id desc`,
  );
  const ids = found.map(({ id }) => id);
  const answered = await listAnswered(em, ids, reader);
  const flags = await openFlags(em, ids);
  const decisions = await lastDecisions(em, ids, reader);
  const inQuestion = await translationsInQuestion(em, flags, reader);
  return found.map((each) => ({
    ...showContribution(each, reader),
    kind: each.kind,
    answered: answered.get(each.id) ?? null,
    closedAbove: each.closed && each.state === 'open',
    flags: flags
      .filter(({ subjectId }) => subjectId === each.id)
      .map((flag) => ({ ...flag, inQuestion: inQuestion.get(keyOf(flag)) ?? null })),
    lastDecision: decisions.find(({ aboutId }) => aboutId === each.id) ?? null,
  }));
}

/** Public texts have an index for each kind, in order; closed ones are few. Sorting all would take a hundred times as long. */
function piecesOf({ kinds, state }: DeskFilter): RawBuilder<unknown>[] {
  const closed = sql`s.kind = any(${[...kinds]}::text[]) and s.closed_at is not null`;
  if (state === 'hidden') return [sql`${closed} and s.hidden_at is not null and s.withdrawn_at is null`];
  if (state === 'withdrawn') return [sql`${closed} and s.withdrawn_at is not null`];
  const open = kinds.map((kind) => sql`s.kind = ${sql.lit(kind)} and ${isPublic}`);
  return state === 'public' ? open : [...open, closed];
}

/** Read first and for itself: flags nobody has looked at are few. */
const FLAGGED = sql`select distinct v.subject_id from flag p join text v on v.id = p.text_id where p.settled_at is null`;

function cut(
  condition: RawBuilder<unknown>,
  { spaceIds, language, flagged }: DeskFilter,
  { limit, before }: Slice,
): RawBuilder<unknown> {
  const conditions = [condition];
  if (before)
    conditions.push(sql`(s.published_at, s.id) < (select published_at, id from subject where id = ${before})`);
  if (spaceIds) conditions.push(sql`s.space_id = any(${[...spaceIds]}::uuid[])`);
  if (language) conditions.push(sql`t.language = ${language}`);
  if (flagged) conditions.push(sql`s.id = any(array(${FLAGGED}))`);
  const text = language ? sql`join text t on t.id = s.text_id` : sql``;
  return sql`(select s.* from subject s ${text} where ${sql.join(conditions, sql` and `)}
    order by s.published_at desc, s.id desc limit ${sql.lit(limit)})`;
}

/** Of all versions: flags from before a change still need a look. */
async function openFlags(em: Em, subjectIds: readonly string[]): Promise<FlagGroup[]> {
  return rows(
    em,
    sql<FlagGroup>`select v.subject_id as "subjectId", p.reason, p.language, count(*)::int as count, to_json(max(p.created_at)) as until,
        coalesce(to_json((array_agg(p.note order by p.created_at desc) filter (where p.note is not null))[1:${sql.lit(NOTES)}]), '[]') as notes
      from text v join flag p on p.text_id = v.id
      where v.subject_id = any(${[...subjectIds]}::uuid[]) and p.settled_at is null
      group by v.subject_id, p.reason, p.language order by count desc, p.reason`,
  );
}

const keyOf = ({ subjectId, language }: Pick<FlagGroup, 'subjectId' | 'language'>): string =>
  `${subjectId} ${language}`;

/** The texts whose translations are called wrong, each in the language it was read in: one statement a language. */
async function translationsInQuestion(
  em: Em,
  flags: readonly FlagGroup[],
  { languages }: Reader,
): Promise<ReadonlyMap<string, ShownText>> {
  const all = new Map<string, ShownText>();
  for (const [language, some] of Map.groupBy(flags, (flag) => flag.language)) {
    if (language === null) continue;
    const ids = some.map(({ subjectId }) => subjectId);
    const found = await rows(
      em,
      sql<
        TextRow & { id: string }
      >`select s.id, ${textColumn} from subject s ${textJoin(language)} where s.id = any(${ids}::uuid[])`,
    );
    for (const each of found)
      all.set(keyOf({ subjectId: each.id, language }), showRow(each, { languages, language, person: null }));
  }
  return all;
}

/** How many subjects of these spaces have flags nobody has looked at. */
export async function countFlagged(em: Em, spaceIds: readonly string[] | null): Promise<number> {
  const within = spaceIds ? sql`and s.space_id = any(${[...spaceIds]}::uuid[])` : sql``;
  const found = await row(
    em,
    sql<{ count: number }>`select count(distinct s.id)::int as count from flag p
      join text v on v.id = p.text_id join subject s on s.id = v.subject_id where p.settled_at is null ${within}`,
  );
  return found?.count ?? 0;
}
