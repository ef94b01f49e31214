import { sql, type RawBuilder } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { isHeld } from '../../kinds/events/events.figures.ts';
import type { Figures, Span } from '../../services/house/figures.ts';
import type { House } from '../../services/house/house.ts';
import { counts, during, isOf } from '../../services/subjects/spans.ts';
import { countActs } from './acts.reads.ts';
import {
  actsByLanguage,
  actsBySpace,
  columnsOf,
  countUnread,
  exchangesOf,
  alignmentsOf,
  type Acts,
  type Column,
  type Exchange,
} from './acts.ts';
import { missingReports, type MissingReport } from './missing.reads.ts';
import { readCorrections, type Corrections } from './corrections.reads.ts';
import type { Share } from '../statistics/shares.ts';
import { readWeek, spanOf, type AskedWeek, type WeekFigures } from '../statistics/statistics.reads.ts';

export interface Translated {
  /** Ready for the first time in the week. */
  done: number;
  /** Today, whatever week they were asked for. */
  waiting: number;
  /** Texts of the week, once for each interface language no engine can bring them into. */
  withoutEngine: number;
}

/** What the secretariat sees of a week beyond what everybody does. */
export interface SecretariatDesk extends WeekFigures, Corrections {
  /** Comments by alignment, and replies. */
  alignments: Share[];
  /** Events held, by the way people met. */
  modes: Share[];
  columns: Column[];
  actsBySpace: Acts[];
  actsByLanguage: Acts[];
  exchanges: Exchange[];
  translations: Translated;
  /** Those that ended longest ago first. */
  missing: MissingReport[];
}

/** Everything on the secretariat's page of a week, counted when asked. */
export async function readSecretariatDesk(
  em: Em,
  { figures, languages: { translator }, words }: Pick<House, 'figures' | 'languages' | 'words'>,
  asked: AskedWeek,
): Promise<SecretariatDesk> {
  const [counted, { acts, done, waiting, ...parts }] = await Promise.all([
    readWeek(em, figures, asked),
    readParts(em, figures, spanOf(asked.week, asked.spaceId)),
  ]);
  const unread = (language: string) =>
    words.languages.filter((each) => each !== language && !translator.way(language, each)).length;
  const columns = columnsOf(figures);
  const slugs = counted.bySpace.map(({ key }) => key);
  return {
    ...{ ...counted, ...parts, columns },
    alignments: alignmentsOf(acts),
    actsBySpace: actsBySpace(acts, columns, slugs),
    actsByLanguage: actsByLanguage(acts, columns),
    exchanges: exchangesOf(acts),
    translations: { done, waiting, withoutEngine: countUnread(acts, figures, unread) },
  };
}

async function readParts(em: Em, figures: Figures, span: Span) {
  const isContribution = isOf(figures.contributions);
  const [acts, done] = await Promise.all([countActs(em, figures, span), countDone(em, isContribution, span)]);
  return {
    ...{ acts, done },
    modes: await countModes(em, span),
    waiting: await countWaiting(em, isContribution, span),
    ...(await readCorrections(em, figures, span)),
    missing: await missingReports(em, span),
  };
}

async function countModes(em: Em, span: Span): Promise<Share[]> {
  return rows(
    em,
    sql<Share>`select k.key, count(h.mode)::int as count from unnest(array['in-person', 'online', 'hybrid']) with ordinality k (key, place)
      left join (select e.mode from event e join subject s on s.id = e.subject_id where ${counts(span)} and ${isHeld(span)}) h on h.mode = k.key
      group by k.key, k.place order by k.place`,
  );
}

/** Each text is looked up once, however many languages it was brought into. */
async function countDone(em: Em, isContribution: RawBuilder<unknown>, span: Span): Promise<number> {
  const found = await row(
    em,
    sql<{ count: number }>`select coalesce(sum(m.count), 0)::int as count from (
        select m.text_id, count(*) as count from translation m where m.state = 'ready' and ${during(sql`m.ready_at`, span)} group by m.text_id) m
      where (select true from subject s where s.text_id = m.text_id and ${isContribution} and ${counts(span)})`,
  );
  return found?.count ?? 0;
}

async function countWaiting(em: Em, isContribution: RawBuilder<unknown>, span: Span): Promise<number> {
  const found = await row(
    em,
    sql<{ count: number }>`select count(*)::int as count from translation m join subject s on s.text_id = m.text_id
      where m.state in ('queued', 'suspended') and ${isContribution} and ${counts(span)}`,
  );
  return found?.count ?? 0;
}
