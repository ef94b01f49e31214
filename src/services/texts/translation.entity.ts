import { defineEntity, p } from '@mikro-orm/core';

/** A translation, wished for or made. The row is the queue: nothing else says that one is pending. */
export const Translation = defineEntity({
  name: 'Translation',
  tableName: 'translation',
  properties: {
    textId: p.uuid().primary(),
    language: p.text().primary(),
    human: p.boolean().primary().default(false),
    title: p.text().nullable(),
    body: p.text().nullable(),
    state: p.enum(['queued', 'ready', 'failed', 'suspended']),
    origin: p.enum(['machine', 'human', 'reviewed', 'import', 'remote']),
    engine: p.text().nullable(),
    via: p.text().nullable(),
    sourceLanguage: p.text(),
    outdated: p.boolean().default(false),
    priority: p.smallint().default(0),
    tries: p.smallint().default(0),
    failure: p.text().nullable(),
    leaseUntil: p.datetime().nullable(),
    wishedAt: p.datetime(),
    readyAt: p.datetime().nullable(),
    /** The written form of the language that the engine made, where it has several. */
    variant: p.text().nullable(),
    /** Its words may not leave the operator's machines. */
    localOnly: p.boolean().default(false),
    backfillId: p.uuid().nullable(),
    /** Words of the glossary that the engine did not keep to. */
    missedTerms: p.array().nullable(),
    /** Who wrote it last, where people did. */
    authorId: p.uuid().nullable(),
  },
});
