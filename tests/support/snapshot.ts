import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { pino } from 'pino';

import { entitiesOf, features, queuesOf } from '../../src/features.ts';
import { fromPglite, openDatabase, type Database } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { loadWords } from '../../src/platform/i18n.ts';
import { startJobs } from '../../src/platform/jobs.ts';
import { PACE } from '../../src/platform/pace.ts';
import { createThemes } from '../../src/kinds/spaces/spaces.ts';
import { createDatabase, serverUrl } from './server.ts';

/**
 * One migrated database with the themes, made once: tests open copies of it. And a place where programs that they start
 * find what Node compiled for the one before. The places are told in the environment.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'polyphony-tests-'));
  const template = serverUrl ? await makeTemplate(serverUrl) : null;
  Object.assign(process.env, {
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
    TEST_SNAPSHOT: await makeSnapshot(folder),
    TEST_TEMPLATE: template?.name ?? '',
  });
  return async () => {
    await template?.drop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}

async function makeTemplate(server: string): Promise<{ name: string; drop(): Promise<void> }> {
  const { name, url, drop } = await createDatabase(server, { prefix: 'template' });
  const database = await openDatabase({ databaseUrl: url, dataDir: '' }, entitiesOf(features));
  await fill(database);
  await database.close();
  return { name, drop };
}

async function makeSnapshot(folder: string): Promise<string> {
  const file = join(folder, 'snapshot.tar');
  const client = await PGlite.create({ extensions: { unaccent, pg_trgm } });
  const database = await fromPglite(client, entitiesOf(features));
  await fill(database);
  await writeFile(file, Buffer.from(await (await client.dumpDataDir('none')).arrayBuffer()));
  await database.close();
  return file;
}

async function fill(database: Database): Promise<void> {
  await migrate(database);
  await createThemes(database.em(), (await loadWords()).languages);
  const jobs = await startJobs(database, pino({ level: 'silent' }), {
    queues: queuesOf(features),
    works: false,
    pace: PACE,
  });
  await jobs.close();
}
