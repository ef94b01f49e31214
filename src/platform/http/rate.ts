import { createHmac } from 'node:crypto';

import { sql } from 'kysely';

import type { Em } from '../db/database.ts';
import { secondsAgo } from '../db/moments.ts';
import { tables } from '../db/tables.ts';
import { HttpError } from './errors.ts';
import { Rate } from './rate.entity.ts';

export interface Limit {
  /** What is counted, with whom: `post:<person>`. */
  bucket: string;
  max: number;
  seconds: number;
}

/** Counts one more use of each limit. Throws 429 with `Retry-After` when one is used up. Windows are fixed: at worst twice `max` around their edge. */
export async function spend(em: Em, limits: readonly Limit[]): Promise<void> {
  for (const { bucket, max, seconds } of limits) {
    const counted = await tables(em, Rate)
      .insertInto('rate')
      .values({
        bucket: `${bucket}/${seconds}`,
        windowStart: sql<Date>`to_timestamp(floor(extract(epoch from now()) / ${seconds}::int) * ${seconds}::int)`,
        count: 1,
      })
      .onConflict((conflict) => conflict.columns(['bucket', 'windowStart']).doUpdateSet({ count: sql`rate.count + 1` }))
      .returning([
        'count',
        sql<number>`ceil(extract(epoch from window_start) + ${seconds}::int - extract(epoch from now()))::int`.as(
          'left',
        ),
      ])
      .executeTakeFirstOrThrow();
    if (counted.count > max)
      throw new HttpError(429, 'errors:tooMany', {
        params: { count: counted.left },
        headers: { 'Retry-After': String(counted.left) },
      });
  }
}

/** Longer than any window. */
const KEPT_SECONDS = 7_200;

/** Windows that have ended count nothing any more. */
export async function forgetOldWindows(em: Em): Promise<void> {
  await tables(em, Rate).deleteFrom('rate').where('windowStart', '<', secondsAgo(KEPT_SECONDS)).execute();
}

/** An address or a mail in a bucket's name, so that neither is stored. IPv6 counts by /48: one household has many addresses. */
export function disguise(value: string, secret: string): string {
  const short = value.includes(':') ? value.split(':').slice(0, 3).join(':') : value;
  return createHmac('sha256', secret).update(short).digest('base64url').slice(0, 22);
}
