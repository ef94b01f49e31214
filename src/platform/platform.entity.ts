import { defineEntity, p } from '@mikro-orm/core';

/** The one row that says which life of the data this is: cursors of the activity are good for one generation. */
export const Platform = defineEntity({
  name: 'Platform',
  tableName: 'platform',
  properties: {
    id: p.smallint().primary().default(1),
    /** Unix seconds. */
    generation: p.bigint('number'),
    systemIdentifier: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
