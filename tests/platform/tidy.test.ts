import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { entitiesOf, features } from '../../src/features.ts';
import { fromPglite, row, rows, type Database } from '../../src/platform/db/database.ts';
import { tidy } from '../../src/platform/db/tidy.ts';
import { borrowEmbedded, type Borrowed } from '../support/embedded.ts';

let borrowed: Borrowed;
let database: Database;

beforeAll(async () => {
  borrowed = await borrowEmbedded();
  database = await fromPglite(borrowed.client, entitiesOf(features));
});
afterAll(async () => {
  await database.close();
  await borrowed.giveBack();
});

/** As counters do: every row changes, again and again. */
async function aBusyDay(): Promise<void> {
  for (let hour = 0; hour < 12; hour++) await rows(database.em(), sql`update rate set count = count + 1`);
}

const counters = () =>
  row<{ bytes: number; known: number }>(
    database.em(),
    sql`select pg_table_size('rate') as bytes, reltuples as known from pg_class where relname = 'rate'`,
  );

test('an embedded database that is changed all day takes no more room than after its first day, and knows how full it is', async () => {
  await rows(
    database.em(),
    sql`insert into rate (bucket, window_start, count) select 'visitor ' || each, now(), 1 from generate_series(1, 200) each`,
  );
  await aBusyDay();
  await tidy(database);
  const first = await counters();
  for (let day = 0; day < 3; day++) {
    await aBusyDay();
    await tidy(database);
  }
  const last = await counters();
  expect(last?.known).toBe(200);
  expect(last?.bytes).toBeLessThanOrEqual((first?.bytes ?? 0) * 1.1);
});
