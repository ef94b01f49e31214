import type { House } from '../house/house.ts';
import { callerOf, endpoint, type Endpoint } from '../../platform/api/api.ts';
import { flagInput, flagText } from './flags.ts';

/** Reporting a text. Asked twice with the same, nothing changes; `lang` says which translation is wrong. */
export function flagsApi({ languages, kinds }: House): Endpoint[] {
  return [
    endpoint({
      method: 'put',
      path: '/texts/{id}/report',
      summary: 'Tell the moderators what is wrong with a text',
      body: flagInput,
      answers: { 204: null },
      errors: [401, 403, 404, 409, 410],
      handle: async (call) => {
        const flagging = { textId: call.params['id'] ?? '', language: call.lang, input: call.body };
        await flagText(call.em, { languages, kinds, person: callerOf(call) }, flagging);
        return { status: 204 };
      },
    }),
  ];
}
