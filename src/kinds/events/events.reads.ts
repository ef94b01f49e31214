import { sql, type RawBuilder } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { countColumns } from '../../services/subjects/counts.ts';
import { findSubject, gone, isModeratorOf, openTo } from '../../services/subjects/subjects.ts';
import {
  contributionColumns,
  contributionJoins,
  showContribution,
  type ContributionRow,
} from '../../services/texts/contributions.reads.ts';
import type { Person } from '../../platform/person.ts';
import type { Reader } from '../../platform/reader.ts';
import type { Contribution } from '../../services/contributions/contribution.ts';
import type { LinkFor, Mode, WHEN } from './event.input.ts';

/** What an event has beyond its text, as pages and the API show it. */
export interface EventDetails {
  startsAt: Date;
  endsAt: Date;
  /** Whole days, from midnight to midnight. */
  allDay: boolean;
  /** By the clock of the database. */
  isOver: boolean;
  timeZone: string;
  mode: Mode;
  country: string | null;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  /** Where it is met online; null for who may not see it. */
  url: string | null;
  onlineUrlFor: LinkFor;
  /** Whether it is met online, seen or not. */
  hasLink: boolean;
  languages: string[];
  capacity: number | null;
  official: boolean;
  cancelledAt: Date | null;
  /** Seats taken, and people who wait for one: exact, as of now. */
  registered: number;
  waiting: number;
  /** How many came, as its public report says; null while there is none. */
  attendees: number | null;
}

interface EventRow extends ContributionRow, Omit<EventDetails, 'hasLink'> {
  counts: Record<string, number>;
  hasSeat: boolean;
}

/** An event as this reader sees it. */
export interface ShownEvent extends Contribution, EventDetails {}

const seats = (state: 'registered' | 'waiting') =>
  sql`(select count(*) from registration r where r.event_id = e.subject_id and r.state = ${sql.lit(state)})::int`;

/** Whether this person has a seat there. */
const hasSeat = (person: Person | null) =>
  person
    ? sql`exists (select 1 from registration r where r.event_id = e.subject_id and r.person_id = ${person.id} and r.state = 'registered')`
    : sql`false`;

const attendees = (
  person: Person | null,
) => sql`(select rp.attendees from report rp join subject s on s.id = rp.subject_id
    where rp.event_id = e.subject_id and ${openTo(person)})`;

const eventColumns = ({
  person,
}: Reader) => sql`${contributionColumns}, e.starts_at as "startsAt", e.ends_at as "endsAt", e.ends_at < now() as "isOver", e.all_day as "allDay", e.time_zone as "timeZone", e.mode,
  e.country, e.address, e.latitude, e.longitude, e.url, e.online_url_for as "onlineUrlFor", e.languages, e.capacity, e.official, e.cancelled_at as "cancelledAt",
  ${seats('registered')} as registered, ${seats('waiting')} as waiting, ${hasSeat(person)} as "hasSeat",
  ${attendees(person)} as attendees, ${countColumns}`;

export interface EventFilter {
  when: (typeof WHEN)[number];
  mode?: Mode | undefined;
  spaceId?: string | undefined;
  /** A language spoken there. */
  language?: string | undefined;
  country?: string | undefined;
  organizerId?: string | undefined;
  /** Somebody who has a seat there, or waits for one. */
  guest?: { id: string; state: 'registered' | 'waiting' } | undefined;
}

interface Slice {
  limit: number;
  offset?: number;
  /** After this event in the order of the list: lists of the API go on from here. */
  after?: { at: string; id: string } | undefined;
}

/** Public events: those that are not over by their beginning, past ones with the latest first. */
export async function listEvents(
  em: Em,
  filter: EventFilter,
  { limit, offset = 0, after }: Slice,
  reader: Reader,
): Promise<ShownEvent[]> {
  const backwards = filter.when === 'past';
  const order = backwards ? sql`e.starts_at desc, e.subject_id desc` : sql`e.starts_at, e.subject_id`;
  const conditions = [...conditionsOf(filter, reader), ...(after ? [isAfter(after, backwards)] : [])];
  const found = await rows(
    em,
    sql<EventRow>`select ${eventColumns(reader)} from (
        select e.* from event e join subject s on s.id = e.subject_id where ${sql.join(conditions, sql` and `)}
        order by ${order} limit ${sql.lit(limit)} ${offset > 0 ? sql`offset ${offset}` : sql``}) e
      join subject s on s.id = e.subject_id ${contributionJoins(reader)} order by ${order}`,
  );
  return found.map((each) => showEvent(each, reader));
}

function conditionsOf(filter: EventFilter, { person }: Reader): RawBuilder<unknown>[] {
  const { when, mode, spaceId, language, country, organizerId, guest } = filter;
  const conditions: RawBuilder<unknown>[] = [openTo(person)];
  if (when === 'upcoming') conditions.push(sql`e.ends_at >= now()`);
  // An event lasts a year at most: with this the index of beginnings need not be read to its end.
  if (when === 'upcoming') conditions.push(sql`e.starts_at >= now() - interval '366 days'`);
  if (when === 'past') conditions.push(sql`e.ends_at < now()`);
  if (mode) conditions.push(sql`e.mode = ${mode}`);
  if (spaceId) conditions.push(sql`s.space_id = ${spaceId}`);
  if (language) conditions.push(sql`${language} = any(e.languages)`);
  if (country) conditions.push(sql`e.country = ${country}`);
  if (guest)
    conditions.push(sql`exists (select 1 from registration g
      where g.event_id = e.subject_id and g.person_id = ${guest.id} and g.state = ${guest.state})`);
  if (organizerId) conditions.push(sql`s.author_id = ${organizerId}`);
  return conditions;
}

const isAfter = ({ at, id }: { at: string; id: string }, backwards: boolean): RawBuilder<unknown> =>
  backwards
    ? sql`(e.starts_at, e.subject_id) < (${at}::timestamptz, ${id}::uuid)`
    : sql`(e.starts_at, e.subject_id) > (${at}::timestamptz, ${id}::uuid)`;

/** Throws 404, or 410 with its state for those who may not see it any more. */
export async function findEvent(em: Em, id: string, reader: Reader): Promise<ShownEvent> {
  const subject = await findSubject(em, id, reader.person);
  if (subject.kind !== 'event') throw notFound();
  const found = await row(
    em,
    sql<EventRow>`select ${eventColumns(reader)} from event e join subject s on s.id = e.subject_id ${contributionJoins(reader)} where e.subject_id = ${id}`,
  );
  if (!found) throw gone(subject);
  return showEvent(found, reader);
}

function showEvent(found: EventRow, reader: Reader): ShownEvent {
  const { startsAt, endsAt, isOver, allDay, timeZone, mode, country, address, latitude, longitude, url, onlineUrlFor } =
    found;
  const { languages, capacity, official, cancelledAt, registered, waiting, attendees: came, counts } = found;
  const shown = showContribution(found, reader);
  return {
    ...shown,
    ...{ startsAt, endsAt, isOver, allDay, timeZone, mode, country, address, latitude, longitude, onlineUrlFor },
    ...{ languages, capacity, official, cancelledAt, registered, waiting, attendees: came, counts },
    url: seesLink(found, shown, reader) ? url : null,
    hasLink: url !== null,
  };
}

/** Its organizer, moderators, and those it was chosen for: with `registered` only who has a seat. */
function seesLink(
  { onlineUrlFor, hasSeat: isComing }: EventRow,
  { author, spaceId }: Pick<Contribution, 'author' | 'spaceId'>,
  { person }: Reader,
): boolean {
  if (onlineUrlFor === 'everyone') return true;
  if (!person) return false;
  return onlineUrlFor === 'signed-in' || isComing || author?.id === person.id || isModeratorOf(person, { spaceId });
}
