import { defineEntity, p } from '@mikro-orm/core';

/** What a person says is wrong with a text. */
export const Flag = defineEntity({
  name: 'Flag',
  tableName: 'flag',
  properties: {
    textId: p.uuid().primary(),
    personId: p.uuid().primary(),
    reason: p.enum(['spam', 'offensive', 'illegal', 'personal-data', 'off-topic', 'wrong-translation', 'elsewhere']),
    /** Of the translation that is wrong. */
    language: p.text().nullable(),
    note: p.text().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    settledAt: p.datetime().nullable(),
    settledBy: p.uuid().nullable(),
  },
});
