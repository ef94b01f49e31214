import { sql, type RawBuilder } from 'kysely';

import type { Participation, Figure, Span } from '../../services/house/figures.ts';
import { countDone, countsOn, countWritten, during } from '../../services/subjects/spans.ts';

/** Seats taken, not places in a waiting list. */
export const registrationAct: Participation = {
  rows: sql`registration r`,
  where: sql`r.state = 'registered'`,
  subject: sql`r.event_id`,
  person: sql`r.person_id`,
  moment: sql`r.created_at`,
};

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
  registrations: {
    place: 80,
    words: 'statistics:registrations',
    meaning: 'statistics:weekRegistrationsMeaning',
    sql: countDone(registrationAct),
  },
};
