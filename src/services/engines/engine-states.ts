import { sql } from 'kysely';

import type { EngineError, EngineErrorKind } from '#translation/engines/engine.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import { inSeconds, now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { EngineState as Kept } from './engine.entity.ts';

/** After so many failures in a row an engine is left alone for a while. */
const FAILURES_IN_A_ROW = 5;
const BREAK_SECONDS = 30;
/** An engine that says it is asked too often is left alone twice as long each time, up to this. */
const LONGEST_BREAK_SECONDS = 1_800;

/** Why an engine is not asked now: what it answered, or that an operator paused it. */
export type AwayReason = EngineErrorKind | 'paused';

/** How an engine is doing, in the eyes of all processes. */
export interface EngineState {
  engine: string;
  /** `trying`: it was away, and one text tells whether it is back. */
  is: 'up' | 'trying' | 'away';
  reason: AwayReason | null;
  failures: number;
}

/** By the name of the engine; one that nothing ever happened to is not in it. */
export async function readEngineStates(em: Em): Promise<ReadonlyMap<string, EngineState>> {
  const found = await rows(
    em,
    sql<EngineState>`select engine, failures, case when paused_at is not null then 'paused' else reason end as reason,
        case when paused_at is not null or open_until > now() then 'away' when open_until is not null then 'trying' else 'up' end as is
      from engine_state`,
  );
  return new Map(found.map((state) => [state.engine, state]));
}

/** It is not left alone at this moment. */
const IS_ASKED = sql<boolean>`(engine_state.open_until is null or engine_state.open_until <= now())`;

/** It answered: everything before is forgotten, unless it has just asked to be left alone. */
export async function recordSuccess(em: Em, engine: string): Promise<void> {
  await tables(em, Kept)
    .insertInto('engine_state')
    .values({ engine, succeededAt: now })
    .onConflict((conflict) =>
      conflict
        .column('engine')
        .doUpdateSet({ failures: 0, openUntil: null, reason: null, message: null, succeededAt: now })
        .where(IS_ASKED),
    )
    .execute();
}

/**
 * It failed for a reason of its own. Returns how many times in a row. 401, 403 and 456 leave it alone for half an hour, 429 for as
 * long as it asks or 30 s doubling, anything else for 30 s after the fifth time. Failures of calls that were under way count once.
 */
export async function recordFailure(em: Em, engine: string, error: EngineError): Promise<number> {
  const { kind, message, retryAfterMs } = error;
  const asked = retryAfterMs === undefined ? null : Math.min(LONGEST_BREAK_SECONDS, retryAfterMs / 1_000);
  const counted = await tables(em, Kept)
    .insertInto('engine_state')
    .values({ engine })
    .onConflict((conflict) =>
      conflict
        .column('engine')
        .doUpdateSet({ failures: sql`engine_state.failures` })
        .where(IS_ASKED),
    )
    .returning('failures')
    .executeTakeFirst();
  if (!counted) return FAILURES_IN_A_ROW;
  const failures = counted.failures + 1;
  const seconds = breakAfter(kind, failures, asked);
  await tables(em, Kept)
    .updateTable('engine_state')
    .set({ failures, failedAt: now, reason: kind, message, ...(seconds > 0 ? { openUntil: inSeconds(seconds) } : {}) })
    .where('engine', '=', engine)
    .execute();
  return failures;
}

function breakAfter(kind: EngineErrorKind, failures: number, asked: number | null): number {
  if (kind === 'auth' || kind === 'quota') return asked ?? LONGEST_BREAK_SECONDS;
  if (kind === 'rate_limited') return asked ?? Math.min(LONGEST_BREAK_SECONDS, BREAK_SECONDS * 2 ** (failures - 1));
  if (asked !== null) return asked;
  return failures >= FAILURES_IN_A_ROW ? BREAK_SECONDS : 0;
}
