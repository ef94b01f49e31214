import { z } from 'zod';

import { MODES } from './event.input.ts';
import type { ShownEvent } from './events.reads.ts';

/** What an event has in the API beside what every contribution has. `counts.registrations` are seats taken, `counts.waiting` people who wait. */
export const eventJson = z.object({
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /** The clocks it was announced on: a name in the IANA database. */
  timeZone: z.string(),
  mode: z.enum(MODES),
  country: z.string().nullable(),
  address: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  /** Where it is met online. */
  url: z.string().nullable(),
  /** The page of the event; `url` of other subjects. */
  page: z.string(),
  languages: z.array(z.string()),
  capacity: z.int().nullable(),
  official: z.boolean(),
  cancelledAt: z.iso.datetime().nullable(),
});

export function showJson(event: ShownEvent, page: string): z.output<typeof eventJson> & { counts: object } {
  const { timeZone, mode, country, address, latitude, longitude, languages, capacity, official } = event;
  return {
    ...{ timeZone, mode, country, address, latitude, longitude, languages, capacity, official, page },
    url: event.url ?? page,
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    cancelledAt: event.cancelledAt?.toISOString() ?? null,
    counts: { ...event.counts, registrations: event.registered, waiting: event.waiting },
  };
}
