import type { Logger } from 'pino';

import type { Database } from '../db/database.ts';
import { createPauses } from '../pauses.ts';
import { onNewLines } from './bell.ts';
import { formatCursor, head, parseCursor, readAfter, type Line, type Cursor } from './activity.ts';

/** Often enough that a second screen has the words within a second, seldom enough to cost nothing when idle. */
const POLL_MILLISECONDS = 150;
const BATCH = 500;
const RETRY_MILLISECONDS = 1_000;

export type Reader = (lines: readonly Line[]) => void | Promise<void>;

/** Follows the activity from now on, and hands new lines to every reader of this process, in order, once each. Lines that this process commits are looked for at once. */
export interface Tail {
  read(reader: Reader): void;
  /** The cursor up to which lines have been handed out. */
  cursor(): string;
  /** Milliseconds since the activity could last be read to its end. */
  lagMilliseconds(): number;
  close(): Promise<void>;
}

export async function startTail(database: Database, log: Logger): Promise<Tail> {
  const readers: Reader[] = [];
  let cursor: Cursor = await head(database.em());
  let caughtUpAt = Date.now();
  let isAwaited = false;
  const stop = new AbortController();
  const { pause, wake } = createPauses(stop.signal);
  const endListening = onNewLines(database.em(), () => {
    isAwaited = true;
    wake();
  });
  const running = follow();

  async function follow(): Promise<void> {
    while (!stop.signal.aborted) {
      const more = await step().catch((error: unknown) => {
        log.error({ error }, 'the activity could not be read');
        return false;
      });
      if (!more && !isAwaited)
        await pause(Date.now() - caughtUpAt > RETRY_MILLISECONDS ? RETRY_MILLISECONDS : POLL_MILLISECONDS);
    }
  }

  async function step(): Promise<boolean> {
    isAwaited = false;
    const lines = await readAfter(database.em(), cursor, BATCH);
    const last = parseCursor(lines.at(-1)?.cursor ?? '');
    if (last) {
      // Afterwards: if a reader fails, all get these lines once more.
      for (const reader of readers) await reader(lines);
      cursor = last;
    }
    if (lines.length < BATCH) caughtUpAt = Date.now();
    return lines.length === BATCH;
  }

  return {
    read: (reader) => void readers.push(reader),
    cursor: () => formatCursor(cursor),
    lagMilliseconds: () => Date.now() - caughtUpAt,
    close: async () => {
      endListening();
      stop.abort();
      await running;
    },
  };
}
