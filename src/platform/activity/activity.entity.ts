import { defineEntity, p } from '@mikro-orm/core';

/** One line an act, in its transaction: ids and types only. In the order of (generation, xid, id). */
export const Activity = defineEntity({
  name: 'Activity',
  tableName: 'activity',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    generation: p.bigint('number'),
    xid: p.text().columnType('xid8').defaultRaw('pg_current_xact_id()'),
    type: p.text(),
    kind: p.text(),
    subjectId: p.uuid(),
    rootId: p.uuid(),
    spaceId: p.uuid().nullable(),
    actorId: p.uuid().nullable(),
    textId: p.uuid().nullable(),
    language: p.text().nullable(),
    at: p.datetime().defaultRaw('now()'),
  },
});

/** How far a reader of the activity has come. */
export const ActivityCursor = defineEntity({
  name: 'ActivityCursor',
  tableName: 'activity_cursor',
  properties: {
    reader: p.text().primary(),
    generation: p.bigint('number'),
    xid: p.text().columnType('xid8'),
    id: p.bigint('number'),
  },
});
