import { defineEntity, p } from '@mikro-orm/core';

/** What somebody did to a human translation; numbers count per subject and language. */
export const TranslationRevision = defineEntity({
  name: 'TranslationRevision',
  tableName: 'translation_revision',
  properties: {
    id: p.uuid().primary(),
    subjectId: p.uuid(),
    /** The version of the original it is a translation of. */
    textId: p.uuid(),
    language: p.text(),
    number: p.integer(),
    act: p.enum(['improved', 'rolled-back', 'removed']),
    title: p.text().nullable(),
    body: p.text().nullable(),
    authorId: p.uuid().nullable(),
    writtenAt: p.datetime(),
    /** When a moderator saw it and left it as it is. */
    lookedAt: p.datetime().nullable(),
    lookedBy: p.uuid().nullable(),
  },
});
