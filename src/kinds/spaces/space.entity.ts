import { defineEntity, p } from '@mikro-orm/core';

/** A theme under which ideas stand. Title and description are its subject's text and people's translations of it. */
export const Space = defineEntity({
  name: 'Space',
  tableName: 'space',
  properties: {
    subjectId: p.uuid().primary(),
    slug: p.text(),
    position: p.integer(),
    /** Its texts may be sent to engines on other people's machines. */
    externalEngines: p.boolean().default(true),
  },
});
