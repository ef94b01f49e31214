import { sql } from 'kysely';

import type { Counter } from '../../services/house/kinds.ts';
import type { Figure, Participation } from '../../services/house/figures.ts';
import { countDone } from '../../services/subjects/spans.ts';

/** Seats taken, not places in a waiting list. */
export const registrationAct: Participation = {
  rows: sql`registration r`,
  where: sql`r.state = 'registered'`,
  subject: sql`r.event_id`,
  person: sql`r.person_id`,
  moment: sql`r.created_at`,
};

export const registrationFigures: Readonly<Record<string, Figure>> = {
  registrations: {
    place: 80,
    words: 'statistics:registrations',
    meaning: 'statistics:weekRegistrationsMeaning',
    sql: countDone(registrationAct),
  },
};

/** How many have a seat, and how many wait for one: everybody who comes or goes changes one of the two, and pages hear of it. */
export const registrationCounters: readonly Counter[] = [
  counterOf('registrations', 'registered'),
  counterOf('waiting', 'waiting'),
];

function counterOf(name: string, state: 'registered' | 'waiting'): Counter {
  return {
    name,
    count: (ids) => sql`select event_id as subject_id, count(*)::int as value from registration
      where state = ${state} and event_id = any(${[...ids]}::uuid[]) group by event_id`,
  };
}
