import { defineEntity, p } from '@mikro-orm/core';

/** What an event has beyond its subject and its text. Moments are instants; the zone tells which clock they were meant on. */
export const Event = defineEntity({
  name: 'Event',
  tableName: 'event',
  properties: {
    subjectId: p.uuid().primary(),
    startsAt: p.datetime(),
    endsAt: p.datetime(),
    /** Whole days, from one midnight to another on its clocks. */
    allDay: p.boolean().default(false),
    timeZone: p.text(),
    mode: p.enum(['in-person', 'online', 'hybrid']),
    country: p.text().nullable(),
    address: p.text().nullable(),
    latitude: p.double().$type<number>().nullable(),
    longitude: p.double().$type<number>().nullable(),
    url: p.text().nullable(),
    /** Who sees that link. */
    onlineUrlFor: p.enum(['everyone', 'signed-in', 'registered']).default('everyone'),
    languages: p.array().default([]),
    capacity: p.integer().nullable(),
    official: p.boolean().default(false),
    cancelledAt: p.datetime().nullable(),
    /** Where those who come believe it to be, while a change has not been told by mail. */
    believed: p.json<Record<string, unknown>>().nullable(),
    /** When the secretariat asked for its report last. */
    askedAt: p.datetime().nullable(),
    /** When a change was told last. */
    toldAt: p.datetime().nullable(),
  },
});
