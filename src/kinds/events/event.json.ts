import { z } from 'zod';

import type { Platform } from '../../platform/platform.ts';
import { addresses, subjectJson, textFields } from '../../services/texts/subject.json.ts';
import { MODES } from './event.input.ts';
import type { ShownEvent } from './events.reads.ts';

/** An event in the API. `counts.registrations` are seats taken, `counts.waiting` people who wait for one. */
export const eventJson = subjectJson.extend({
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

export function showJson(
  event: ShownEvent,
  lang: string,
  { settings, words }: Pick<Platform, 'settings' | 'words'>,
): z.output<typeof eventJson> {
  const { id, author, mode, country, address, latitude, longitude, capacity, official } = event;
  const { uri, url: page } = addresses(settings.publicUrl, { id, path: `/events/${id}`, lang }, words.languages);
  return eventJson.parse({
    id,
    kind: 'event',
    uri,
    url: event.url ?? page,
    page,
    space: event.spaceSlug,
    author: author && { handle: author.handle, name: author.name },
    state: event.state,
    createdAt: event.publishedAt.toISOString(),
    editedAt: event.editedAt?.toISOString() ?? null,
    counts: { ...event.counts, registrations: event.registered, waiting: event.waiting },
    startsAt: event.startsAt.toISOString(),
    endsAt: event.endsAt.toISOString(),
    timeZone: event.timeZone,
    languages: event.languages,
    cancelledAt: event.cancelledAt?.toISOString() ?? null,
    ...{ mode, country, address, latitude, longitude, capacity, official },
    ...textFields(event.text),
  });
}
