import ical, { ICalEventStatus } from 'ical-generator';

import { dayOf } from '../../platform/clocks.ts';
import { withoutOverrides } from '../../platform/input.ts';
import { excerpt } from '../../services/texts/markdown.ts';
import { chosenWords, sayName, type Showing } from '../../services/texts/texts.views.ts';
import type { ShownEvent } from './events.reads.ts';

/** Programs ask again this often. */
const HOURS = 6;
const DESCRIPTION_CHARACTERS = 10_000;

/** Calendars end a line at LF alone: other signs that end one would stand in the file as they are. */
const plain = (words: string): string => withoutOverrides(words).replaceAll(/[\u0085\u2028\u2029]/g, '\n');

/** Events as an iCalendar file (RFC 5545), in the reader's language where it is ready, or as they were written. Moments in UTC: right on every clock. */
export function calendarOf(
  events: readonly ShownEvent[],
  { t, ...preference }: Pick<Showing, 't' | 'view' | 'isAsked'>,
  publicUrl: string,
): string {
  const calendar = ical({
    name: `${t('events:title')} – Polyphony`,
    prodId: { company: 'Polyphony', product: 'events', language: t.language.toUpperCase() },
    ttl: HOURS * 3_600,
  });
  for (const event of events) {
    const words = chosenWords(event.text, preference);
    const page = `${publicUrl}/${t.language}/events/${event.id}`;
    calendar.createEvent({
      id: `${publicUrl}/o/${event.id}`,
      ...timesOf(event),
      // RFC 5545, 3.8.7.4: one more with every change by the organizer, a cancellation too.
      stamp: event.cancelledAt ?? event.editedAt ?? event.publishedAt,
      sequence: event.revision - 1 + (event.cancelledAt ? 1 : 0),
      summary: plain(sayName(words, t)),
      description: plain([excerpt(words.body, DESCRIPTION_CHARACTERS), event.url, page].filter(Boolean).join('\n\n')),
      location: event.address ?? event.url,
      url: page,
      status: event.cancelledAt ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}

/** Whole days are written without a zone (RFC 5545, 3.6.1), the day after the last one as their end. */
function timesOf({ startsAt, endsAt, allDay, timeZone }: ShownEvent): { start: Date; end: Date; allDay: boolean } {
  if (!allDay) return { start: startsAt, end: endsAt, allDay };
  return { start: new Date(dayOf(startsAt, timeZone)), end: new Date(dayOf(endsAt, timeZone)), allDay };
}
