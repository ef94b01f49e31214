import { defineEntity, p } from '@mikro-orm/core';

/** What one subject has to do with another. */
export const Link = defineEntity({
  name: 'Link',
  tableName: 'link',
  properties: {
    fromId: p.uuid().primary(),
    toId: p.uuid().primary(),
    type: p.enum(['discussed', 'born']).primary(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
