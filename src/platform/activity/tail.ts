import type { Logger } from 'pino';

import type { Database } from '../db/database.ts';
import type { Pace } from '../pace.ts';
import { startLoop, within } from '../pauses.ts';
import { formatCursor, head, parseCursor, readAfter, type Cursor, type Line } from './activity.ts';
import { onNewLines } from './bell.ts';
import { BATCH, createFollower, type Follower, type Handle, type ReaderState } from './follower.ts';

/** Readers that are at work when the process stops may end, for this long. */
const STOP_MILLISECONDS = 1_000;

/**
 * Hands new lines to the readers of this process, in order, once each. Each has a cursor, failures and pauses of its own: one that
 * throws gets the same lines again later, and stops nobody else. Lines that this process commits are looked for at once.
 */
export interface Tail {
  /** Adds a reader, from now on. Returns the cursor up to which it has handled the lines. */
  read(name: string, handle: Handle): () => string;
  /** The cursor up to which lines have been handed out. */
  cursor(): string;
  /** Milliseconds since the activity could last be read to its end. */
  lagMilliseconds(): number;
  readers(): ReaderState[];
  close(): Promise<void>;
}

export async function startTail(database: Database, log: Logger, pace: Pace): Promise<Tail> {
  const followers: Follower[] = [];
  let cursor: Cursor = await head(database.em());
  let caughtUpAt = Date.now();
  const loop = startLoop(async () => {
    const isMore = await look().catch((error: unknown) => {
      log.error({ error }, 'the activity could not be read');
      return false;
    });
    if (isMore) return { most: 0 };
    return { most: lag() > pace.retryMilliseconds ? pace.retryMilliseconds : pace.tailMilliseconds };
  });
  const endListening = onNewLines(database.em(), loop.wake);

  /** Returns whether there is more to read at once. Readers at the same place share what is read there: it is one query while nobody is behind. */
  async function look(): Promise<boolean> {
    const reads = new Map<string, Promise<Line[]>>();
    const after = (from: Cursor) =>
      reads.getOrInsertComputed(formatCursor(from), () => readAfter(database.em(), from, BATCH));
    const lines = await after(cursor);
    const ready = followers.filter((follower) => follower.isReady());
    // A slow reader goes on by itself, and finds its place later.
    await within(pace.tailMilliseconds, Promise.all(ready.map((follower) => follower.take(after))), null);
    cursor = parseCursor(lines.at(-1)?.cursor ?? '') ?? cursor;
    if (lines.length < BATCH) caughtUpAt = Date.now();
    return lines.length === BATCH || ready.some((follower) => follower.isReady() && follower.isBehind());
  }

  const lag = () => Date.now() - caughtUpAt;

  return {
    read(name, handle) {
      const follower = createFollower(name, handle, { from: cursor, log, pace });
      followers.push(follower);
      return () => formatCursor(follower.cursor());
    },
    cursor: () => formatCursor(cursor),
    lagMilliseconds: lag,
    readers: () => followers.map((follower) => follower.state()),
    close: async () => {
      endListening();
      await loop.close();
      await within(STOP_MILLISECONDS, Promise.all(followers.map((follower) => follower.ended())), null);
    },
  };
}
