import { sql, type RawBuilder } from 'kysely';

import type { EngineCall } from '../../translation/ports.ts';
import type { Engine, EngineError } from '../../translation/engines/engine.ts';
import { row, rows, type Em } from '../platform/db/database.ts';
import { transaction } from '../platform/db/guard.ts';

/** Characters an engine may be sent in a day and in a month. */
export interface Budget {
  day?: number | undefined;
  month?: number | undefined;
}

/** Who counts, and where days begin. */
export interface Till {
  engine: string;
  timeZone: string;
}

const today = (timeZone: string): RawBuilder<unknown> => sql`(now() at time zone ${timeZone})::date`;

/**
 * Sets characters aside before they are sent. False when they are more than the budget leaves: then nothing was set aside.
 * The lock keeps two workers from spending the same rest.
 */
export async function reserve(
  em: Em,
  { engine, timeZone }: Till,
  { day = Infinity, month = Infinity }: Budget,
  characters: number,
): Promise<boolean> {
  return transaction(em, async (inner) => {
    await rows(inner, sql`insert into engine_state (engine) values (${engine}) on conflict do nothing`);
    await rows(inner, sql`select 1 from engine_state where engine = ${engine} for update`);
    const spent = await readSpent(inner, { engine, timeZone });
    if (spent.day + characters > day || spent.month + characters > month) return false;
    await addCharacters(inner, { engine, timeZone }, characters);
    return true;
  });
}

/** What an engine was sent today and this month. */
export async function readSpent(em: Em, { engine, timeZone }: Till): Promise<{ day: number; month: number }> {
  const found = await row(
    em,
    sql<{ day: number; month: number }>`select
        coalesce(sum(characters) filter (where day = ${today(timeZone)}), 0)::float8 as day, coalesce(sum(characters), 0)::float8 as month
      from engine_use where engine = ${engine} and day >= date_trunc('month', ${today(timeZone)}::timestamp)::date`,
  );
  return found ?? { day: 0, month: 0 };
}

async function addCharacters(em: Em, { engine, timeZone }: Till, characters: number): Promise<void> {
  await rows(
    em,
    sql`insert into engine_use (engine, day, characters) values (${engine}, ${today(timeZone)}, ${characters})
        on conflict (engine, day) do update set characters = engine_use.characters + excluded.characters`,
  );
}

/** What a batch took from an engine, and what the memory spared it. */
export interface Use {
  characters: number;
  remembered: number;
  texts: number;
  calls: number;
  milliseconds: number;
  /** Characters of calls that failed before anybody could bill them. */
  unbilled: number;
  failures: Map<string, number>;
}

const UNBILLED = new Set<string>([
  'auth',
  'rate_limited',
  'unavailable',
  'bad_request',
  'too_long',
  'unsupported_pair',
]);

export interface Tally {
  ofCall(call: EngineCall): void;
  ofMemory(engine: Engine, characters: number): void;
  uses: ReadonlyMap<Engine, Use>;
  /** Whose failure it was. */
  culprits: ReadonlyMap<EngineError, Engine>;
}

/** Counts along while a batch runs; failed calls count as failures alone. */
export function createTally(): Tally {
  const culprits = new Map<EngineError, Engine>();
  const uses = new Map<Engine, Use>();
  const useOf = (engine: Engine): Use =>
    uses.getOrInsertComputed(engine, () => ({
      ...{ characters: 0, remembered: 0, texts: 0, calls: 0, milliseconds: 0, unbilled: 0 },
      failures: new Map(),
    }));
  return {
    uses,
    culprits,
    ofMemory: (engine, characters) => void (useOf(engine).remembered += characters),
    ofCall({ engine, characters, texts, milliseconds, error }) {
      const use = useOf(engine);
      if (error) {
        culprits.set(error, engine);
        use.failures.set(error.kind, (use.failures.get(error.kind) ?? 0) + 1);
        if (UNBILLED.has(error.kind)) use.unbilled += characters;
        return;
      }
      use.characters += characters;
      use.texts += texts;
      use.calls += 1;
      use.milliseconds += milliseconds;
    },
  };
}

/** Writes down what was used. Of an engine with a budget the characters were set aside before: what was not taken goes back. */
export async function recordUse(
  em: Em,
  { engine, timeZone, isReserved }: { engine: Engine; timeZone: string; isReserved: boolean },
  use: Use,
): Promise<void> {
  const day = today(timeZone);
  const characters = isReserved ? -use.unbilled : use.characters;
  await rows(
    em,
    sql`insert into engine_use (engine, day, characters, remembered, euro, texts, calls, milliseconds)
        values (${engine.name}, ${day}, ${characters}, ${use.remembered}, ${engine.cost(use.characters)}, ${use.texts}, ${use.calls}, ${Math.round(use.milliseconds)})
        on conflict (engine, day) do update set characters = engine_use.characters + excluded.characters, remembered = engine_use.remembered + excluded.remembered,
          euro = engine_use.euro + excluded.euro, texts = engine_use.texts + excluded.texts, calls = engine_use.calls + excluded.calls, milliseconds = engine_use.milliseconds + excluded.milliseconds`,
  );
  for (const [kind, count] of use.failures)
    await rows(
      em,
      sql`insert into engine_failure (engine, day, kind, count) values (${engine.name}, ${day}, ${kind}, ${count})
          on conflict (engine, day, kind) do update set count = engine_failure.count + excluded.count`,
    );
}
