import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';

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
  return createHmac('sha256', secret)
    .update(isIPv6(value) ? householdOf(value) : value)
    .digest('base64url')
    .slice(0, 22);
}

/** The /48 of an IPv6 address, however it is written; an IPv4 address that came as IPv6 is itself: `::ffff:192.0.2.1`. */
function householdOf(address: string): string {
  // URLs write an address in one way, and without an IPv4 address in it.
  const canonical = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const [before = '', after = ''] = canonical.split('::');
  const [first, last] = [before, after].map((half) =>
    half
      .split(':')
      .filter(Boolean)
      .map((group) => parseInt(group, 16)),
  );
  const [head = [], tail = []] = [first, last];
  const groups = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!isMapped) return groups.slice(0, 3).join(':');
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}
