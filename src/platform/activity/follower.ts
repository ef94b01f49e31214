import type { Logger } from 'pino';

import type { Pace } from '../pace.ts';
import { parseCursor, type Cursor, type Line } from './activity.ts';
import { createSetbacks } from './setbacks.ts';

/** Lines read at once. */
export const BATCH = 500;

export type Handle = (lines: readonly Line[]) => void | Promise<void>;

/** How a reader of the activity is doing. */
export interface ReaderState {
  name: string;
  /** Failures since the start of this process. */
  errors: number;
  /** Since it had last handled everything there was to read. */
  lagMilliseconds: number;
}

/** One reader of this process, at a place of its own. */
export interface Follower {
  cursor(): Cursor;
  state(): ReaderState;
  /** It is not at work, and has not failed just now. */
  isReady(): boolean;
  /** There may be more for it to read at once. */
  isBehind(): boolean;
  /** Handles the lines after its cursor. Never rejects: after a failure the same lines come again. */
  take(after: (cursor: Cursor) => Promise<Line[]>): Promise<void>;
  /** When it is not at work any more. */
  ended(): Promise<void>;
}

export function createFollower(
  name: string,
  handle: Handle,
  { from, log, pace }: { from: Cursor; log: Logger; pace: Pace },
): Follower {
  const setbacks = createSetbacks(name, log, pace);
  let cursor = from;
  let isBusy = false;
  let turn = Promise.resolve();
  let isBehind = false;
  let caughtUpAt = Date.now();

  async function step(lines: readonly Line[]): Promise<void> {
    if (lines.length > 0) await handle(lines);
    cursor = parseCursor(lines.at(-1)?.cursor ?? '') ?? cursor;
    isBehind = lines.length === BATCH;
    if (!isBehind) caughtUpAt = Date.now();
    setbacks.went();
  }

  return {
    cursor: () => cursor,
    state: () => ({ name, errors: setbacks.total(), lagMilliseconds: Date.now() - caughtUpAt }),
    isReady: () => !isBusy && setbacks.pause() === 0,
    isBehind: () => isBehind,
    take(after) {
      isBusy = true;
      turn = after(cursor)
        .then(step)
        .catch(setbacks.failed)
        .finally(() => (isBusy = false));
      return turn;
    },
    ended: () => turn,
  };
}
