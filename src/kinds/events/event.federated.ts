import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import type { Federated } from '../../services/house/federated.ts';
import { subjectUri } from '../../services/house/addresses.ts';
import type { Mode } from './event.input.ts';

interface Row {
  id: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  mode: Mode;
  country: string | null;
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  /** Null where not everybody may see it. */
  url: string | null;
  capacity: number | null;
  isCancelled: boolean;
  registered: number;
  isOver: boolean;
}

/** FEP-8a8e with the names of Mobilizon, which calendars elsewhere read. */
export const eventFederated: Federated = {
  type: 'Event',
  bySpace: true,
  async tell(em, ids, publicUrl) {
    const found = await readEvents(em, ids);
    return new Map(found.map((event) => [event.id, { ...when(event), ...where(event), ...seats(event, publicUrl) }]));
  },
};

const readEvents = (em: Em, ids: readonly string[]): Promise<Row[]> =>
  rows(
    em,
    sql<Row>`select e.subject_id as id, e.starts_at as "startsAt", e.ends_at as "endsAt", e.time_zone as "timeZone", e.mode, e.country, e.address,
      e.latitude, e.longitude, case when e.online_url_for = 'everyone' then e.url end as url, e.capacity, e.cancelled_at is not null as "isCancelled",
      (select count(*) from registration r where r.event_id = e.subject_id and r.state = 'registered')::int as registered, e.ends_at < now() as "isOver"
      from event e where e.subject_id = any(${[...ids]}::uuid[])`,
  );

const when = ({ startsAt, endsAt, timeZone, isCancelled }: Row) => ({
  startTime: startsAt.toISOString(),
  endTime: endsAt.toISOString(),
  timezone: timeZone,
  status: isCancelled ? 'CANCELLED' : 'CONFIRMED',
  category: 'MEETING',
});

/** A place, a link, or both in a list, as FEP-8a8e has it; the link as an attachment, too, where Mobilizon looks for it. */
function where({ mode, country, address, latitude, longitude, url }: Row) {
  const isPlace = mode !== 'online' && address !== null;
  const postal = { type: 'PostalAddress', streetAddress: address, ...(country ? { addressCountry: country } : {}) };
  const place = {
    type: 'Place',
    name: address,
    address: postal,
    ...(latitude === null ? {} : { latitude, longitude }),
  };
  const virtual = { type: 'VirtualLocation', url };
  const all = [...(isPlace ? [place] : []), ...(url === null ? [] : [virtual])];
  const link = { type: 'Link', mediaType: 'text/html', name: 'Website', href: url };
  return {
    ...(all.length > 0 ? { location: all.length === 1 ? all[0] : all } : {}),
    ...(mode === 'in-person' ? {} : { isOnline: true }),
    ...(url === null ? {} : { attachment: [link] }),
  };
}

function seats({ id, capacity, registered, isOver, isCancelled }: Row, publicUrl: string) {
  const uri = subjectUri(publicUrl, id);
  const joining = { joinMode: isOver || isCancelled ? 'none' : 'free' };
  const free = capacity === null ? null : Math.max(0, capacity - registered);
  return {
    ...joining,
    ...(capacity === null ? {} : { maximumAttendeeCapacity: capacity, remainingAttendeeCapacity: free }),
    participantCount: registered,
    attendees: `${uri}/attendees`,
    organizers: `${uri}/organizers`,
  };
}
