import { migrate } from '../platform/db/migrate.ts';
import { withDatabase } from './with-database.ts';

export async function migrateCommand(): Promise<number> {
  const done = await withDatabase((database) => migrate(database));
  console.log(done.length === 0 ? 'The tables are up to date.' : `Done: ${done.join(', ')}`);
  return 0;
}
