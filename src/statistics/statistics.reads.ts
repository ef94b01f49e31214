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
  const during = within(week, spaceId);
  return {
    week,
    figures: await figuresOf(em, during),
    before: await figuresOf(em, within(before, spaceId)),
    total: await figuresOf(em, sql`s.published_at < ${week.until.toISOString()}::timestamptz and ${inSpace(spaceId)}`),
    bySpace: await rows(
      em,
      sql<Share>`select sp.slug as key, count(s.id)::int as ideas from space sp
        left join subject s on s.space_id = sp.subject_id and ${counted} and ${during}
        where ${spaceId === null ? sql`true` : sql`sp.subject_id = ${spaceId}`} group by sp.slug, sp.position order by sp.position`,
    ),
    byLanguage: await languagesOf(em, during),
  };
}

/** All that was ever published, and the languages of the week `now` is in. */
export async function readTotals(em: Em, timeZone: string, now = new Date()): Promise<Figures> {
  const all = await figuresOf(em, sql`true`);
  const week = await figuresOf(em, within(weekOf(now, timeZone), null));
  return { ...all, languages: week.languages };
}

/** Ideas of a week by the language they were written in, for the band under the header. */
export async function readWeekLanguages(em: Em, week: Week): Promise<Share[]> {
  return languagesOf(em, within(week, null));
}

const counted = sql`s.kind = 'idea' and ${isPublic}`;

const inSpace = (spaceId: string | null): RawBuilder<unknown> =>
  spaceId === null ? sql`true` : sql`s.space_id = ${spaceId}`;

function within({ from, until }: Week, spaceId: string | null): RawBuilder<unknown> {
  return sql`s.published_at >= ${from.toISOString()}::timestamptz and s.published_at < ${until.toISOString()}::timestamptz and ${inSpace(spaceId)}`;
}

async function figuresOf(em: Em, condition: RawBuilder<unknown>): Promise<Figures> {
  const found = await row(
    em,
    sql<Figures>`select count(*)::int as ideas, count(distinct s.author_id)::int as participants, count(distinct t.language)::int as languages
      from subject s join text t on t.id = s.text_id where ${counted} and ${condition}`,
  );
  return found ?? { ideas: 0, participants: 0, languages: 0 };
}

async function languagesOf(em: Em, condition: RawBuilder<unknown>): Promise<Share[]> {
  return rows(
    em,
    sql<Share>`select t.language as key, count(*)::int as ideas from subject s join text t on t.id = s.text_id
      where ${counted} and ${condition} group by t.language order by ideas desc, key`,
  );
}
