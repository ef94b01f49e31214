import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { counts, during, WRITTEN, type Span } from '../statistics/figures.reads.ts';

/** How often something was done: one row a theme and language, one an alignment, one a pair of languages. Each act is in one row of each sort. */
export interface ActRow {
  act: 'idea' | 'comment' | 'event' | 'report' | 'endorsement';
  /** Slug of the theme, in rows by theme and language. */
  space: string | null;
  /** Of the text, or of what was supported; null in rows by alignment. */
  language: string | null;
  /** Of comments, in rows by alignment: `replies` for those that answer another. */
  alignment: 'for' | 'against' | 'neutral' | 'replies' | null;
  /** In rows by pair: the language of the idea commented on; for support of an idea, that of its giver's pages. */
  partner: string | null;
  count: number;
}

/** What was written and supported, each act read once and counted in every way it is shown. */
export async function countActs(em: Em, span: Span): Promise<ActRow[]> {
  return [...(await countWritten(em, span)), ...(await countComments(em, span)), ...(await countSupport(em, span))];
}

async function countWritten(em: Em, span: Span): Promise<ActRow[]> {
  return rows(
    em,
    sql<ActRow>`select s.kind as act, sp.slug as space, t.language, null as alignment, null as partner, count(*)::int as count
      from subject s join text t on t.id = s.text_id join space sp on sp.subject_id = s.space_id
      where ${WRITTEN} and s.kind <> 'comment' and ${counts(span)} and ${during(sql`s.published_at`, span)} group by s.kind, sp.slug, t.language`,
  );
}

/** Without an alignment counts as neutral: events and reports ask for none. */
async function countComments(em: Em, span: Span): Promise<ActRow[]> {
  return rows(
    em,
    sql<ActRow>`select 'comment' as act, space, language, alignment, partner, count(*)::int as count from (
        select sp.slug as space, t.language, it.language as partner,
          case when s.parent_id <> c.about_id then 'replies' else coalesce(c.alignment, 'neutral') end as alignment
        from subject s join comment c on c.subject_id = s.id join text t on t.id = s.text_id join space sp on sp.subject_id = s.space_id
          join subject a on a.id = c.about_id left join text it on it.id = a.text_id and a.kind = 'idea'
        where s.kind = 'comment' and ${counts(span)} and ${during(sql`s.published_at`, span)}) written
      group by grouping sets ((space, language), (alignment), (language, partner)) having grouping(partner) = 1 or partner is not null`,
  );
}

async function countSupport(em: Em, span: Span): Promise<ActRow[]> {
  return rows(
    em,
    sql<ActRow>`select 'endorsement' as act, space, language, null as alignment, partner, count(*)::int as count from (
        select sp.slug as space, t.language, case when s.kind = 'idea' then p.interface_language end as partner
        from endorsement e join subject s on s.id = e.subject_id join text t on t.id = s.text_id
          join person p on p.id = e.person_id join space sp on sp.subject_id = s.space_id
        where ${counts(span)} and ${during(sql`e.created_at`, span)}) given
      group by grouping sets ((space, language), (language, partner)) having grouping(partner) = 1 or partner is not null`,
  );
}
