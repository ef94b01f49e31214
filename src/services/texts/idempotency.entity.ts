import { defineEntity, p } from '@mikro-orm/core';

/** What came of a contribution that was sent with a key: the same key gives the same answer. */
export const Idempotency = defineEntity({
  name: 'Idempotency',
  tableName: 'idempotency',
  properties: {
    personId: p.uuid().primary(),
    key: p.text().primary(),
    bodyHash: p.text(),
    /** Null until it is stored, in the same transaction. */
    subjectId: p.uuid().nullable(),
    createdAt: p.datetime(),
  },
});
