import type { Operator } from '../services/house/command.ts';

/**
 * An operator with the database of the settings, loaded when a command asks for it. It knows the tables of the platform alone:
 * commands ask by `tables` and `sql`, which need no entity while they run, and the list of all loads the whole house.
 */
export const operator: Operator = {
  async withDatabase(work) {
    const { platformEntities } = await import('../platform/entities.ts');
    const { openDatabase } = await import('../platform/db/database.ts');
    const { readSettings } = await import('../platform/settings.ts');
    const settings = readSettings(process.env);
    const database = await openDatabase(settings, [...platformEntities]);
    try {
      return await work(database, settings);
    } finally {
      await database.close();
    }
  },
};
