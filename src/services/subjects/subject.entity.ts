import { defineEntity, p } from '@mikro-orm/core';

/** Everything people act on. Ideas, spaces, decisions share its key and hold only what is theirs. */
export const Subject = defineEntity({
  name: 'Subject',
  tableName: 'subject',
  properties: {
    id: p.uuid().primary(),
    kind: p.string(),
    spaceId: p.uuid().nullable(),
    authorId: p.uuid().nullable(),
    parentId: p.uuid().nullable(),
    rootId: p.uuid(),
    textId: p.uuid().nullable(),
    visibility: p.string(),
    publishedAt: p.datetime(),
    editedAt: p.datetime().nullable(),
    withdrawnAt: p.datetime().nullable(),
    hiddenAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
    originHost: p.string().nullable(),
    source: p.string().nullable(),
    uri: p.string().nullable(),
  },
});
