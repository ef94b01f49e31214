import { defineEntity, p } from '@mikro-orm/core';

/** That a person supports a subject. */
export const Endorsement = defineEntity({
  name: 'Endorsement',
  tableName: 'endorsement',
  properties: {
    subjectId: p.uuid().primary(),
    personId: p.uuid().primary(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
