import { migrate } from '../platform/db/migrate.ts';
import type { Operator } from '../services/house/command.ts';

/** Only what has not run yet. */
export async function bringUpToDate(_words: readonly string[], { withDatabase }: Operator): Promise<number> {
  const done = await withDatabase((database) => migrate(database));
  console.log(done.length === 0 ? 'The tables are up to date.' : `Done: ${done.join(', ')}`);
  return 0;
}
