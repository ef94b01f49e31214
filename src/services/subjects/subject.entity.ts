import { defineEntity, p } from '@mikro-orm/core';

/** Everything people act on. Ideas, spaces, decisions share its key and hold only what is theirs. */
export const Subject = defineEntity({
  name: 'Subject',
  tableName: 'subject',
  properties: {
    id: p.uuid().primary(),
    kind: p.text(),
    spaceId: p.uuid().nullable(),
    authorId: p.uuid().nullable(),
    parentId: p.uuid().nullable(),
    rootId: p.uuid(),
    textId: p.uuid().nullable(),
    /** How often its author has said it, words and all else. */
    revision: p.integer().default(1),
    /** `staff`: a copy of what everybody may read, for those who judge it. */
    visibility: p.enum(['public', 'space', 'author', 'staff']).default('public'),
    publishedAt: p.datetime(),
    editedAt: p.datetime().nullable(),
    withdrawnAt: p.datetime().nullable(),
    hiddenAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
    originHost: p.text().nullable(),
    source: p.text().nullable(),
    uri: p.text().nullable(),
  },
});

/** A number of a subject, as the activity's reader counted it last. */
export const SubjectCount = defineEntity({
  name: 'SubjectCount',
  tableName: 'subject_count',
  properties: {
    subjectId: p.uuid().primary(),
    name: p.text().primary(),
    value: p.integer(),
  },
});
