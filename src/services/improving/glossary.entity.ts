import { defineEntity, p } from '@mikro-orm/core';

/** A word that is translated one way, everywhere or in one space. */
export const GlossaryTerm = defineEntity({
  name: 'GlossaryTerm',
  tableName: 'glossary_term',
  properties: {
    id: p.uuid().primary(),
    spaceId: p.uuid().nullable(),
    sourceLanguage: p.text(),
    targetLanguage: p.text(),
    source: p.text(),
    target: p.text(),
    authorId: p.uuid().nullable(),
    createdAt: p.datetime(),
  },
});
