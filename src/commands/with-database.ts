import { entitiesOf, features } from '../features.ts';
import { openDatabase, type Database } from '../platform/db/database.ts';
import { readSettings, type Settings } from '../platform/settings.ts';

/** Opens the database of the settings for one piece of work. Throws a sentence when a running server has the embedded one. */
export async function withDatabase<T>(work: (database: Database, settings: Settings) => Promise<T>): Promise<T> {
  const settings = readSettings(process.env);
  const database = await openDatabase(settings, entitiesOf(features));
  try {
    return await work(database, settings);
  } finally {
    await database.close();
  }
}
