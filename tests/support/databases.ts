import { entitiesOf, features } from '../../src/features.ts';
import { fromPglite, openDatabase, type Database } from '../../src/platform/db/database.ts';
import { renewGeneration } from '../../src/platform/db/migrate.ts';
import { borrowEmbedded } from './embedded.ts';
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
  const { client, giveBack } = await borrowEmbedded();
  const database = await fromPglite(client, entitiesOf(features));
  await renewGeneration(database.em(), { always: true });
  return { database, url: null, drop: giveBack };
}

async function freshPostgres(server: string): Promise<TestDatabase> {
  const { url, drop } = await createDatabase(server, { prefix: 'test', template: process.env['TEST_TEMPLATE'] ?? '' });
  return { database: await openDatabase({ databaseUrl: url, dataDir: '' }, entitiesOf(features)), url, drop };
}
