import { defineEntity, p } from '@mikro-orm/core';

/** A translation, wished for or made. The row is the queue: nothing else says that one is pending. */
export const Translation = defineEntity({
  name: 'Translation',
  tableName: 'translation',
  properties: {
    textId: p.uuid().primary(),
    language: p.string().primary(),
    human: p.boolean().primary(),
    title: p.text().nullable(),
    body: p.text().nullable(),
    state: p.string(),
    origin: p.string(),
    engine: p.string().nullable(),
    via: p.string().nullable(),
    sourceLanguage: p.string(),
    outdated: p.boolean(),
    priority: p.smallint(),
    tries: p.smallint(),
    failure: p.string().nullable(),
    leaseUntil: p.datetime().nullable(),
    wishedAt: p.datetime(),
    readyAt: p.datetime().nullable(),
  },
});
