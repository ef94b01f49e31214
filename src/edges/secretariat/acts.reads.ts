import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import type { Participation, Figures, Named, Span } from '../../services/house/figures.ts';
import { counts, during, isWritten } from '../../services/subjects/spans.ts';

/** How often something was done: one row a theme and language, one an alignment, one a pair of languages. Each act is in one row of each sort. */
export interface ActRow {
  /** The kind of what was written, or what was done with it. */
  act: string;
  /** Slug of the theme, in rows by theme and language. */
  space: string | null;
  /** Of the text, or of what was acted on; null in rows by alignment. */
  language: string | null;
  /** Of comments, in rows by alignment: `replies` for those that answer another. */
  alignment: 'for' | 'against' | 'neutral' | 'replies' | null;
  /** In rows by pair: the language of the idea commented on; for acts on an idea, that of the pages of whoever acted. */
  partner: string | null;
  count: number;
}

/** What was written, and the acts that figures tell by theme and language: each read once and counted in every way it is shown. */
export async function countActs(em: Em, figures: Figures, span: Span): Promise<ActRow[]> {
  const told = figures.participations.filter(({ name }) => figures.all.some(({ parts }) => parts?.of === name));
  const found = [...(await countWritten(em, figures, span)), ...(await countComments(em, span))];
  for (const act of told) found.push(...(await countDone(em, act, span)));
  return found;
}

async function countWritten(em: Em, { contributions }: Figures, span: Span): Promise<ActRow[]> {
  const others = contributions.filter((kind) => kind !== 'comment');
  return rows(
    em,
    sql<ActRow>`select s.kind as act, sp.slug as space, t.language, null as alignment, null as partner, count(*)::int as count
      from subject s join text t on t.id = s.text_id join space sp on sp.subject_id = s.space_id
      where ${isWritten(others, span)} group by s.kind, sp.slug, t.language`,
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
        where ${isWritten(['comment'], span)}) written
      group by grouping sets ((space, language), (alignment), (language, partner)) having grouping(partner) = 1 or partner is not null`,
  );
}

async function countDone(em: Em, act: Named<Participation>, span: Span): Promise<ActRow[]> {
  const { name, rows: from, where = sql`true`, subject, person, moment } = act;
  return rows(
    em,
    sql<ActRow>`select ${sql.lit(name)} as act, space, language, null as alignment, partner, count(*)::int as count from (
        select sp.slug as space, t.language, case when s.kind = 'idea' then p.interface_language end as partner
        from ${from} join subject s on s.id = ${subject} join text t on t.id = s.text_id
          join person p on p.id = ${person} join space sp on sp.subject_id = s.space_id
        where ${where} and ${counts(span)} and ${during(moment, span)}) done
      group by grouping sets ((space, language), (language, partner)) having grouping(partner) = 1 or partner is not null`,
  );
}
