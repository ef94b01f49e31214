import { sql, type RawBuilder } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { findSubject, openTo, visibleTo } from '../../services/subjects/subjects.ts';
import {
  contributionColumns,
  contributionJoins,
  showContribution,
  type ContributionRow,
  type ShownContribution,
} from '../../services/texts/contributions.reads.ts';
import type { Reader } from '../../platform/reader.ts';
import type { ALIGNMENTS } from './comments.ts';

export const PAGE_SIZE = 20;
/** Replies shown under a comment; the rest is a link away. */
const REPLIES = 5;
/** Of the one whose replies are asked for. */
const ALL_REPLIES = 100;

type Alignment = (typeof ALIGNMENTS)[number];

interface CommentRow extends ContributionRow {
  about_id: string;
  alignment: Alignment | null;
}

export interface ShownComment extends ShownContribution {
  /** The idea, event or report it is about. */
  aboutId: string;
  alignment: Alignment | null;
}

export type Sort = 'newest' | 'oldest';

/** Comments that stand by themselves under a subject, a page of them. */
export async function listComments(
  em: Em,
  aboutId: string,
  {
    sort,
    limit,
    offset = 0,
    after,
  }: { sort: Sort; limit: number; offset?: number; after?: { at: string; id: string } | undefined },
  reader: Reader,
): Promise<ShownComment[]> {
  const order = sort === 'newest' ? sql`s.published_at desc, s.id desc` : sql`s.published_at, s.id`;
  const place = after && sql`(${after.at}::timestamptz, ${after.id}::uuid)`;
  const further = place ? sql`(s.published_at, s.id) ${sort === 'newest' ? sql`<` : sql`>`} ${place}` : sql`true`;
  return read(
    em,
    reader,
    sql`s.parent_id = ${aboutId} and ${openTo(reader.person)} and ${further} order by ${order} limit ${limit} offset ${offset}`,
  );
}

/** Of comments, by their ids. */
export interface Replies {
  shown: readonly ShownComment[];
  totals: ReadonlyMap<string, number>;
}

/** The first replies to these comments, the oldest first: a conversation reads downwards. Of the one that is `open`, all that a page takes. */
export async function listReplies(em: Em, ids: readonly string[], reader: Reader, open?: string): Promise<Replies> {
  if (ids.length === 0) return { shown: [], totals: new Map() };
  const all = sql`select s.id, s.parent_id, row_number() over (partition by s.parent_id order by s.published_at, s.id) as place
    from subject s where s.kind = 'comment' and s.parent_id = any(${[...ids]}::uuid[]) and ${openTo(reader.person)}`;
  const most = sql`case when parent_id::text = ${open ?? null}::text then ${ALL_REPLIES}::int else ${REPLIES}::int end`;
  const shown = await read(
    em,
    reader,
    sql`s.id in (select id from (${all}) all_replies where place <= ${most}) order by s.published_at, s.id`,
  );
  const totals = await rows(
    em,
    sql<{
      id: string;
      total: number;
    }>`select parent_id as id, max(place)::int as total from (${all}) all_replies group by parent_id`,
  );
  return { shown, totals: new Map(totals.map(({ id, total }) => [id, total])) };
}

/** One comment. Throws 404, or 410 with its state. */
export async function findComment(em: Em, id: string, reader: Reader): Promise<ShownComment> {
  await findSubject(em, id, reader.person);
  const [found] = await read(em, reader, sql`s.id = ${id} and ${visibleTo(reader.person)}`);
  if (!found) throw notFound();
  return found;
}

async function read(em: Em, reader: Reader, condition: RawBuilder<unknown>): Promise<ShownComment[]> {
  const found = await rows(
    em,
    sql<CommentRow>`select ${contributionColumns}, c.alignment, c.about_id from subject s ${contributionJoins(reader)} join comment c on c.subject_id = s.id where s.kind = 'comment' and ${condition}`,
  );
  return found.map((each) => show(each, reader));
}

export interface Tally {
  for: number;
  against: number;
  neutral: number;
  replies: number;
}

/** How many comments take which alignment, and how many are replies. */
export async function readTally(em: Em, aboutId: string, { person }: Reader): Promise<Tally> {
  const found = await row(
    em,
    sql<Tally>`select (count(*) filter (where c.alignment = 'for'))::int as "for", (count(*) filter (where c.alignment = 'against'))::int as against,
        (count(*) filter (where s.parent_id = ${aboutId} and coalesce(c.alignment, 'neutral') = 'neutral'))::int as neutral,
        (count(*) filter (where s.parent_id <> ${aboutId}))::int as replies
      from subject s join comment c on c.subject_id = s.id where c.about_id = ${aboutId} and ${openTo(person)}`,
  );
  return found ?? { for: 0, against: 0, neutral: 0, replies: 0 };
}

/** How many stand before this one in a list: tells on which page it is. */
export async function positionOf(em: Em, { aboutId, parentId, id }: ShownComment, { person }: Reader): Promise<number> {
  const found = await row(
    em,
    sql<{
      position: number;
    }>`select count(*)::int as position from subject s, subject me where me.id = ${parentId ?? id}
      and s.kind = 'comment' and s.parent_id = ${aboutId} and ${openTo(person)} and (s.published_at, s.id) > (me.published_at, me.id)`,
  );
  return found?.position ?? 0;
}

/** Whether a reply stands behind the link to the rest. */
export async function isAmongTheRest(em: Em, { parentId, id }: ShownComment, { person }: Reader): Promise<boolean> {
  if (parentId === null) return false;
  const found = await row(
    em,
    sql<{ before: number }>`select count(*)::int as before from subject s, subject me where me.id = ${id}
      and s.kind = 'comment' and s.parent_id = ${parentId} and ${openTo(person)} and (s.published_at, s.id) < (me.published_at, me.id)`,
  );
  return (found?.before ?? 0) >= REPLIES;
}

/** A reply has the comment it answers as its parent; one that stands by itself has none. */
function show(found: CommentRow, reader: Reader): ShownComment {
  const shown = showContribution(found, reader);
  const { alignment, about_id: aboutId } = found;
  return { ...shown, parentId: shown.parentId === aboutId ? null : shown.parentId, aboutId, alignment };
}
