import type { Line } from './activity.ts';

/**
 * What a verb tells of its subject. `words`: something people wrote came, changed or went. `number`: somebody acted, and a number follows
 * in a line of its own, once a second. `translation`: words are there in one more language. `page`: something else that its page shows. `staff`: what only moderators
 * know of it, and nobody else is told.
 */
type Tells = 'words' | 'number' | 'translation' | 'page' | 'staff';

/** What can happen, by the name under which the activity tells it. Features declare theirs. `takes`: words that were there are gone. */
export type Verbs = Readonly<Record<string, { tells: Tells; takes?: true }>>;

/** Whether words that were there are gone, so that no page may show them a moment longer. */
export const takes = (verbs: Verbs, { type }: Pick<Line, 'type'>): boolean => verbs[type]?.takes === true;

/** Whether a line tells this; a verb that nobody declares any more only changes a page. */
export function tells(verbs: Verbs, { type }: Pick<Line, 'type'>, what: Tells): boolean {
  return (verbs[type]?.tells ?? 'page') === what;
}
