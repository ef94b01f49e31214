import { z } from 'zod';

import { LINK_FOR, MODES } from './event.input.ts';
import type { ShownEvent } from './events.reads.ts';

/** What an event has in the API beside what every contribution has. `counts.registrations` are seats taken, `counts.waiting` people who wait. */
export const eventJson = z.object({
  startsAt: z.iso.datetime().meta({ description: 'When it begins' }),
  endsAt: z.iso.datetime().meta({ description: 'When it ends' }),
  allDay: z
    .boolean()
    .meta({ description: 'Whole days: it begins and ends with midnights, the last one after its last day' }),
  timeZone: z.string().meta({ description: 'The clocks it was announced on: a name in the IANA database' }),
  mode: z.enum(MODES).meta({ description: 'Where people meet' }),
  country: z.string().nullable().meta({ description: 'ISO 3166-1, two letters' }),
  address: z.string().nullable().meta({ description: 'Where it is met in person' }),
  latitude: z.number().nullable().meta({ description: 'In degrees, WGS 84' }),
  longitude: z.number().nullable().meta({ description: 'In degrees, WGS 84' }),
  onlineUrl: z.string().nullable().meta({ description: 'Where it is met online; null to who may not see it' }),
  onlineUrlFor: z.enum(LINK_FOR).meta({ description: 'Who sees that link' }),
  page: z.string().meta({ description: 'The same as `url`, by its old name' }),
  languages: z.array(z.string()).meta({ description: 'Languages spoken there' }),
  capacity: z.int().nullable().meta({ description: 'Seats; null when everybody has one' }),
  official: z.boolean().meta({ description: 'Marked by the secretariat' }),
  cancelledAt: z.iso.datetime().nullable().meta({ description: 'Null unless it was cancelled' }),
});

export function showJson(event: ShownEvent, page: string): z.output<typeof eventJson> & { counts: object } {
  const { allDay, timeZone, mode, country, address, latitude, longitude, languages, capacity, official } = event;
  return {
    ...{ allDay, timeZone, mode, country, address, latitude, longitude, languages, capacity, official, page },
    onlineUrl: event.url,
    onlineUrlFor: event.onlineUrlFor,
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    cancelledAt: event.cancelledAt?.toISOString() ?? null,
    counts: { ...event.counts, registrations: event.registered, waiting: event.waiting },
  };
}
