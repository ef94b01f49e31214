import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { entitiesOf, features } from '../../src/features.ts';
import { openDatabase } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { databaseHome, setUp, type Home } from '../support/homes.ts';
import { serverUrl } from '../support/server.ts';

if (!serverUrl) console.warn('Without TEST_DATABASE_URL the tests of migrations beside readers are skipped.');

describe.skipIf(!serverUrl)('F100: a migration beside a long read', () => {
  let home: Home;
  let url: string;
  let reader: Client;
  let other: Client;

  beforeAll(async () => {
    home = await databaseHome();
    url = home.environment['DATABASE_URL'] ?? '';
    await setUp(home, []);
    [reader, other] = [new Client({ connectionString: url }), new Client({ connectionString: url })];
    await Promise.all([reader.connect(), other.connect()]);
    // As if the last migration, which changes a table that everybody reads, had not run yet.
    await reader.query(`delete from mikro_orm_migrations where name like '%_last_visit%'`);
    await reader.query('alter table session drop column seen_at');
  });
  afterAll(async () => {
    await Promise.all([reader?.end(), other?.end()]);
    await home?.remove();
  });

  async function tryToMigrate(patience?: number): Promise<string[] | string> {
    const database = await openDatabase({ databaseUrl: url, dataDir: '' }, entitiesOf(features));
    try {
      return await migrate(database, patience);
    } catch (error) {
      return error instanceof Error ? error.message : 'no error';
    } finally {
      await database.close();
    }
  }

  /** The longest that somebody who reads the table waits meanwhile, in milliseconds. */
  async function readMeanwhile(work: Promise<unknown>): Promise<number> {
    let isOver = false;
    void work.finally(() => (isOver = true));
    let longest = 0;
    while (!isOver) {
      const before = Date.now();
      await other.query('select count(*) from session');
      longest = Math.max(longest, Date.now() - before);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return longest;
  }

  test('others read on; when the long read does not end, a sentence says who it is, and nothing was changed', async () => {
    await reader.query('begin; select count(*) from session');
    const trying = tryToMigrate(5_000);
    expect(await readMeanwhile(trying)).toBeLessThan(3_500);
    const pid = (await reader.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
    expect(await trying).toMatch(/^The tables could not be changed, .+ nothing was changed\. .+\.$/);
    expect(await trying).toContain(`process ${pid}, is open for`);
  });

  test('when it ends, the migration goes on by itself', async () => {
    const trying = tryToMigrate();
    setTimeout(() => void reader.query('commit'), 3_000);
    await readMeanwhile(trying);
    expect(await trying).toEqual([expect.stringContaining('last_visit')]);
  });
});
