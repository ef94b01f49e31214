import { defineEntity, p } from '@mikro-orm/core';

/** What an idea has beyond its subject and its text. */
export const Idea = defineEntity({
  name: 'Idea',
  tableName: 'idea',
  properties: {
    subjectId: p.uuid().primary(),
    /** Where it matters: a town, a region. */
    place: p.text().nullable(),
  },
});
