import type { Logger } from 'pino';

import { EngineError } from '#translation/engines/engine.ts';
import type { Pace } from '../../platform/pace.ts';
import { createPauses } from '../../platform/pauses.ts';
import { dispatch, type Workbench } from './dispatcher.ts';
import { watchEngines } from './engine-watch.ts';
import { giveBack, renew, type Claimed } from './queue.ts';
import { createTill } from './till.ts';
import { translateClaimed } from './work.ts';
import type { Workplace } from './workplace.ts';

const RENEW_MILLISECONDS = 3_000;

export interface Worker {
  /** Looks at the queue at once. */
  wake(): void;
  close(): Promise<void>;
}

export interface WorkerOptions extends Omit<Workplace, 'states' | 'till'> {
  log: Logger;
  pace: Pace;
}

/** Makes wished translations until it is closed. Any number of workers share the queue; a killed one's rows come back with their lease. */
export function startWorker({ log, pace, ...shared }: WorkerOptions): Worker {
  const { database, languages, settings } = shared;
  const till = createTill(() => database.em(), settings);
  const stop = new AbortController();
  const { pause, wake } = createPauses(stop.signal);
  const resting = createPauses(stop.signal);
  const ends = { onError: logged, stop: stop.signal };
  const watch = watchEngines(database, languages, {
    ...{ ...ends, till },
    pause: () => resting.pause(pace.enginesMilliseconds),
  });
  const place: Workplace = { ...shared, till, states: watch.states };
  const bench: Workbench = {
    ...ends,
    ...watch,
    em: () => database.em(),
    make,
    wake,
    pause: () => pause(pace.queueMilliseconds),
  };
  const engines = languages.translator.engines().filter((engine) => engine.pairs().length > 0);
  const running =
    engines.length > 0 ? Promise.all([watch.run(), ...engines.map((engine) => dispatch(engine, bench))]) : null;

  async function make(claimed: readonly Claimed[]): Promise<void> {
    const renewal = setInterval(() => void renew(database.em(), claimed).catch(logged), RENEW_MILLISECONDS);
    try {
      await translateClaimed(place, claimed, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) logged(error);
      else await giveBack(database.em(), claimed, { seconds: 0, isBlameless: true }).catch(logged);
    } finally {
      clearInterval(renewal);
    }
  }

  function logged(error: unknown): void {
    log.error({ error }, 'the translation queue could not be read or written');
  }

  return {
    wake,
    close: async () => {
      stop.abort(new EngineError('unavailable', 'The worker stops.'));
      await running;
      await till.flush().catch(logged);
    },
  };
}
