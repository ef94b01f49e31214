import { defineEntity, p } from '@mikro-orm/core';

/** What a comment has beyond its subject and its text: what it is about, and the alignment it takes, where alignments are taken. */
export const Comment = defineEntity({
  name: 'Comment',
  tableName: 'comment',
  properties: {
    subjectId: p.uuid().primary(),
    /** The idea, event or report that is discussed; the parent of a reply is the comment it answers. */
    aboutId: p.uuid(),
    alignment: p.enum(['for', 'against', 'neutral']).nullable(),
  },
});
