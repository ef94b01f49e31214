import { defineEntity, p } from '@mikro-orm/core';

/** That a person comes to an event, or waits for a seat. */
export const Registration = defineEntity({
  name: 'Registration',
  tableName: 'registration',
  properties: {
    eventId: p.uuid().primary(),
    personId: p.uuid().primary(),
    state: p.enum(['registered', 'waiting']),
    /** The order in which they came. */
    position: p.bigint('number').autoincrement(),
    /** Since when they have the seat, or wait for one. */
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
