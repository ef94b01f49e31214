import { createHmac } from 'node:crypto';

import { sql } from 'kysely';

import type { Em } from '../db/database.ts';
import { secondsAgo } from '../db/moments.ts';
import { tables } from '../db/tables.ts';
import { householdOf } from './address.ts';
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
  for (const limit of limits) {
    const { count, left } = await countUse(em, limit);
    if (count <= limit.max) continue;
    const wait = waitOf(left);
    throw new HttpError(429, wait.key, { params: { count: wait.count }, headers: { 'Retry-After': String(left) } });
  }
}

const MINUTE = 60;
/** Nobody counts 3,446 seconds. */
const SECONDS_IN_WORDS = 2 * MINUTE;

function waitOf(seconds: number): { key: 'errors:tooMany' | 'errors:tooManyMinutes'; count: number } {
  return seconds <= SECONDS_IN_WORDS
    ? { key: 'errors:tooMany', count: seconds }
    : { key: 'errors:tooManyMinutes', count: Math.ceil(seconds / MINUTE) };
}

/** How many of so many uses the limits still allow; those are counted, and nothing is refused. */
export async function spendSome(em: Em, limits: readonly Limit[], uses: number): Promise<number> {
  let allowed = uses;
  for (const limit of limits) {
    if (allowed <= 0) return 0;
    const { count } = await countUse(em, limit, allowed);
    allowed = Math.max(0, Math.min(allowed, limit.max - (count - allowed)));
  }
  return allowed;
}

/** Counts more uses, and tells how many there were in this window and how many seconds are left of it. Nothing is refused. */
export function countUse(
  em: Em,
  { bucket, seconds }: Omit<Limit, 'max'>,
  uses = 1,
): Promise<{ count: number; left: number }> {
  return tables(em, Rate)
    .insertInto('rate')
    .values({
      bucket: `${bucket}/${seconds}`,
      windowStart: sql<Date>`to_timestamp(floor(extract(epoch from now()) / ${seconds}::int) * ${seconds}::int)`,
      count: uses,
    })
    .onConflict((conflict) =>
      conflict.columns(['bucket', 'windowStart']).doUpdateSet({ count: sql`rate.count + ${uses}::int` }),
    )
    .returning([
      'count',
      sql<number>`ceil(extract(epoch from window_start) + ${seconds}::int - extract(epoch from now()))::int`.as('left'),
    ])
    .executeTakeFirstOrThrow();
}

/** Longer than any window. */
const KEPT_SECONDS = 7_200;

/** Windows that have ended count nothing any more. */
export async function forgetOldWindows(em: Em): Promise<void> {
  await tables(em, Rate).deleteFrom('rate').where('windowStart', '<', secondsAgo(KEPT_SECONDS)).execute();
}

/** An address or a mail in a bucket's name, so that neither is stored. IPv6 counts by /48: one household has many addresses. */
export function disguise(value: string, secret: string): string {
  return createHmac('sha256', secret).update(householdOf(value)).digest('base64url').slice(0, 22);
}
