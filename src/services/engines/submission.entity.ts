import { defineEntity, p } from '@mikro-orm/core';

/** What was handed to an asynchronous engine. Of the token in the address for its answer only the SHA-256 is kept. */
export const Submission = defineEntity({
  name: 'Submission',
  tableName: 'submission',
  properties: {
    tokenHash: p.text().primary(),
    engine: p.text(),
    sourceLanguage: p.text(),
    targetLanguage: p.text(),
    texts: p.json<{ id: string; text: string }[]>(),
    submittedAt: p.datetime(),
    answeredAt: p.datetime().nullable(),
  },
});
