import { sql } from 'kysely';

import { rows } from '../../platform/db/database.ts';
import type { Operator } from '../../services/house/command.ts';
import { rotateKey } from './keys.ts';

/**
 * `federation rotate-keys`: everybody here who has a key signs with a new one, within ten minutes where a server runs. Other servers fetch it when
 * they meet the first signature that the old one does not fit.
 */
export async function federation([verb]: readonly string[], { withDatabase }: Operator): Promise<number> {
  if (verb !== 'rotate-keys') throw new Error('The command is: federation rotate-keys');
  return withDatabase(async (database, settings) => {
    if (settings.federation === 'off') throw new Error('FEDERATION is off: no other server knows a key of this one.');
    const em = database.em();
    const actors = await rows(em, sql<{ actor: string }>`select distinct actor from actor_key order by actor`);
    for (const { actor } of actors) await rotateKey(em, actor, settings.secret);
    console.log(`New keys: ${actors.length}.`);
    return 0;
  });
}
