import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';

import { entities } from '../../src/entities.ts';
import { QUEUES } from '../../src/app.ts';
import { fromPglite, openDatabase, type Database } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { loadWords } from '../../src/platform/i18n.ts';
import { startJobs } from '../../src/platform/jobs.ts';
import { createThemes } from '../../src/spaces/spaces.ts';
import { createDatabase, serverUrl } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A file with the embedded database; '' on PostgreSQL. */
    snapshot: string;
    /** The name of the database on the server; '' without one. */
    template: string;
  }
}

/** One migrated database with the themes, made once: each test file opens a copy of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  return serverUrl ? provideTemplate(project, serverUrl) : provideSnapshot(project);
}

async function provideTemplate(project: TestProject, server: string): Promise<() => Promise<void>> {
  const { name, url, drop } = await createDatabase(server, { prefix: 'template' });
  await fill(await openDatabase({ databaseUrl: url, dataDir: '' }, entities));
  project.provide('template', name);
  project.provide('snapshot', '');
  return drop;
}

async function provideSnapshot(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'polyphony-tests-'));
  const file = join(folder, 'snapshot.tar');
  const client = await PGlite.create({ extensions: { unaccent, pg_trgm } });
  await fill(await fromPglite(client, entities), async () => {
    await writeFile(file, Buffer.from(await (await client.dumpDataDir('none')).arrayBuffer()));
  });
  project.provide('snapshot', file);
  project.provide('template', '');
  return () => rm(folder, { recursive: true, force: true });
}

async function fill(database: Database, keep = async () => {}): Promise<void> {
  await migrate(database);
  await createThemes(database.em(), (await loadWords()).languages);
  const jobs = await startJobs(database, pino({ level: 'silent' }), { queues: QUEUES, works: false });
  await jobs.close();
  await keep();
  await database.close();
}
