import { sql, type RawBuilder } from 'kysely';

import type { Figure, Span } from '../../services/house/figures.ts';
import { countsOn, countWritten, during } from '../../services/subjects/spans.ts';

/** The event `e` is over by now, was not cancelled, and ended then. */
export const isHeld = (span: Span): RawBuilder<unknown> =>
  sql`${during(sql`e.ends_at`, span)} and e.ends_at <= now() and e.cancelled_at is null`;

export const eventFigures: Readonly<Record<string, Figure>> = {
  /** Announced. */
  events: {
    place: 60,
    words: 'statistics:events',
    meaning: 'statistics:weekEventsMeaning',
    sql: countWritten('event'),
    parts: { of: 'event', column: 'secretariat:events' },
  },
  held: {
    place: 70,
    words: 'statistics:held',
    meaning: 'statistics:weekHeldMeaning',
    sql: (span) => sql`select count(*) from event e where ${isHeld(span)} and ${countsOn(sql`e.subject_id`, span)}`,
  },
};
