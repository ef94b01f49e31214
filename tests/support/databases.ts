import { readFileSync } from 'node:fs';

import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';

import { entitiesOf, features } from '../../src/features.ts';
import { fromPglite, openDatabase, type Database } from '../../src/platform/db/database.ts';
import { renewGeneration } from '../../src/platform/db/migrate.ts';
import { createDatabase, serverUrl } from './server.ts';

export interface TestDatabase {
  database: Database;
  /** Null on the embedded database. */
  url: string | null;
  drop(): Promise<void>;
}

/** A fresh, migrated database with the ten themes, for one test file. */
export async function freshDatabase(): Promise<TestDatabase> {
  return serverUrl ? freshPostgres(serverUrl) : freshEmbedded();
}

async function freshEmbedded(): Promise<TestDatabase> {
  const client = await PGlite.create({
    loadDataDir: new Blob([readFileSync(process.env['TEST_SNAPSHOT'] ?? '')]),
    extensions: { unaccent, pg_trgm },
  });
  const database = await fromPglite(client, entitiesOf(features));
  await renewGeneration(database.em(), { always: true });
  return { database, url: null, drop: async () => {} };
}

async function freshPostgres(server: string): Promise<TestDatabase> {
  const { url, drop } = await createDatabase(server, { prefix: 'test', template: process.env['TEST_TEMPLATE'] ?? '' });
  return { database: await openDatabase({ databaseUrl: url, dataDir: '' }, entitiesOf(features)), url, drop };
}
