import { sql, type RawBuilder } from 'kysely';

import { row, rows, type Em } from '../platform/db/database.ts';
import { isPublic } from '../subjects/subjects.ts';
import type { Share } from './shares.ts';
import { shiftWeek, weekOf, type Week } from './weeks.ts';

/** What is counted, from the tables as they are now: published in the time asked, not hidden or withdrawn today, in their current language. */
export interface Figures {
  /** Distinct people with at least one counted act. Imported content has no author and never counts. */
  participants: number;
  ideas: number;
  /** Comments and replies. */
  comments: number;
  endorsements: number;
  /** In which ideas were written. */
  languages: number;
}

export interface WeekFigures {
  week: Week;
  figures: Figures;
  before: Figures;
  total: Figures;
  bySpace: Share[];
  byLanguage: Share[];
}

/** Everything the page and the API show of a week, of all spaces or of one. */
export async function readWeek(
  em: Em,
  week: Week,
  timeZone: string,
  spaceId: string | null = null,
): Promise<WeekFigures> {
  const before = shiftWeek(week, -1, timeZone);
  return {
    week,
    figures: await figuresOf(em, { ...boundsOf(week), spaceId }),
    before: await figuresOf(em, { ...boundsOf(before), spaceId }),
    total: await figuresOf(em, { until: week.until, spaceId }),
    bySpace: await rows(
      em,
      sql<Share>`select sp.slug as key, count(s.id)::int as ideas from space sp
        left join subject s on s.space_id = sp.subject_id and ${counted} and ${within(week, spaceId)}
        where ${spaceId === null ? sql`true` : sql`sp.subject_id = ${spaceId}`} group by sp.slug, sp.position order by sp.position`,
    ),
    byLanguage: await languagesOf(em, within(week, spaceId)),
  };
}

/** All that was ever published, and the languages of the week `now` is in. */
export async function readTotals(em: Em, timeZone: string, now = new Date()): Promise<Figures> {
  const all = await figuresOf(em, { spaceId: null });
  const week = await figuresOf(em, { ...boundsOf(weekOf(now, timeZone)), spaceId: null });
  return { ...all, languages: week.languages };
}

/** Ideas of a week by the language they were written in, for the band under the header. */
export async function readWeekLanguages(em: Em, week: Week): Promise<Share[]> {
  return languagesOf(em, within(week, null));
}

const counted = sql`s.kind = 'idea' and ${isPublic}`;

const boundsOf = ({ from, until }: Week) => ({ from, until });

const within = (week: Week, spaceId: string | null) => during(sql`s.published_at`, { ...boundsOf(week), spaceId });

/** A stretch of time, open where it has no bound, in all spaces or in one. */
interface Span {
  from?: Date;
  until?: Date;
  spaceId: string | null;
}

const during = (moment: RawBuilder<unknown>, { from, until, spaceId }: Span): RawBuilder<unknown> =>
  sql.join(
    [
      from ? sql`${moment} >= ${from.toISOString()}::timestamptz` : sql`true`,
      until ? sql`${moment} < ${until.toISOString()}::timestamptz` : sql`true`,
      spaceId ? sql`s.space_id = ${spaceId}` : sql`true`,
    ],
    sql` and `,
  );

/** Support counts for what is public today, in the week in which it was given. */
async function figuresOf(em: Em, span: Span): Promise<Figures> {
  const written = sql`${isPublic} and s.kind in ('idea', 'comment') and ${during(sql`s.published_at`, span)}`;
  const supported = sql`from endorsement e join subject s on s.id = e.subject_id where ${isPublic} and ${during(sql`e.created_at`, span)}`;
  const found = await row(
    em,
    sql<Figures>`with written as (select s.kind, s.author_id, t.language from subject s join text t on t.id = s.text_id where ${written}),
        supporters as (select e.person_id ${supported})
      select (select count(*) from written where kind = 'idea')::int as ideas, (select count(*) from written where kind = 'comment')::int as comments,
        (select count(distinct language) from written where kind = 'idea')::int as languages, (select count(*) from supporters)::int as endorsements,
        (select count(distinct id) from (select author_id as id from written union all select person_id from supporters) people)::int as participants`,
  );
  return found ?? { ideas: 0, comments: 0, endorsements: 0, participants: 0, languages: 0 };
}

async function languagesOf(em: Em, condition: RawBuilder<unknown>): Promise<Share[]> {
  return rows(
    em,
    sql<Share>`select t.language as key, count(*)::int as ideas from subject s join text t on t.id = s.text_id
      where ${counted} and ${condition} group by t.language order by ideas desc, key`,
  );
}
