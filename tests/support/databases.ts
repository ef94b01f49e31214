import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { Client } from 'pg';
import { inject } from 'vitest';

import { entities } from '../../src/entities.ts';
import { fromPglite, openDatabase, type Database } from '../../src/platform/db/database.ts';
import { migrate, renewGeneration } from '../../src/platform/db/migrate.ts';
import { loadWords } from '../../src/platform/i18n.ts';
import { createThemes } from '../../src/spaces/spaces.ts';

/** A PostgreSQL server for the tests, or undefined: then they run on the embedded database. */
export const serverUrl = process.env['TEST_DATABASE_URL'];

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
    loadDataDir: new Blob([readFileSync(inject('snapshot'))]),
    extensions: { unaccent, pg_trgm },
  });
  const database = await fromPglite(client, entities);
  await renewGeneration(database.em(), { always: true });
  return { database, url: null, drop: async () => {} };
}

async function freshPostgres(server: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  const url = urlOf(server, name);
  const database = await openDatabase({ databaseUrl: url, dataDir: '' }, entities);
  await migrate(database);
  await createThemes(database.em(), (await loadWords()).languages);
  return { database, url, drop: () => onServer(server, `drop database if exists ${name} with (force)`) };
}

/** One statement on the server's own database. */
export async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
