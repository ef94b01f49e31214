import { sql } from 'kysely';

import { row, rows, type Em } from '../db/database.ts';
import { tellNewLines } from './bell.ts';

export interface NewLine {
  /** A verb that a feature declares. */
  type: string;
  kind: string;
  subjectId: string;
  rootId: string;
  spaceId: string | null;
  actorId?: string | null;
  textId?: string | null;
  /** The language of the text, or of the translation that is ready. */
  language?: string | null;
}

export interface Line extends Required<NewLine> {
  cursor: string;
  at: Date;
}

/** A cursor in the activity: `generation.xid.id`. Greater is later, field by field. */
export interface Cursor {
  generation: string;
  xid: string;
  id: string;
}

interface Row extends Cursor {
  type: string;
  kind: string;
  subject_id: string;
  root_id: string;
  space_id: string | null;
  actor_id: string | null;
  text_id: string | null;
  language: string | null;
  at: Date;
}

/** With the name of the table: a bare `xid` would be the column of the answer, which is text, and put 999 after 1000. */
const IN_ORDER = sql`activity.generation, activity.xid, activity.id`;
const LAST_FIRST = sql`activity.generation desc, activity.xid desc, activity.id desc`;

/** Appends one line in the transaction of the act. Its commit wakes the readers of this process. */
export async function record(em: Em, line: NewLine): Promise<void> {
  const { type, kind, subjectId, rootId, spaceId, actorId = null, textId = null, language = null } = line;
  await rows(
    em,
    sql`insert into activity (generation, type, kind, subject_id, root_id, space_id, actor_id, text_id, language)
        select generation, ${type}, ${kind}, ${subjectId}, ${rootId}, ${spaceId}, ${actorId}, ${textId}, ${language} from platform`,
  );
  tellNewLines(em);
}

/** Appends many lines at once, in the transaction of the acts. Its commit wakes the readers of this process. */
export async function recordAll(em: Em, lines: readonly NewLine[]): Promise<void> {
  if (lines.length === 0) return;
  const column = <Value>(pick: (line: NewLine) => Value): Value[] => lines.map(pick);
  await rows(
    em,
    sql`insert into activity (generation, type, kind, subject_id, root_id, space_id, actor_id, text_id, language)
        select generation, l.* from platform, unnest(${column((line) => line.type)}::text[], ${column((line) => line.kind)}::text[],
          ${column((line) => line.subjectId)}::uuid[], ${column((line) => line.rootId)}::uuid[], ${column((line) => line.spaceId)}::uuid[],
          ${column((line) => line.actorId ?? null)}::uuid[], ${column((line) => line.textId ?? null)}::uuid[], ${column((line) => line.language ?? null)}::text[]) l`,
  );
  tellNewLines(em);
}

/**
 * The next lines after a cursor, in the one order that loses none: a line is readable once every older transaction has ended.
 * Those of an earlier generation all have: their numbers are of another cluster and may be higher than any here.
 */
export async function readAfter(em: Em, after: Cursor, limit: number): Promise<Line[]> {
  const found = await rows(
    em,
    sql<Row>`select generation::text, xid::text, id::text, type, kind, subject_id, root_id, space_id, actor_id, text_id, language, at
             from activity
             where (generation, xid, id) > (${after.generation}::bigint, ${after.xid}::xid8, ${after.id}::bigint)
               and (generation < (select generation from platform) or xid < pg_snapshot_xmin(pg_current_snapshot()))
             order by ${IN_ORDER} limit ${limit}`,
  );
  return found.map(lineOf);
}

/** How long ago the oldest line was written that nobody can read yet, because an older transaction is open; 0 when there is none. */
export async function unreadableSeconds(em: Em): Promise<number> {
  const found = await row(
    em,
    sql<{ seconds: number }>`
      select coalesce(extract(epoch from now() - min(at)), 0)::int as seconds from activity
      where generation = (select generation from platform) and xid >= pg_snapshot_xmin(pg_current_snapshot())`,
  );
  return found?.seconds ?? 0;
}

/** The cursor of the last readable line; where there is none, the beginning of this generation. */
export async function head(em: Em): Promise<Cursor> {
  const last = await row(
    em,
    sql<Cursor>`select generation::text, xid::text, id::text from activity
               where xid < pg_snapshot_xmin(pg_current_snapshot()) and generation = (select generation from platform)
               order by ${LAST_FIRST} limit 1`,
  );
  return last ?? (await beginning(em));
}

async function beginning(em: Em): Promise<Cursor> {
  const platform = await row(em, sql<{ generation: string }>`select generation::text from platform`);
  return { generation: platform?.generation ?? '0', xid: '0', id: '0' };
}

export function formatCursor(cursor: Cursor): string {
  return `${cursor.generation}.${cursor.xid}.${cursor.id}`;
}

const CURSOR = /^(\d{1,18})\.(\d{1,19})\.(\d{1,18})$/;

/** Null when it is no cursor of ours. */
export function parseCursor(cursor: string): Cursor | null {
  const [, generation, xid, id] = CURSOR.exec(cursor) ?? [];
  return generation && xid && id ? { generation, xid, id } : null;
}

/** Negative, zero or positive, as `a` is before, at or after `b`. */
export function compareCursors(a: Cursor, b: Cursor): number {
  for (const field of ['generation', 'xid', 'id'] as const) {
    const difference = BigInt(a[field]) - BigInt(b[field]);
    if (difference !== 0n) return difference < 0n ? -1 : 1;
  }
  return 0;
}

function lineOf(found: Row): Line {
  return {
    cursor: formatCursor(found),
    type: found.type,
    kind: found.kind,
    subjectId: found.subject_id,
    rootId: found.root_id,
    spaceId: found.space_id,
    actorId: found.actor_id,
    textId: found.text_id,
    language: found.language,
    at: found.at,
  };
}
