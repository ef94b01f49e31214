import { defineEntity, p } from '@mikro-orm/core';

/** How often something was done in one window of time. */
export const Rate = defineEntity({
  name: 'Rate',
  tableName: 'rate',
  properties: {
    bucket: p.text().primary(),
    windowStart: p.datetime().primary(),
    count: p.integer(),
  },
});
