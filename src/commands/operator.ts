import { entitiesOf, features } from '../features.ts';
import { openDatabase } from '../platform/db/database.ts';
import { readSettings } from '../platform/settings.ts';
import type { Operator } from '../services/house/command.ts';

/** An operator with the tables of all features. */
export const operator: Operator = {
  async withDatabase(work) {
    const settings = readSettings(process.env);
    const database = await openDatabase(settings, entitiesOf(features));
    try {
      return await work(database, settings);
    } finally {
      await database.close();
    }
  },
};
