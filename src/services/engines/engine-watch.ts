import type { Database } from '../../platform/db/database.ts';
import type { Languages } from '../../platform/languages.ts';
import { readEngineStates, type EngineState } from './engine-states.ts';
import { serve, suspendAndResume, type Serving } from './suspension.ts';
import type { Till } from './till.ts';

/** Rows whose engine an operator took away are looked for only now and then: there are many pairs without any. */
const LOOKS_A_ROUND = 5;

/** What is known of the engines, as of the last look. */
export interface EngineWatch {
  states(): ReadonlyMap<string, EngineState>;
  serving(): Serving;
  /** Looks again and again until it is stopped, tells readers what has to wait, and writes down what was used. */
  run(): Promise<void>;
}

interface Watching {
  till: Till;
  /** Until the next look. */
  pause(): Promise<void>;
  onError(error: unknown): void;
  stop: AbortSignal;
}

export function watchEngines(
  database: Database,
  { translator, all }: Languages,
  { till, pause, onError, stop }: Watching,
): EngineWatch {
  let states: ReadonlyMap<string, EngineState> = new Map();
  let serving = serve(translator, all, states);

  async function look(isThorough: boolean): Promise<void> {
    await till.flush();
    states = await readEngineStates(database.em());
    serving = serve(translator, all, states);
    await suspendAndResume(database.em(), serving, { isThorough });
  }

  return {
    states: () => states,
    serving: () => serving,
    async run() {
      for (let count = 0; !stop.aborted; count++) {
        await look(count % LOOKS_A_ROUND === 0).catch(onError);
        await pause();
      }
    },
  };
}
