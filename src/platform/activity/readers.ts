import { sql } from 'kysely';
import type { Logger } from 'pino';

import { row, rows, type Database, type Em } from '../db/database.ts';
import { transaction } from '../db/guard.ts';
import type { Pace } from '../pace.ts';
import { startLoop } from '../pauses.ts';
import { parseCursor, readAfter, type Cursor, type Line } from './activity.ts';
import { createSetbacks } from './setbacks.ts';
import type { Tail } from './tail.ts';

/** A transaction over more lines would be open for too long. */
const BATCH = 500;
const BEGINNING: Cursor = { generation: '0', xid: '0', id: '0' };

/**
 * A reader of the activity that goes on where it was, whatever happens to its process: of all processes one at a time has it.
 * Each has its own transaction, failures and pauses, and can stop nobody but itself.
 */
export interface ActivityReader {
  /** In logs and metrics, and of its row in `activity_cursor`. */
  name: string;
  /** It looks for new lines no sooner than this after the last ones, unless it has fallen behind; at once where it is left out. */
  every?(pace: Pace): number;
  /**
   * Does what follows from the lines, through `em` alone, in the transaction that keeps the cursor: both are stored, or none.
   * Put everything that leaves the house into a job. After a failure the same lines come again, at first half as many.
   */
  handle(em: Em, lines: readonly Line[]): Promise<void>;
}

interface RunningReader {
  name: string;
  /** Failures since the start of this process. */
  errors(): number;
  /** Looks at once: there are new lines. */
  wake(): void;
  close(): Promise<void>;
}

interface Surroundings {
  database: Database;
  log: Logger;
  pace: Pace;
}

/** Starts all of them: the tail tells when there are new lines, whichever process wrote them. */
export function startReaders(
  readers: readonly ActivityReader[],
  { tail, ...surroundings }: Surroundings & { tail: Tail },
): { errorsOf(name: string): number; close(): Promise<void> } {
  const running = readers.map((reader) => startReader(reader, surroundings));
  tail.read('readers', () => {
    for (const reader of running) reader.wake();
  });
  return {
    errorsOf: (name) => running.find((reader) => reader.name === name)?.errors() ?? 0,
    close: async () => {
      await Promise.all(running.map((reader) => reader.close()));
    },
  };
}

/** Starts a reader, from the beginning of the activity where it has never run. */
function startReader(reader: ActivityReader, { database, log, pace }: Surroundings): RunningReader {
  const { name, every = () => 0 } = reader;
  const setbacks = createSetbacks(name, log, pace);
  let size = BATCH;
  const loop = startLoop(async () => {
    try {
      const isMore = (await hasMore(database.em(), name)) && (await turn());
      const least = Math.max(isMore ? 0 : every(pace), setbacks.pause());
      return { least, most: isMore ? least : pace.readerMilliseconds };
    } catch (error) {
      log.error({ error, reader: name }, 'the activity could not be read');
      return { most: pace.retryMilliseconds };
    }
  });

  /** Returns whether there is more to handle at once. */
  async function turn(): Promise<boolean> {
    try {
      const deadline = { milliseconds: pace.readerDeadlineMilliseconds };
      const count = await transaction(database.em(), (em) => handleNext(em, reader, size), deadline);
      const isFull = count === size;
      if (count > 0) size = BATCH;
      setbacks.went();
      return isFull;
    } catch (error) {
      size = Math.max(1, Math.floor(size / 2));
      setbacks.failed(error);
      return true;
    }
  }

  return { name, errors: setbacks.total, wake: loop.wake, close: loop.close };
}

/** Read without a lock and without a number of a transaction: that is what an idle reader costs. */
async function hasMore(em: Em, name: string): Promise<boolean> {
  const cursor = await row(
    em,
    sql<Cursor>`select generation::text, xid::text, id::text from activity_cursor where reader = ${name}`,
  );
  return (await readAfter(em, cursor ?? BEGINNING, 1)).length > 0;
}

/** Returns how many lines were handled: none while another process has the reader. */
async function handleNext(em: Em, { name, handle }: ActivityReader, size: number): Promise<number> {
  const cursor = await takeCursor(em, name);
  if (!cursor) return 0;
  const lines = await readAfter(em, cursor, size);
  const last = parseCursor(lines.at(-1)?.cursor ?? '');
  if (!last) return 0;
  await handle(em, lines);
  await rows(
    em,
    sql`update activity_cursor set generation = ${last.generation}::bigint, xid = ${last.xid}::xid8, id = ${last.id}::bigint
        where reader = ${name}`,
  );
  return lines.length;
}

/** Null while another process has it. */
async function takeCursor(em: Em, name: string): Promise<Cursor | null> {
  await rows(
    em,
    sql`insert into activity_cursor (reader, generation, xid, id) values (${name}, 0, '0', 0) on conflict do nothing`,
  );
  return row(
    em,
    sql<Cursor>`select generation::text, xid::text, id::text from activity_cursor where reader = ${name} for update skip locked`,
  );
}
