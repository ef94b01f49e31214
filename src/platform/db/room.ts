import { sql } from 'kysely';

import { rows, type Em } from './database.ts';
import { transaction } from './guard.ts';

/** The server takes room on its disk for it. */
const LITTLE_KILOBYTES = 250;

/** Why the database takes nothing; null when it does. Writes a little where it leaves no trace: a server says of its disk only that it is full. */
export async function whyFull(em: Em, kilobytes = LITTLE_KILOBYTES): Promise<Error | null> {
  // Rows of one kilobyte each: longer ones are compressed, which takes thirty times as long as writing them.
  const write = sql`create temporary table tried on commit drop as select repeat(md5(n::text), 31) from generate_series(1, ${sql.lit(kilobytes)}) n`;
  try {
    await transaction(em, (inner) => rows(inner, write));
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error('no answer', { cause: error });
  }
}

/** Out of room, or a disk that fails. Temporary tables may also be forbidden, which says nothing of the disk. */
export const isFull = (error: Error & { code?: string }): boolean => /^(53|58|ENOSPC|EIO)/.test(error.code ?? '');
