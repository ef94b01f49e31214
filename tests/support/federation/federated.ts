import type { Em } from '../../../src/platform/db/database.ts';
import { startPolyphony, type TestPlatform } from '../polyphony.ts';

export const FEDERATED = { FEDERATION: 'local', SECRET: 'a secret of thirty-two characters, or more' };

/** A platform that speaks to other servers on this machine. */
export const startFederated = (
  environment: Record<string, string> = {},
  options: Parameters<typeof startPolyphony>[1] = {},
): Promise<TestPlatform> => startPolyphony({ ...FEDERATED, ...environment }, options);

/** Somebody agrees to be known elsewhere. */
export const agree = (em: Em, id: string): Promise<unknown> =>
  em.getConnection().execute('update person set federated = true where id = ?', [id]);

/** What another server reads at an address of ours. */
// oxlint-disable-next-line no-explicit-any -- tests look into it
export async function readObject(address: string): Promise<{ status: number; type: string; body: any }> {
  const answer = await fetch(address, { headers: { Accept: 'application/activity+json' }, redirect: 'manual' });
  const text = await answer.text();
  const type = answer.headers.get('Content-Type') ?? '';
  return {
    status: answer.status,
    type,
    body: type.includes('json') ? JSON.parse(text) : null,
  };
}
