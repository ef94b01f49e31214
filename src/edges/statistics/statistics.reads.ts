import { sql, type RawBuilder } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import type { Figures, Span } from '../../services/house/figures.ts';
import { isPublic } from '../../services/subjects/subjects.ts';
import { isWritten } from '../../services/subjects/spans.ts';
import { countFigures, type Counted } from './figures.reads.ts';
import type { Share } from './shares.ts';
import { shiftWeek, weekOf, type Week } from './weeks.ts';

export interface WeekFigures {
  week: Week;
  figures: Counted;
  before: Counted;
  total: Counted;
  bySpace: Share[];
  byLanguage: Share[];
}

export interface AskedWeek {
  week: Week;
  timeZone: string;
  /** Null for all spaces. */
  spaceId: string | null;
}

/** Everything the page and the API show of a week, of all spaces or of one. The long count of all there ever was runs beside the short ones. */
export async function readWeek(em: Em, figures: Figures, { week, timeZone, spaceId }: AskedWeek): Promise<WeekFigures> {
  const [total, parts] = await Promise.all([
    countFigures(em, figures, { until: week.until, spaceId }),
    readParts(em, figures, [spanOf(week, spaceId), spanOf(shiftWeek(week, -1, timeZone), spaceId)]),
  ]);
  return { week, total, ...parts };
}

async function readParts(
  em: Em,
  figures: Figures,
  [span, before]: readonly [Span, Span],
): Promise<Omit<WeekFigures, 'week' | 'total'>> {
  return {
    figures: await countFigures(em, figures, span),
    before: await countFigures(em, figures, before),
    bySpace: await spacesOf(em, span),
    byLanguage: await languagesOf(em, span),
  };
}

/** When the first of all that is public was written; null where nothing is. */
export async function readFirst(em: Em, { contributions }: Figures): Promise<Date | null> {
  const ofEach = contributions.map(
    (kind) => sql`(select min(s.published_at) from subject s where s.kind = ${sql.lit(kind)} and ${isPublic})`,
  );
  const found = await row(em, sql<{ first: Date | null }>`select least(${sql.join(ofEach)}) as first`);
  return found?.first ?? null;
}

export const spanOf = ({ from, until }: Week, spaceId: string | null): Span => ({ from, until, spaceId });

/** What the front door tells: all that was ever published, and the languages of the week `now` is in. */
export async function readTotals(em: Em, figures: Figures, timeZone: string, now = new Date()) {
  const only = (...names: string[]) => ({ ...figures, all: figures.all.filter(({ name }) => names.includes(name)) });
  const { ideas = 0, participants = 0 } = await countFigures(em, only('ideas', 'participants'), { spaceId: null });
  const { languages = 0 } = await countFigures(em, only('languages'), spanOf(weekOf(now, timeZone), null));
  return { ideas, participants, languages };
}

/** Ideas of a week by the language they were written in, for the band under the header. */
export async function readWeekLanguages(em: Em, week: Week): Promise<Share[]> {
  return languagesOf(em, spanOf(week, null));
}

const ideas = (span: Span): RawBuilder<unknown> => isWritten(['idea'], span);

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
