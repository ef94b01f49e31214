import type { Em } from '../../platform/db/database.ts';

/** How a kind speaks to other servers (ActivityPub). */
export interface Federated {
  /** Of its objects, in ActivityStreams. */
  type: 'Page' | 'Note' | 'Event' | 'Article';
  /** The space says it, and names its author: groups alone are heard by calendars elsewhere. */
  bySpace?: true;
  /** What its objects have beyond words, author and place in a conversation, by the ids of the subjects. */
  tell?(em: Em, ids: readonly string[], publicUrl: string): Promise<ReadonlyMap<string, Record<string, unknown>>>;
}
