import { createHmac } from 'node:crypto';

import { sql } from 'kysely';

import { row, rows, type Em } from '../db/database.ts';
import { HttpError } from './errors.ts';

export interface Limit {
  /** What is counted, with whom: `post:<person>`. */
  bucket: string;
  max: number;
  seconds: number;
}

/** Counts one more use of each limit. Throws 429 with `Retry-After` when one is used up. Windows are fixed: at worst twice `max` around their edge. */
export async function spend(em: Em, limits: readonly Limit[]): Promise<void> {
  for (const { bucket, max, seconds } of limits) {
    const counted = await row(
      em,
      sql<{ count: number; left: number }>`
        insert into rate (bucket, window_start, count)
        values (${`${bucket}/${seconds}`}, to_timestamp(floor(extract(epoch from now()) / ${seconds}::int) * ${seconds}::int), 1)
        on conflict (bucket, window_start) do update set count = rate.count + 1
        returning count, ceil(extract(epoch from window_start) + ${seconds}::int - extract(epoch from now()))::int as left`,
    );
    if (counted && counted.count > max)
      throw new HttpError(429, 'errors:tooMany', {
        params: { count: counted.left },
        headers: { 'Retry-After': String(counted.left) },
      });
  }
}

/** Windows that have ended count nothing any more. */
export async function forgetOldWindows(em: Em): Promise<void> {
  await rows(em, sql`delete from rate where window_start < now() - interval '2 hours'`);
}

/** An address or a mail in a bucket's name, so that neither is stored. IPv6 counts by /48: one household has many addresses. */
export function disguise(value: string, secret: string): string {
  const short = value.includes(':') ? value.split(':').slice(0, 3).join(':') : value;
  return createHmac('sha256', secret).update(short).digest('base64url').slice(0, 22);
}
