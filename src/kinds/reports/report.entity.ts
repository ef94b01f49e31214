import { defineEntity, p } from '@mikro-orm/core';

/** What the report of an event has beyond its subject and its text. An event has one. */
export const Report = defineEntity({
  name: 'Report',
  tableName: 'report',
  properties: {
    subjectId: p.uuid().primary(),
    eventId: p.uuid(),
    /** How many came, as the organizer counted them. */
    attendees: p.integer(),
  },
});
