import { sql, type RawBuilder } from 'kysely';

import type { Engine, Workings } from '#translation/engines/engine.ts';
import type { Translator } from '#translation/translator.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import type { Budget } from '../../platform/engine-limits.ts';
import { budgetOf, readSpent } from '../../services/engines/spending.ts';
import { FRESH, READER } from '../../services/texts/translations.ts';

/** Failures and use of these last days, today among them. */
const FAILURE_DAYS = 7;
const USE_DAYS = 14;

/** How an engine is, and since when. */
export type Health =
  | { is: 'unused' }
  | { is: 'well'; at: Date }
  | { is: 'failing'; times: number; at: Date; reason: string; message: string | null }
  | { is: 'away'; until: Date; reason: string; message: string | null }
  | { is: 'paused'; at: Date; by: string | null };

export interface ShownEngine extends Pick<Engine, 'name' | 'label' | 'local' | 'policy' | 'tier'> {
  pairs: number;
  health: Health;
  /** Characters. */
  used: { day: number; month: number };
  budget: Budget;
  /** Only of engines that run models of their own, and only of this process. */
  workings: Workings | null;
}

interface Counting {
  budgets: Readonly<Record<string, Budget>>;
  timeZone: string;
}

/** All engines that translate anything, in their order, as all processes see them. */
export async function readEngines(em: Em, translator: Translator, counting: Counting): Promise<ShownEngine[]> {
  const { budgets, timeZone } = counting;
  const states = await readStates(em);
  const shown: ShownEngine[] = [];
  for (const engine of translator.engines().filter((each) => each.pairs().length > 0)) {
    const { name, label, local, policy, tier } = engine;
    shown.push({
      ...{ name, label, local, policy, tier },
      pairs: engine.pairs().length,
      health: healthOf(states.get(name)),
      used: await readSpent(em, { engine: name, timeZone }),
      budget: budgetOf(engine, budgets) ?? {},
      workings: engine.workings?.() ?? null,
    });
  }
  return shown;
}

interface StateRow {
  engine: string;
  pausedAt: Date | null;
  by: string | null;
  openUntil: Date | null;
  reason: string | null;
  message: string | null;
  failures: number;
  failedAt: Date | null;
  succeededAt: Date | null;
}

async function readStates(em: Em): Promise<ReadonlyMap<string, StateRow>> {
  const found = await rows(
    em,
    sql<StateRow>`select e.engine, e.paused_at as "pausedAt", p.name as by, case when e.open_until > now() then e.open_until end as "openUntil",
        e.reason, e.message, e.failures, e.failed_at as "failedAt", e.succeeded_at as "succeededAt"
      from engine_state e left join person p on p.id = e.paused_by`,
  );
  return new Map(found.map((state) => [state.engine, state]));
}

function healthOf(state: StateRow | undefined): Health {
  if (!state) return { is: 'unused' };
  const { pausedAt, by, openUntil, failures, failedAt, succeededAt, message } = state;
  const reason = state.reason ?? 'unavailable';
  if (pausedAt) return { is: 'paused', at: pausedAt, by };
  if (openUntil) return { is: 'away', until: openUntil, reason, message };
  if (failures > 0 && failedAt) return { is: 'failing', times: failures, at: failedAt, reason, message };
  return succeededAt ? { is: 'well', at: succeededAt } : { is: 'unused' };
}

export type QueueState = 'queued' | 'suspended' | 'failed';
/** A reader waits; somebody has just written it; made in advance. */
export type Urgency = 'reader' | 'fresh' | 'background';

export interface QueueLine {
  state: QueueState;
  counts: Record<Urgency, number>;
  total: number;
  /** Age of the oldest wish. */
  oldestSeconds: number;
}

export interface Queue {
  lines: readonly QueueLine[];
  /** What each engine would take of what is queued and suspended, by its name; null: no engine that may have it. */
  takers: ReadonlyMap<string | null, number>;
  /** Why translations are suspended. */
  reasons: ReadonlyMap<string, number>;
  /** Failed translations by kind. */
  failures: ReadonlyMap<string, number>;
}

interface QueueRow {
  state: QueueState;
  urgency: Urgency;
  source: string;
  target: string;
  localOnly: boolean;
  failure: string | null;
  count: number;
  seconds: number;
}

/** What waits, and for whom. */
export async function readQueue(em: Em, translator: Translator): Promise<Queue> {
  const found = await rows(
    em,
    sql<QueueRow>`${ofState('queued')} union all ${ofState('suspended')} union all ${ofState('failed')}`,
  );
  const waiting = found.filter(({ state }) => state !== 'failed');
  const takerOf = ({ source, target, localOnly }: QueueRow) =>
    translator.ways(source, target).find((way) => !localOnly || way.local)?.engine ?? null;
  return {
    lines: (['queued', 'suspended', 'failed'] as const).map((state) => lineOf(state, found)),
    takers: countBy(waiting, takerOf),
    reasons: countBy(
      found.filter(({ state }) => state === 'suspended'),
      ({ failure }) => failure ?? 'unavailable',
    ),
    failures: countBy(
      found.filter(({ state }) => state === 'failed'),
      ({ failure }) => failure ?? 'unavailable',
    ),
  };
}

/** One part a state: each has an index of its own, which all of them together would not use. */
function ofState(state: QueueState): RawBuilder<unknown> {
  return sql`select state, case when priority >= ${sql.lit(READER)} then 'reader' when priority >= ${sql.lit(FRESH)} then 'fresh' else 'background' end as urgency,
      source_language as source, language as target, local_only as "localOnly", failure, count(*)::int as count,
      extract(epoch from now() - min(wished_at))::float8 as seconds
    from translation where state = ${sql.lit(state)} and not human group by 1, 2, 3, 4, 5, 6`;
}

function lineOf(state: QueueState, all: readonly QueueRow[]): QueueLine {
  const own = all.filter((each) => each.state === state);
  const sum = (some: readonly QueueRow[]) => some.reduce((total, { count }) => total + count, 0);
  const of = (urgency: Urgency) => sum(own.filter((each) => each.urgency === urgency));
  return {
    state,
    counts: { reader: of('reader'), fresh: of('fresh'), background: of('background') },
    total: sum(own),
    oldestSeconds: Math.max(0, ...own.map(({ seconds }) => seconds)),
  };
}

function countBy<Key>(some: readonly QueueRow[], keyOf: (row: QueueRow) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const each of some) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + each.count);
  return counts;
}

/** Calls that failed in the last days, by kind and engine. */
export interface FailureCount {
  kind: string;
  engine: string;
  count: number;
}

export function readFailures(em: Em, timeZone: string): Promise<FailureCount[]> {
  return rows(
    em,
    sql<FailureCount>`select kind, engine, sum(count)::int as count from engine_failure
      where day > ${today(timeZone)} - ${sql.lit(FAILURE_DAYS)} group by kind, engine order by kind, engine`,
  );
}

/** What an engine was sent on a day, what the memory spared it, and what that cost. */
export interface DayOfUse {
  /** `2026-11-25`. */
  day: string;
  engine: string;
  characters: number;
  remembered: number;
  euro: number;
}

/** Of the last days, the newest first; days without any use are not there. */
export function readUse(em: Em, timeZone: string): Promise<DayOfUse[]> {
  return rows(
    em,
    sql<DayOfUse>`select day::text as day, engine, characters::float8 as characters, remembered::float8 as remembered, euro::float8 as euro
      from engine_use where day > ${today(timeZone)} - ${sql.lit(USE_DAYS)} order by engine_use.day desc, engine`,
  );
}

const today = (timeZone: string): RawBuilder<unknown> => sql`(now() at time zone ${timeZone})::date`;

/** Spaces, by their id, whose texts may leave the operator's machines. */
export async function readOpenSpaces(em: Em): Promise<ReadonlySet<string>> {
  const found = await rows(em, sql<{ id: string }>`select subject_id as id from space where external_engines`);
  return new Set(found.map(({ id }) => id));
}
