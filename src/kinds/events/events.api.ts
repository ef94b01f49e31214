import { z } from 'zod';

import type { House } from '../../services/house/house.ts';
import { callerOf, endpoint, type Call, type Endpoint } from '../../platform/api/api.ts';
import { listCursor } from '../../platform/api/cursors.ts';
import { idOf, keyOf, matchedVersion, afterOf } from '../../platform/api/requests.ts';
import { parse } from '../../platform/input.ts';
import { reasonInput } from '../../services/moderation/moderation.ts';
import { findSpace } from '../spaces/spaces.reads.ts';
import { eventFields, eventInput, MODES, WHEN } from './event.input.ts';
import { eventJson as ownJson, showJson } from './event.json.ts';
import { announceEvent, cancelEvent, editEvent, markOfficial } from './events.ts';
import { findEvent, listEvents, type ShownEvent } from './events.reads.ts';
import { register, unregister } from './registrations.ts';

const listInput = z.object({
  when: z.enum(WHEN).default('upcoming'),
  mode: z.enum(MODES).optional(),
  space: z.string().max(100).optional(),
  language: z.string().max(10).optional(),
  country: z.string().max(2).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
});

const registrationJson = z.object({ state: z.enum(['registered', 'waiting']), place: z.int().optional() });

const idempotencyKey = { name: 'Idempotency-Key', description: 'The same key gives the same event for 24 hours' };
const ifMatch = { name: 'If-Match', description: 'The version you are changing, as "3"' };

export function eventsApi(house: House): Endpoint[] {
  const { languages, kinds } = house;
  const { jobs } = house;
  const eventJson = ownJson.extend(kinds.fieldSchemas('event'));

  async function show(call: Call, events: readonly ShownEvent[]) {
    const fields = await kinds.readFields('event', call, events);
    return events.map((event, index) => ({ ...showJson(event, call.lang, house), ...fields[index] }));
  }

  async function eventAnswer(call: Call, id: string, status = 200) {
    const event = await findEvent(call.em, id, call.reader);
    const [body] = await show(call, [event]);
    return { status, body, headers: { ETag: `"${event.text.version}.${event.state}.${call.lang}"` } };
  }

  return [
    endpoint({
      method: 'get',
      path: '/events',
      summary: 'Public events: upcoming ones by their beginning, past ones with the latest first',
      query: listInput,
      answers: { 200: z.object({ items: z.array(eventJson), next: z.string().nullable() }) },
      errors: [404],
      handle: async (call) => {
        const { limit, cursor, space, ...filter } = call.query;
        const spaceId = space === undefined ? undefined : (await findSpace(call.em, space, call.reader)).id;
        const slice = { limit: limit + 1, after: afterOf(cursor) };
        const events = await listEvents(call.em, { ...filter, spaceId }, slice, call.reader);
        const items = events.slice(0, limit);
        const last = items.at(-1);
        const next = events.length > limit && last ? listCursor(last.startsAt, last.id) : null;
        return { status: 200, body: { items: await show(call, items), next } };
      },
    }),
    endpoint({
      method: 'post',
      path: '/spaces/{slug}/events',
      summary: 'Announce an event, or record one that was held; for organizers',
      body: eventInput,
      headers: [idempotencyKey],
      answers: { 201: eventJson },
      errors: [401, 403, 404, 409, 429],
      handle: async (call) => {
        const person = callerOf(call);
        const space = await findSpace(call.em, call.params['slug'] ?? '', call.reader);
        const announcement = {
          space,
          input: call.body,
          interfaceLanguage: person.interfaceLanguage,
          key: keyOf(call),
        };
        const id = await announceEvent(call.em, { languages, jobs, person }, announcement);
        return eventAnswer(call, id, 201);
      },
    }),
    endpoint({
      method: 'get',
      path: '/events/{id}',
      summary: 'One event',
      answers: { 200: eventJson },
      errors: [404, 410],
      handle: (call) => eventAnswer(call, idOf(call)),
    }),
    endpoint({
      method: 'patch',
      path: '/events/{id}',
      summary: 'Change an event: the words become its next version',
      body: eventFields.partial(),
      headers: [ifMatch],
      answers: { 200: eventJson },
      errors: [401, 403, 404, 409, 410, 412, 428, 429],
      handle: async (call) => {
        const person = callerOf(call);
        const version = matchedVersion(call);
        const event = await findEvent(call.em, idOf(call), call.reader);
        const input = parse(eventInput, { ...givenOf(event), ...bodyOf(call) });
        await editEvent(
          call.em,
          { languages, jobs, person },
          { id: event.id, version, input, interfaceLanguage: person.interfaceLanguage },
        );
        return eventAnswer(call, event.id);
      },
    }),
    endpoint({
      method: 'post',
      path: '/events/{id}/cancellation',
      summary: 'Cancel an event, with the reason that everybody reads',
      body: reasonInput,
      answers: { 200: eventJson },
      errors: [401, 403, 404, 409, 410],
      handle: async (call) => {
        const person = callerOf(call);
        const { reason } = call.body;
        const { interfaceLanguage } = person;
        await cancelEvent(call.em, { languages, jobs, person }, { id: idOf(call), reason, interfaceLanguage });
        return eventAnswer(call, idOf(call));
      },
    }),
    ...([true, false] as const).map((official) =>
      endpoint({
        method: official ? 'put' : 'delete',
        path: '/events/{id}/official',
        summary: official ? 'Mark an event as official; for the secretariat' : 'Take the mark away',
        answers: { 204: null },
        errors: [401, 403, 404, 410],
        handle: async (call) => {
          await markOfficial(call.em, callerOf(call), { id: idOf(call), official });
          return { status: 204 };
        },
      }),
    ),
    endpoint({
      method: 'put',
      path: '/events/{id}/registration',
      summary: 'Take a seat, or a place in the waiting list',
      answers: { 200: registrationJson },
      errors: [401, 404, 409, 410, 429],
      handle: async (call) => {
        const body = await register(call.em, callerOf(call), idOf(call));
        return { status: 200, body };
      },
    }),
    endpoint({
      method: 'delete',
      path: '/events/{id}/registration',
      summary: 'Give a seat or a place back',
      answers: { 204: null },
      errors: [401, 404, 409, 410],
      handle: async (call) => {
        await unregister(call.em, jobs, callerOf(call), idOf(call));
        return { status: 204 };
      },
    }),
  ];
}

const bodyOf = ({ ctx }: Call): object => {
  const body: unknown = ctx.request.body;
  return typeof body === 'object' && body !== null ? body : {};
};

/** An event as its organizer gave it: fields that are not named in a change stay as they were. */
function givenOf({ text, startsAt, endsAt, ...details }: ShownEvent) {
  return {
    ...details,
    title: text.title ?? '',
    body: text.body,
    language: text.decidedBy === 'author' ? text.language : null,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
  };
}
