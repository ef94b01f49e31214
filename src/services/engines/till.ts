import { sql } from 'kysely';

import type { Engine, EngineError } from '#translation/engines/engine.ts';
import type { EngineCall } from '#translation/ports.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import type { Settings } from '../../platform/settings.ts';
import { recordSuccess } from './engine-states.ts';
import { today } from './spending.ts';

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
      await recordUse(em(), { engine, timeZone, isReserved: budgets[engine.name] !== undefined }, use);
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

/** Writes down what was used. Of an engine with a budget the characters were set aside before: what was not taken goes back. */
async function recordUse(
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
