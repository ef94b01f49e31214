import { strict as assert } from 'node:assert';

import { sql, type RawBuilder } from 'kysely';

import { row, type Em } from './database.ts';

// The database has the one clock that all processes share.

export const now: RawBuilder<Date> = sql`now()`;

export const inSeconds = (seconds: number): RawBuilder<Date> => sql`now() + make_interval(secs => ${seconds})`;

export const secondsAgo = (seconds: number): RawBuilder<Date> => sql`now() - make_interval(secs => ${seconds})`;

/** What that clock shows, for rules that compare moments outside of a statement. */
export async function databaseTime(em: Em): Promise<Date> {
  const found = await row(em, sql<{ now: Date }>`select now() as now`);
  assert(found);
  return found.now;
}
