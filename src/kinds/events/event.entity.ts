import { defineEntity, p } from '@mikro-orm/core';

/** What an event has beyond its subject and its text. Moments are instants; the zone tells which clock they were meant on. */
export const Event = defineEntity({
  name: 'Event',
  tableName: 'event',
  properties: {
    subjectId: p.uuid().primary(),
    startsAt: p.datetime(),
    endsAt: p.datetime(),
    timeZone: p.string(),
    mode: p.string(),
    country: p.string().nullable(),
    address: p.string().nullable(),
    latitude: p.double().nullable(),
    longitude: p.double().nullable(),
    url: p.string().nullable(),
    languages: p.array(),
    capacity: p.integer().nullable(),
    official: p.boolean().default(false),
    cancelledAt: p.datetime().nullable(),
  },
});
