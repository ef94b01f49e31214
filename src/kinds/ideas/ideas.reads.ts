import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';

import type { Contribution } from '../../services/contributions/contribution.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { countColumns } from '../../services/subjects/counts.ts';
import { findSubject, gone, openTo } from '../../services/subjects/subjects.ts';
import {
  contributionColumns,
  contributionJoins,
  showContribution,
  type ContributionRow,
} from '../../services/texts/contributions.reads.ts';
import type { Reader } from '../../platform/reader.ts';

interface IdeaRow extends ContributionRow {
  details: IdeaDetails;
  counts: Record<string, number>;
}

/** An idea as this reader sees it. */
export interface ShownIdea extends Contribution {
  details: IdeaDetails;
}

/** What an idea has beyond its text, in its own table. The same shape goes into the API. */
export const ideaDetails = z.object({
  place: z.string().nullable().meta({ description: 'Where it matters: a town or a region' }),
});
export type IdeaDetails = z.output<typeof ideaDetails>;

const detailColumns = sql`jsonb_build_object('place', i.place) as details`;

const ideaColumns = sql`${contributionColumns}, ${detailColumns}, ${countColumns}`;

const ideaJoins = (reader: Reader) => sql`${contributionJoins(reader)} join idea i on i.subject_id = s.id`;

export interface Filter {
  spaceId?: string | undefined;
  /** The language ideas were written in. */
  language?: string | undefined;
  authorId?: string | undefined;
  ids?: readonly string[];
}

export interface Slice {
  limit: number;
  offset?: number;
  /** Ideas older than this one: lists of the API go on from here, whatever was added meanwhile. */
  before?: { at: string; id: string } | undefined;
}

/** Public ideas, newest first. The page is cut out first, so that the ideas before a deep one are not joined for nothing. */
export async function listIdeas(
  em: Em,
  filter: Filter,
  { limit, offset = 0, before }: Slice,
  reader: Reader,
): Promise<ShownIdea[]> {
  const older = before ? sql`and (s.published_at, s.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``;
  const text = filter.language ? sql`join text t on t.id = s.text_id` : sql``;
  const found = await rows(
    em,
    sql<IdeaRow>`select ${ideaColumns} from (
        select s.* from subject s ${text} where ${conditionsOf(filter, reader)} ${older}
        order by s.published_at desc, s.id desc limit ${sql.lit(limit)} ${offset > 0 ? sql`offset ${offset}` : sql``}) s
      ${ideaJoins(reader)} order by s.published_at desc, s.id desc`,
  );
  return found.map((each) => showIdea(each, reader));
}

function conditionsOf({ spaceId, language, authorId, ids }: Filter, { person }: Reader): RawBuilder<unknown> {
  const conditions = [sql`s.kind = 'idea'`, openTo(person)];
  if (spaceId) conditions.push(sql`s.space_id = ${spaceId}`);
  if (language) conditions.push(sql`t.language = ${language}`);
  if (authorId) conditions.push(sql`s.author_id = ${authorId}`);
  if (ids) conditions.push(sql`s.id = any(${[...ids]}::uuid[])`);
  return sql.join(conditions, sql` and `);
}

/** Throws 404, or 410 with its state for those who may not see it any more. */
export async function findIdea(em: Em, id: string, reader: Reader): Promise<ShownIdea> {
  const subject = await findSubject(em, id, reader.person);
  if (subject.kind !== 'idea') throw notFound();
  const found = await row(
    em,
    sql<IdeaRow>`select ${ideaColumns} from subject s ${ideaJoins(reader)} where s.id = ${id}`,
  );
  if (!found) throw gone(subject);
  return showIdea(found, reader);
}

function showIdea(found: IdeaRow, reader: Reader): ShownIdea {
  return {
    ...showContribution(found, reader),
    details: ideaDetails.parse(found.details),
    counts: found.counts,
  };
}
