import { defineEntity, p } from '@mikro-orm/core';

/** What a comment has beyond its subject and its text: the stance it takes, where stances are taken. */
export const Comment = defineEntity({
  name: 'Comment',
  tableName: 'comment',
  properties: {
    subjectId: p.uuid().primary(),
    alignment: p.string().nullable(),
  },
});
