import { sql, type RawBuilder } from 'kysely';

import type { Engine } from '#translation/engines/engine.ts';
import { row, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { tables } from '../../platform/db/tables.ts';
import type { Budget } from '../../platform/engine-limits.ts';
import { EngineState, EngineUse } from './engine.entity.ts';

/** So much goes to an engine that costs where the operator has said nothing: with DeepL's prices four euro a day and sixty a month. */
const UNSAID: Budget = { day: 200_000, month: 3_000_000 };
/** Engines in the box that are paid for, or grant a share. */
const COSTLY: ReadonlySet<string> = new Set(['deepl', 'openai-compatible', 'etranslation']);
const MILLION = 1_000_000;

/** What the operator lets an engine be sent; null when there is no limit. */
export function budgetOf(engine: Engine, budgets: Readonly<Record<string, Budget>>): Budget | null {
  const isCostly = !engine.local && (COSTLY.has(engine.name) || engine.cost(MILLION) > 0);
  return budgets[engine.name] ?? (isCostly ? UNSAID : null);
}

/** Who counts, and where days begin. */
export interface Account {
  engine: string;
  timeZone: string;
}

export const today = (timeZone: string): RawBuilder<string> => sql`(now() at time zone ${timeZone})::date`;

/**
 * Sets characters aside before they are sent. False when they are more than the budget leaves: then nothing was set aside.
 * The lock keeps two workers from spending the same rest.
 */
export async function reserve(
  em: Em,
  { engine, timeZone }: Account,
  { day = Infinity, month = Infinity }: Budget,
  characters: number,
): Promise<boolean> {
  return transaction(em, async (inner) => {
    const states = tables(inner, EngineState);
    await states
      .insertInto('engine_state')
      .values({ engine })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await states.selectFrom('engine_state').select('engine').where('engine', '=', engine).forUpdate().execute();
    const spent = await readSpent(inner, { engine, timeZone });
    if (spent.day + characters > day || spent.month + characters > month) return false;
    await addCharacters(inner, { engine, timeZone }, characters);
    return true;
  });
}

/** What an engine was sent today and this month. */
export async function readSpent(em: Em, { engine, timeZone }: Account): Promise<{ day: number; month: number }> {
  const found = await row(
    em,
    sql<{ day: number; month: number }>`select
        coalesce(sum(characters) filter (where day = ${today(timeZone)}), 0)::float8 as day, coalesce(sum(characters), 0)::float8 as month
      from engine_use where engine = ${engine} and day >= date_trunc('month', ${today(timeZone)}::timestamp)::date`,
  );
  return found ?? { day: 0, month: 0 };
}

async function addCharacters(em: Em, { engine, timeZone }: Account, characters: number): Promise<void> {
  await tables(em, EngineUse)
    .insertInto('engine_use')
    .values({ engine, day: today(timeZone), characters })
    .onConflict((conflict) =>
      conflict.columns(['engine', 'day']).doUpdateSet({ characters: sql`engine_use.characters + ${characters}` }),
    )
    .execute();
}
