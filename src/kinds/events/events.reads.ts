import { sql, type RawBuilder } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { countColumns } from '../../services/subjects/counts.ts';
import { findSubject, gone, openTo } from '../../services/subjects/subjects.ts';
import {
  contributionColumns,
  contributionJoins,
  showContribution,
  type ContributionRow,
} from '../../services/texts/contributions.reads.ts';
import type { Reader } from '../../platform/reader.ts';
import type { Contribution } from '../../services/contributions/contribution.ts';
import type { Mode, WHEN } from './event.input.ts';

/** What an event has beyond its text, as pages and the API show it. */
export interface EventDetails {
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  mode: Mode;
  country: string | null;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  url: string | null;
  languages: string[];
  capacity: number | null;
  official: boolean;
  cancelledAt: Date | null;
  /** Seats taken, and people who wait for one: exact, as of now. */
  registered: number;
  waiting: number;
}

interface EventRow extends ContributionRow, EventDetails {
  counts: Record<string, number>;
}

/** An event as this reader sees it. */
export interface ShownEvent extends Contribution, EventDetails {}

const seats = (state: 'registered' | 'waiting') =>
  sql`(select count(*) from registration r where r.event_id = e.subject_id and r.state = ${sql.lit(state)})::int`;

const eventColumns = sql`${contributionColumns}, e.starts_at as "startsAt", e.ends_at as "endsAt", e.time_zone as "timeZone", e.mode,
  e.country, e.address, e.latitude, e.longitude, e.url, e.languages, e.capacity, e.official, e.cancelled_at as "cancelledAt",
  ${seats('registered')} as registered, ${seats('waiting')} as waiting, ${countColumns}`;

export interface EventFilter {
  when: (typeof WHEN)[number];
  mode?: Mode | undefined;
  spaceId?: string | undefined;
  /** A language spoken there. */
  language?: string | undefined;
  country?: string | undefined;
  organizerId?: string | undefined;
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
    sql<EventRow>`select ${eventColumns} from (
        select e.* from event e join subject s on s.id = e.subject_id where ${sql.join(conditions, sql` and `)}
        order by ${order} limit ${sql.lit(limit)} ${offset > 0 ? sql`offset ${offset}` : sql``}) e
      join subject s on s.id = e.subject_id ${contributionJoins(reader)} order by ${order}`,
  );
  return found.map((each) => showEvent(each, reader));
}

function conditionsOf(filter: EventFilter, { person }: Reader): RawBuilder<unknown>[] {
  const { when, mode, spaceId, language, country, organizerId } = filter;
  const conditions: RawBuilder<unknown>[] = [openTo(person)];
  if (when === 'upcoming') conditions.push(sql`e.ends_at >= now()`);
  // An event lasts a year at most: with this the index of beginnings need not be read to its end.
  if (when === 'upcoming') conditions.push(sql`e.starts_at >= now() - interval '366 days'`);
  if (when === 'past') conditions.push(sql`e.ends_at < now()`);
  if (mode) conditions.push(sql`e.mode = ${mode}`);
  if (spaceId) conditions.push(sql`s.space_id = ${spaceId}`);
  if (language) conditions.push(sql`${language} = any(e.languages)`);
  if (country) conditions.push(sql`e.country = ${country}`);
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
    sql<EventRow>`select ${eventColumns} from event e join subject s on s.id = e.subject_id ${contributionJoins(reader)} where e.subject_id = ${id}`,
  );
  if (!found) throw gone(subject);
  return showEvent(found, reader);
}

function showEvent(found: EventRow, reader: Reader): ShownEvent {
  const { startsAt, endsAt, timeZone, mode, country, address, latitude, longitude, url } = found;
  const { languages, capacity, official, cancelledAt, registered, waiting, counts } = found;
  return {
    ...showContribution(found, reader),
    ...{ startsAt, endsAt, timeZone, mode, country, address, latitude, longitude, url },
    ...{ languages, capacity, official, cancelledAt, registered, waiting, counts },
  };
}
