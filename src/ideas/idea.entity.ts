import { defineEntity, p } from '@mikro-orm/core';

/** What an idea has beyond its subject and its text: nothing yet. */
export const Idea = defineEntity({
  name: 'Idea',
  tableName: 'idea',
  properties: {
    subjectId: p.uuid().primary(),
  },
});
