import { defineEntity, p } from '@mikro-orm/core';

/** One version of what a person wrote. Its content never changes; it can only be erased. */
export const Text = defineEntity({
  name: 'Text',
  tableName: 'text',
  properties: {
    id: p.uuid().primary(),
    subjectId: p.uuid(),
    version: p.integer(),
    title: p.text().nullable(),
    body: p.text().nullable(),
    language: p.text(),
    decidedBy: p.enum(['detector', 'author', 'moderator', 'import', 'remote', 'pending']),
    detectedLanguage: p.text().nullable(),
    detectedConfidence: p.float().nullable(),
    hash: p.text().nullable(),
    writtenAt: p.datetime(),
    erasedAt: p.datetime().nullable(),
  },
});

/** A language that was corrected, by whom and from what: the detected one stays beside it in the text. */
export const TextCorrection = defineEntity({
  name: 'TextCorrection',
  tableName: 'text_correction',
  properties: {
    id: p.uuid().primary(),
    textId: p.uuid(),
    before: p.text(),
    after: p.text(),
    personId: p.uuid().nullable(),
    correctedAt: p.datetime(),
  },
});
