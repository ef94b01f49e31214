import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { pino } from 'pino';
import type { TestProject } from 'vitest/node';

import { entities } from '../../src/entities.ts';
import { QUEUES } from '../../src/app.ts';
import { fromPglite } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { loadWords } from '../../src/platform/i18n.ts';
import { startJobs } from '../../src/platform/jobs.ts';
import { createThemes } from '../../src/spaces/spaces.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    snapshot: string;
  }
}

/** One migrated embedded database with the themes, made once: each test file opens a copy of it in half a second. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'polyphony-tests-'));
  const file = join(folder, 'snapshot.tar');
  if (!process.env['TEST_DATABASE_URL']) {
    const client = await PGlite.create({ extensions: { unaccent, pg_trgm } });
    const database = await fromPglite(client, entities);
    await migrate(database);
    await createThemes(database.em(), (await loadWords()).languages);
    const jobs = await startJobs(database, pino({ level: 'silent' }), { queues: QUEUES, works: false });
    await jobs.close();
    writeFileSync(file, Buffer.from(await (await client.dumpDataDir('none')).arrayBuffer()));
    await database.close();
  }
  project.provide('snapshot', file);
  return () => rmSync(folder, { recursive: true, force: true });
}
