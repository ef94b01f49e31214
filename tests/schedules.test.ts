import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { features } from '../src/features.ts';
import { rows } from '../src/platform/db/database.ts';
import type { Feature } from '../src/services/house/feature.ts';
import { freshDatabase } from './support/databases.ts';
import { keepLog } from './support/log-lines.ts';
import { FAST } from './support/pace.ts';
import { eventually, startPolyphony } from './support/polyphony.ts';

const EVERY_MINUTE = '* * * * *';
const A_MINUTE_MILLISECONDS = 60_000;

/** Each clean-up at once, with one that fails and one that counts its runs. */
function chores(runs: Date[]): readonly Feature[] {
  const hasty = features.map((feature) => ({
    ...feature,
    schedules: (feature.schedules ?? []).map((schedule) => ({ ...schedule, cron: EVERY_MINUTE })),
  }));
  const failing = async () => {
    throw new Error('The broom is broken.');
  };
  const counting = async () => void runs.push(new Date());
  const own = [
    { name: 'broken-broom', cron: EVERY_MINUTE, run: failing },
    { name: 'tally', cron: EVERY_MINUTE, run: counting },
  ];
  return [{ name: 'chores', schedules: own }, ...hasty];
}

test('two processes keep one house: what has expired goes, each chore runs once a platform, and one that fails is named and stops no other', async () => {
  const on = await freshDatabase();
  const em = () => on.database.em();
  await rows(
    em(),
    sql`insert into session (id, data, expires_at) values ('old', '{}', now() - interval '1 day'), ('new', '{}', now() + interval '1 day')`,
  );
  await rows(
    em(),
    sql`insert into rate (bucket, window_start, count) values ('old', now() - interval '1 day', 1), ('new', now(), 1)`,
  );
  await rows(
    em(),
    sql`insert into memory (key, source_language, target_language, engine, text, created_at)
        values ('orphan', 'en', 'fr', 'stub', 'Bonjour', now() - interval '1 day')`,
  );
  const begun = Date.now();
  const runs: Date[] = [];
  const { log, lines } = keepLog();
  const lent = { ...on, database: { ...on.database, close: async () => {} }, drop: async () => {} };
  const first = await startPolyphony({}, { on: lent, log, pace: FAST, features: chores(runs) });
  const second = await startPolyphony({}, { on, log, pace: FAST, features: chores(runs) });
  const ids = (table: string, column: string) =>
    rows(em(), sql<{ id: string }>`select ${sql.ref(column)} as id from ${sql.table(table)} order by 1`);
  await eventually(async () => {
    expect(await ids('session', 'id')).toEqual([{ id: 'new' }]);
    expect(await ids('rate', 'bucket')).toEqual([{ id: 'new' }]);
    expect(await ids('memory', 'key')).toEqual([]);
    expect(runs.length).toBeGreaterThan(0);
    const told = lines.map((line): unknown => JSON.parse(line));
    expect(told).toContainEqual(expect.objectContaining({ schedule: 'broken-broom', msg: 'a schedule failed' }));
  });
  await first.stop();
  await second.stop();
  const minutes = Math.ceil((Date.now() - begun) / A_MINUTE_MILLISECONDS);
  expect(runs.length).toBeLessThanOrEqual(minutes + 1);
});
