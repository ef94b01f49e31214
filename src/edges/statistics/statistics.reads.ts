import { sql, type RawBuilder } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { counts, during, figuresOf, type Figures, type Span } from './figures.reads.ts';
import type { Share } from './shares.ts';
import { shiftWeek, weekOf, type Week } from './weeks.ts';

export interface WeekFigures {
  week: Week;
  figures: Figures;
  before: Figures;
  total: Figures;
  bySpace: Share[];
  byLanguage: Share[];
}

/** Everything the page and the API show of a week, of all spaces or of one. The long count of all there ever was runs beside the short ones. */
export async function readWeek(
  em: Em,
  week: Week,
  timeZone: string,
  spaceId: string | null = null,
): Promise<WeekFigures> {
  const [total, parts] = await Promise.all([
    figuresOf(em, { until: week.until, spaceId }),
    readParts(em, spanOf(week, spaceId), spanOf(shiftWeek(week, -1, timeZone), spaceId)),
  ]);
  return { week, total, ...parts };
}

async function readParts(em: Em, span: Span, spanBefore: Span): Promise<Omit<WeekFigures, 'week' | 'total'>> {
  return {
    figures: await figuresOf(em, span),
    before: await figuresOf(em, spanBefore),
    bySpace: await spacesOf(em, span),
    byLanguage: await languagesOf(em, span),
  };
}

/** Nothing was written or announced up to the end of this week. */
export const hasNotBegun = ({ total }: WeekFigures): boolean => total.ideas + total.comments + total.events === 0;

export const spanOf = ({ from, until }: Week, spaceId: string | null): Span => ({ from, until, spaceId });

/** All that was ever published, and the languages of the week `now` is in. */
export async function readTotals(em: Em, timeZone: string, now = new Date()): Promise<Figures> {
  const all = await figuresOf(em, { spaceId: null });
  const week = await figuresOf(em, spanOf(weekOf(now, timeZone), null));
  return { ...all, languages: week.languages };
}

/** Ideas of a week by the language they were written in, for the band under the header. */
export async function readWeekLanguages(em: Em, week: Week): Promise<Share[]> {
  return languagesOf(em, spanOf(week, null));
}

const ideas = (span: Span): RawBuilder<unknown> =>
  sql`s.kind = 'idea' and ${counts(span)} and ${during(sql`s.published_at`, span)}`;

async function spacesOf(em: Em, span: Span): Promise<Share[]> {
  return rows(
    em,
    sql<Share>`select sp.slug as key, count(s.id)::int as count from space sp left join subject s on s.space_id = sp.subject_id and ${ideas(span)}
      where ${span.spaceId === null ? sql`true` : sql`sp.subject_id = ${sql.lit(span.spaceId)}`} group by sp.slug, sp.position order by sp.position`,
  );
}

async function languagesOf(em: Em, span: Span): Promise<Share[]> {
  return rows(
    em,
    sql<Share>`select t.language as key, count(*)::int as count from subject s join text t on t.id = s.text_id
      where ${ideas(span)} group by t.language order by count desc, key`,
  );
}
