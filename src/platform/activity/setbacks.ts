import type { Logger } from 'pino';

import type { Pace } from '../pace.ts';

/** The failures of one reader of the activity, and when it may try again. */
export interface Setbacks {
  /** How many there were since the start of this process. */
  total(): number;
  /** What is left of the pause after the last one, in milliseconds. */
  pause(): number;
  failed(error: unknown): void;
  /** Something went well: the next failure is a first one again. */
  went(): void;
}

export function createSetbacks(name: string, log: Logger, pace: Pace): Setbacks {
  let total = 0;
  let inARow = 0;
  let until = 0;
  return {
    total: () => total,
    pause: () => Math.max(0, until - Date.now()),
    failed(error) {
      total++;
      until = Date.now() + Math.min(pace.longestRetryMilliseconds, pace.retryMilliseconds * 2 ** inARow++);
      log.error({ error, reader: name }, 'a reader of the activity failed');
    },
    went() {
      inARow = 0;
      until = 0;
    },
  };
}
