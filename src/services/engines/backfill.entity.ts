import { defineEntity, p } from '@mikro-orm/core';

/** An order to translate everything there is, of one space or all, into one language or all. */
export const Backfill = defineEntity({
  name: 'Backfill',
  tableName: 'backfill',
  properties: {
    id: p.uuid().primary(),
    spaceId: p.uuid().nullable(),
    language: p.text().nullable(),
    total: p.integer().default(0),
    characters: p.bigint('number').default(0),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime(),
    /** The last text that was looked at. */
    afterText: p.uuid().nullable(),
    filledAt: p.datetime().nullable(),
    stoppedAt: p.datetime().nullable(),
  },
});
