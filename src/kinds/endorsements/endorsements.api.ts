import type { House } from '../../services/house/house.ts';
import { callerOf, endpoint, type Call, type Endpoint } from '../../platform/api/api.ts';
import { setEndorsement } from './endorsements.ts';

/** Supporting a subject; `/ideas/…` is another name for the same. Asked twice, nothing changes. */
export function endorsementsApi({ kinds }: House): Endpoint[] {
  const set = async (call: Call, supports: boolean) => {
    await setEndorsement(call.em, kinds, callerOf(call), { id: call.params['id'] ?? '', supports });
    return { status: 204 };
  };
  return ['/subjects/{id}/endorsement', '/ideas/{id}/endorsement'].flatMap((path) => [
    endpoint({
      method: 'put',
      path,
      summary: 'Support it',
      answers: { 204: null },
      errors: [401, 404, 410],
      handle: (call) => set(call, true),
    }),
    endpoint({
      method: 'delete',
      path,
      summary: 'Support it no longer',
      answers: { 204: null },
      errors: [401, 404, 410],
      handle: (call) => set(call, false),
    }),
  ]);
}
