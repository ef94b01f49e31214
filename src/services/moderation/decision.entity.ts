import { defineEntity, p } from '@mikro-orm/core';

/** Why staff did something: a subject under the one it decides, so its words are translated like any others. */
export const Decision = defineEntity({
  name: 'Decision',
  tableName: 'decision',
  properties: {
    subjectId: p.uuid().primary(),
    type: p.enum(['hidden', 'restored', 'cancelled', 'message']),
  },
});
