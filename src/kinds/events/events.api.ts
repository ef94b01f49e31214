import { z } from 'zod';

import { isSpoken } from '#translation/languages.ts';
import { callerOf, endpoint, type Endpoint } from '../../platform/api/api.ts';
import { idOf } from '../../platform/api/requests.ts';
import { contributionApi, listingOf, spaceIdOf } from '../../services/contributions/api.ts';
import { jsonOf } from '../../services/contributions/json.ts';
import type { House } from '../../services/house/house.ts';
import { reasonInput } from '../../services/moderation/moderation.ts';
import { MODES, WHEN } from './event.input.ts';
import { events } from './event.kind.ts';
import { cancelEvent, markOfficial } from './events.ts';
import { findEvent, listEvents } from './events.reads.ts';

/** Events by what narrows them, what every contribution has, and the acts of staff. */
export function eventsApi(house: House): Endpoint[] {
  const of = events(house);
  return [list(house), ...contributionApi(house, of), cancellation(house), ...official()];
}

function list(house: House): Endpoint {
  return listingOf(house, events(house), {
    path: '/events',
    summary: 'Public events: upcoming ones by their beginning, past ones with the latest first',
    query: z.object({
      when: z.enum(WHEN).default('upcoming').meta({ description: 'Of which time' }),
      mode: z.enum(MODES).optional().meta({ description: 'Where people meet' }),
      space: z.string().max(100).optional().meta({ description: 'Short name of a space' }),
      language: z.string().refine(isSpoken, { error: 'language' }).optional().meta({ description: 'Spoken there' }),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, { error: 'country' })
        .optional()
        .meta({ description: 'ISO 3166-1, two letters' }),
    }),
    async list({ em, reader, query: { space, ...filter } }, slice) {
      const spaceId = space === undefined ? undefined : await spaceIdOf(house, space);
      return listEvents(em, { ...filter, spaceId }, slice, reader);
    },
    at: ({ startsAt }) => startsAt,
  });
}

function cancellation(house: House): Endpoint {
  const { languages, jobs } = house;
  const { schema, answer } = jsonOf(house, events(house));
  return endpoint({
    method: 'post',
    path: '/events/{id}/cancellation',
    summary: 'Cancel an event, with the reason that everybody reads',
    body: reasonInput,
    answers: { 200: schema },
    errors: [401, 403, 404, 409, 410],
    handle: async (call) => {
      const person = callerOf(call);
      const { reason } = call.body;
      const { interfaceLanguage } = person;
      await cancelEvent(call.em, { languages, jobs, person }, { id: idOf(call), reason, interfaceLanguage });
      return answer(call, await findEvent(call.em, idOf(call), call.reader));
    },
  });
}

const official = (): Endpoint[] =>
  ([true, false] as const).map((isOfficial) =>
    endpoint({
      method: isOfficial ? 'put' : 'delete',
      path: '/events/{id}/official',
      summary: isOfficial ? 'Mark an event as official; for the secretariat' : 'Take the mark away',
      answers: { 204: null },
      errors: [401, 403, 404, 410],
      handle: async (call) => {
        await markOfficial(call.em, callerOf(call), { id: idOf(call), official: isOfficial });
        return { status: 204 };
      },
    }),
  );
