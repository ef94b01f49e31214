import { sql, type RawBuilder } from 'kysely';

import { row, type Em } from '../../platform/db/database.ts';
import { isPublic } from '../../services/subjects/subjects.ts';

/** What is counted, from the tables as they are now: done in the time asked, not hidden or withdrawn today, in its current language. */
export interface Figures {
  /** Distinct people with at least one counted act. Imported content has no author and never counts. */
  participants: number;
  ideas: number;
  /** Comments and replies. */
  comments: number;
  endorsements: number;
  /** In which ideas were written. */
  languages: number;
  /** Announced. */
  events: number;
  /** Over by now, and not cancelled; by the week in which they ended. */
  held: number;
  /** Seats taken, not places in a waiting list. */
  registrations: number;
  reports: number;
  /** As the reports tell. */
  attendees: number;
}

/** A stretch of time, open where it has no bound, in all spaces or in one. */
export interface Span {
  from?: Date;
  until?: Date;
  spaceId: string | null;
}

const isEverything = ({ from, spaceId }: Span): boolean => !from && spaceId === null;

/** Kinds of subject that people take part with. */
export const WRITTEN: RawBuilder<unknown> = sql`s.kind in ('idea', 'comment', 'event', 'report')`;

/** The bounds stand in the text of the statement: a plan for any week would be a plan for none. */
export const during = (moment: RawBuilder<unknown>, { from, until }: Span): RawBuilder<unknown> =>
  sql.join(
    [
      from ? sql`${moment} >= ${sql.lit(from.toISOString())}::timestamptz` : sql`true`,
      until ? sql`${moment} < ${sql.lit(until.toISOString())}::timestamptz` : sql`true`,
    ],
    sql` and `,
  );

/** The subject `s` is public today, in the space asked. */
export const counts = ({ spaceId }: Span): RawBuilder<unknown> =>
  spaceId === null ? isPublic : sql`${isPublic} and s.space_id = ${sql.lit(spaceId)}`;

/**
 * The same for acts on a subject. Few subjects are closed, so over all spaces those are looked for: to join every subject there ever was would
 * take longer than to count. `is not true` keeps that from becoming a join, which would lose the order of an index.
 */
const countsOn = (id: RawBuilder<unknown>, span: Span): RawBuilder<unknown> =>
  span.spaceId === null
    ? sql`exists (select 1 from subject s where s.id = ${id} and not ${isPublic}) is not true`
    : sql`${id} in (select s.id from subject s where ${counts(span)})`;

/** The event `e` was held. */
export const isHeld = (span: Span): RawBuilder<unknown> =>
  sql`${during(sql`e.ends_at`, span)} and e.ends_at <= now() and e.cancelled_at is null`;

/** Everything at once: on PostgreSQL three connections count together. */
export async function figuresOf(em: Em, span: Span): Promise<Figures> {
  const [acts, participants, languages] = await Promise.all([
    countActs(em, span),
    countPeople(em, span),
    countLanguages(em, span),
  ]);
  return { ...acts, participants, languages };
}

async function countActs(em: Em, span: Span): Promise<Omit<Figures, 'participants' | 'languages'>> {
  const written = (kind: string) =>
    sql`(select count(*) from subject s where s.kind = ${sql.lit(kind)} and ${counts(span)} and ${during(sql`s.published_at`, span)})::int`;
  const found = await row(
    em,
    sql<
      Omit<Figures, 'participants' | 'languages'>
    >`select ${written('idea')} as ideas, ${written('comment')} as comments, ${written('event')} as events,
        (select count(*) from endorsement e where ${during(sql`e.created_at`, span)} and ${countsOn(sql`e.subject_id`, span)})::int as endorsements,
        (select count(*) from registration r where r.state = 'registered' and ${during(sql`r.created_at`, span)} and ${countsOn(sql`r.event_id`, span)})::int as registrations,
        (select count(*) from event e where ${isHeld(span)} and ${countsOn(sql`e.subject_id`, span)})::int as held, r.reports, r.attendees
      from (select count(*)::int as reports, coalesce(sum(r.attendees), 0)::float8 as attendees from report r join subject s on s.id = r.subject_id
        where s.kind = 'report' and ${counts(span)} and ${during(sql`s.published_at`, span)}) r`,
  );
  return (
    found ?? { ideas: 0, comments: 0, endorsements: 0, events: 0, held: 0, registrations: 0, reports: 0, attendees: 0 }
  );
}

/** Over all that was ever done, those who did nothing are looked for: three indexes in the order of people are merged, and no heap is made. */
async function countPeople(em: Em, span: Span): Promise<number> {
  const wrote = sql`${WRITTEN} and ${counts(span)} and ${during(sql`s.published_at`, span)}`;
  const supported = sql`${during(sql`e.created_at`, span)} and ${countsOn(sql`e.subject_id`, span)}`;
  const registered = sql`r.state = 'registered' and ${during(sql`r.created_at`, span)} and ${countsOn(sql`r.event_id`, span)}`;
  const acting = sql<{ count: number }>`select count(*)::int as count from (
      select s.author_id from subject s where s.author_id is not null and ${wrote}
      union select e.person_id from endorsement e where ${supported}
      union select r.person_id from registration r where ${registered}) people`;
  const notIdle = sql<{
    count: number;
  }>`select (select count(*) from person)::int - count(*)::int as count from person p
      where not exists (select 1 from subject s where s.author_id = p.id and ${wrote})
        and not exists (select 1 from endorsement e where e.person_id = p.id and ${supported})
        and not exists (select 1 from registration r where r.person_id = p.id and ${registered})`;
  const found = await row(em, isEverything(span) ? notIdle : acting);
  return found?.count ?? 0;
}

/** Over all that was ever written, one idea is looked for in each language instead of reading them all. */
async function countLanguages(em: Em, span: Span): Promise<number> {
  const isIdea = sql`s.kind = 'idea' and ${counts(span)} and ${during(sql`s.published_at`, span)}`;
  const plain = sql<{
    count: number;
  }>`select count(distinct t.language)::int as count from subject s join text t on t.id = s.text_id where ${isIdea}`;
  const next = (after: RawBuilder<unknown>) =>
    sql`(select t.language from text t where ${after} order by t.language limit 1)`;
  const probing = sql<{ count: number }>`with recursive known as (
        select ${next(sql`true`)} as language union all select ${next(sql`t.language > known.language`)} from known where known.language is not null)
      select count(*)::int as count from known where (
        select true from text t where t.language = known.language and (select ${isIdea} from subject s where s.text_id = t.id)
        order by t.id limit 1)`;
  const found = await row(em, isEverything(span) ? probing : plain);
  return found?.count ?? 0;
}
