import { sql } from 'kysely';

import type { Engine, EngineError } from '#translation/engines/engine.ts';
import type { EngineCall } from '#translation/ports.ts';
import type { Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import type { Settings } from '../../platform/settings.ts';
import { EngineFailure, EngineUse } from './engine.entity.ts';
import { recordSuccess } from './engine-states.ts';
import { budgetOf, today } from './spending.ts';

/** What an engine was asked for, and what the memory spared it. */
interface Use {
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

/** Counts along while a batch runs; failed calls count as failures alone. */
export interface Tally {
  ofCall(call: EngineCall): void;
  ofMemory(engine: Engine, characters: number): void;
  /** Whose failure it was. */
  culprits: ReadonlyMap<EngineError, Engine>;
}

/** What the engines were asked for by all batches of this process, until it is written down. */
export interface Till {
  open(): Tally;
  /** Writes down what was used since the last time, and that the engines answered. */
  flush(): Promise<void>;
}

/** Once a second is often enough for figures: written with every batch they cost as much as the translations themselves. */
export function createTill(em: () => Em, { budgets, timeZone }: Pick<Settings, 'budgets' | 'timeZone'>): Till {
  let uses = new Map<Engine, Use>();
  const useOf = (engine: Engine): Use => uses.getOrInsertComputed(engine, emptyUse);

  function open(): Tally {
    const culprits = new Map<EngineError, Engine>();
    return {
      culprits,
      ofMemory: (engine, characters) => void (useOf(engine).remembered += characters),
      ofCall(call) {
        add(useOf(call.engine), call);
        if (call.error) culprits.set(call.error, call.engine);
      },
    };
  }

  async function flush(): Promise<void> {
    const counted = uses;
    uses = new Map();
    for (const [engine, use] of counted) {
      await recordUse(em(), { engine, timeZone, isReserved: budgetOf(engine, budgets) !== null }, use);
      if (use.calls > 0) await recordSuccess(em(), engine.name);
    }
  }

  return { open, flush };
}

function emptyUse(): Use {
  return { characters: 0, remembered: 0, texts: 0, calls: 0, milliseconds: 0, unbilled: 0, failures: new Map() };
}

function add(use: Use, { characters, texts, milliseconds, error }: EngineCall): void {
  if (error) {
    use.failures.set(error.kind, (use.failures.get(error.kind) ?? 0) + 1);
    if (UNBILLED.has(error.kind)) use.unbilled += characters;
    return;
  }
  use.characters += characters;
  use.texts += texts;
  use.calls += 1;
  use.milliseconds += milliseconds;
}

/** Writes down what was used. Of an engine with a budget the characters were set aside before: those not taken go back. */
async function recordUse(
  em: Em,
  { engine, timeZone, isReserved }: { engine: Engine; timeZone: string; isReserved: boolean },
  use: Use,
): Promise<void> {
  const day = today(timeZone);
  const { remembered, texts, calls, failures } = use;
  const characters = isReserved ? -use.unbilled : use.characters;
  const [euro, milliseconds] = [String(engine.cost(use.characters)), Math.round(use.milliseconds)];
  await tables(em, EngineUse)
    .insertInto('engine_use')
    .values({ engine: engine.name, day, characters, remembered, euro, texts, calls, milliseconds })
    .onConflict((conflict) =>
      conflict.columns(['engine', 'day']).doUpdateSet(({ eb, ref }) => ({
        characters: eb('engine_use.characters', '+', ref('excluded.characters')),
        remembered: eb('engine_use.remembered', '+', ref('excluded.remembered')),
        euro: eb('engine_use.euro', '+', ref('excluded.euro')),
        texts: eb('engine_use.texts', '+', ref('excluded.texts')),
        calls: eb('engine_use.calls', '+', ref('excluded.calls')),
        milliseconds: eb('engine_use.milliseconds', '+', ref('excluded.milliseconds')),
      })),
    )
    .execute();
  for (const [kind, count] of failures)
    await tables(em, EngineFailure)
      .insertInto('engine_failure')
      .values({ engine: engine.name, day, kind, count })
      .onConflict((conflict) =>
        conflict.columns(['engine', 'day', 'kind']).doUpdateSet({ count: sql`engine_failure.count + ${count}` }),
      )
      .execute();
}
