import { defineEntity, p } from '@mikro-orm/core';

/** What an idea has beyond its subject and its text. */
export const Idea = defineEntity({
  name: 'Idea',
  tableName: 'idea',
  properties: {
    subjectId: p.uuid().primary(),
    /** Where it matters: a town, a region. */
    place: p.text().nullable(),
  },
});

/** An idea that went from one theme to another. */
export const IdeaMove = defineEntity({
  name: 'IdeaMove',
  tableName: 'idea_move',
  properties: {
    id: p.uuid().primary(),
    subjectId: p.uuid(),
    fromId: p.uuid(),
    toId: p.uuid(),
    movedBy: p.uuid().nullable(),
    movedAt: p.datetime().defaultRaw('now()'),
  },
});

/** The words of an idea and of each of its translations, as searches compare them. */
export const IdeaWords = defineEntity({
  name: 'IdeaWords',
  tableName: 'idea_words',
  properties: {
    subjectId: p.uuid().primary(),
    part: p.integer().primary(),
    words: p.text(),
  },
});
