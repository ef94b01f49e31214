import { defineEntity, p } from '@mikro-orm/core';

/** How a person wants to see one text, whatever else they have set. */
export const TextChoice = defineEntity({
  name: 'TextChoice',
  tableName: 'text_choice',
  properties: {
    personId: p.uuid().primary(),
    subjectId: p.uuid().primary(),
    view: p.enum(['translation', 'original']),
  },
});
