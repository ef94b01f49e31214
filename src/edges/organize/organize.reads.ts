import { sql } from 'kysely';

import { listEvents, type ShownEvent } from '../../kinds/events/events.reads.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import type { Person } from '../../platform/person.ts';
import { listReportsOf, type ReportOf } from '../../kinds/reports/reports.reads.ts';
import type { Reader } from '../../platform/reader.ts';

/** Coming events, and past ones, on one desk; older ones are found in the list of events. */
const EVENTS = 100;
/** As many names as a list on paper has. */
const PEOPLE = 5_000;

/** The events of an organizer, by what they ask for next. */
export interface OrganizerDesk {
  missing: readonly ShownEvent[];
  coming: readonly ShownEvent[];
  reported: readonly (ShownEvent & { report: ReportOf })[];
  cancelled: readonly ShownEvent[];
}

export async function readOrganizerDesk(em: Em, person: Person, reader: Reader): Promise<OrganizerDesk> {
  const filter = { organizerId: person.id };
  const coming = await listEvents(em, { ...filter, when: 'upcoming' }, { limit: EVENTS }, reader);
  const past = await listEvents(em, { ...filter, when: 'past' }, { limit: EVENTS }, reader);
  const reports = await listReportsOf(
    em,
    past.map(({ id }) => id),
    reader,
  );
  const held = past.filter(({ cancelledAt }) => cancelledAt === null);
  const reported = held.flatMap((event) => {
    const report = reports.find(({ eventId }) => eventId === event.id);
    return report ? [{ ...event, report }] : [];
  });
  return {
    missing: held.filter(({ id }) => !reported.some((event) => event.id === id)),
    coming: coming.filter(({ cancelledAt }) => cancelledAt === null),
    reported,
    cancelled: [...coming, ...past].filter(({ cancelledAt }) => cancelledAt !== null),
  };
}

/** Somebody who comes, or waits for a seat. */
export interface Guest {
  handle: string;
  name: string;
  state: 'registered' | 'waiting';
}

/** In the order in which they registered; an erased person has no name any more. */
export function listGuests(em: Em, eventId: string): Promise<Guest[]> {
  return rows(
    em,
    sql<Guest>`select p.handle, p.name, r.state from registration r join person p on p.id = r.person_id
      where r.event_id = ${eventId} and p.handle is not null order by r.position limit ${PEOPLE}`,
  );
}
