import { defineEntity, p } from '@mikro-orm/core';

/** Words of the site itself that a person says are wrong, and what they should be. */
export const WordingReport = defineEntity({
  name: 'WordingReport',
  tableName: 'wording_report',
  properties: {
    /** Made with the form: the same form sent twice is one report. */
    id: p.uuid().primary(),
    personId: p.uuid(),
    /** Of the words. */
    language: p.text(),
    /** Where they stand: an address below ours; null where nobody said. */
    page: p.text().nullable(),
    words: p.text(),
    better: p.text(),
    remark: p.text().nullable(),
    createdAt: p.datetime().defaultRaw('now()'),
    settledAt: p.datetime().nullable(),
    settledBy: p.uuid().nullable(),
  },
});
