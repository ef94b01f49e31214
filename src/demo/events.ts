import { sql } from 'kysely';

import { importComment } from '../kinds/comments/comments.ts';
import { importEvent } from '../kinds/events/events.ts';
import { record } from '../platform/activity/activity.ts';
import { rows, type Em } from '../platform/db/database.ts';
import { transaction } from '../platform/db/guard.ts';
import { importReport } from '../kinds/reports/reports.ts';
import type { Languages } from '../platform/languages.ts';
import { readEvents, type DemoEvent } from './content.ts';

const HOUR_MILLISECONDS = 3_600_000;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;
/** Events were announced so many days before they begin, the first at least. */
const AHEAD = { least: 10, more: 20 };

interface Known {
  /** Ids by handle, by slug. */
  people: ReadonlyMap<string, string>;
  spaces: ReadonlyMap<string, string>;
}

interface Placed {
  id: string;
  rootId: string;
  spaceId: string;
  startsAt: Date;
  endsAt: Date;
  publishedAt: Date;
}

/** What the demo's people announced, held, reported and called off, around today: the same at every start. */
export async function addEvents(em: Em, languages: Languages, known: Known): Promise<void> {
  const ideas = await rows(
    em,
    sql<{
      id: string;
      title: string;
    }>`select s.id, t.title from subject s join text t on t.id = s.text_id where s.kind = 'idea'`,
  );
  const byTitle = new Map(ideas.map(({ id, title }) => [title, id]));
  for (const [index, event] of readEvents().entries())
    await transaction(em, async (inner) => {
      const placed = await announce(inner, languages, known, { event, index });
      await register(inner, placed, guestsOf(event, index, known.people), event.capacity ?? Infinity);
      await addReport(inner, languages, { event, placed, organizer: found(known.people, event.organizer), byTitle });
      await addComments(inner, languages, { event, placed, people: known.people });
    });
}

async function announce(
  em: Em,
  languages: Languages,
  { people, spaces }: Known,
  { event, index }: { event: DemoEvent; index: number },
): Promise<Placed> {
  const { space, organizer, title, body, language, official = false, cancelled, city, address, minutes } = event;
  const { timeZone, mode, country, url = null, languages: spoken, capacity = null } = event;
  const start = Temporal.Now.plainDateISO(timeZone)
    .add({ days: event.day })
    .toZonedDateTime({ timeZone, plainTime: event.start });
  const [startsAt, endsAt] = [start, start.add({ minutes })].map((each) => new Date(each.epochMilliseconds));
  if (!startsAt || !endsAt) throw new Error('An event has a beginning and an end.');
  const ahead = (AHEAD.least + ((index * 7) % AHEAD.more)) * DAY_MILLISECONDS;
  const publishedAt = notAfter(Date.now() - (index + 1) * HOUR_MILLISECONDS, startsAt.getTime() - ahead);
  const spaceId = found(spaces, space);
  const place = [address, city].filter(Boolean).join(', ') || null;
  const id = await importEvent(em, languages, {
    ...{ spaceId, authorId: found(people, organizer), title, body, language, official, publishedAt },
    details: {
      ...{ startsAt, endsAt, timeZone, mode, country, address: place, latitude: null, longitude: null, url, capacity },
      onlineUrlFor: 'everyone',
      allDay: false,
      languages: spoken,
    },
    cancelled: cancelled
      ? { reason: cancelled, at: notAfter(Date.now() - HOUR_MILLISECONDS, startsAt.getTime() - DAY_MILLISECONDS) }
      : null,
  });
  return { id, rootId: id, spaceId, startsAt, endsAt, publishedAt };
}

/** Others than the organizer; for each event the list begins elsewhere. */
function guestsOf({ organizer, guests }: DemoEvent, index: number, people: ReadonlyMap<string, string>): string[] {
  const others = [...people].filter(([handle]) => handle !== organizer).map(([, id]) => id);
  const first = (index * 5) % others.length;
  return [...others.slice(first), ...others.slice(0, first)].slice(0, guests);
}

/** Those for whom there is no seat wait, in the order in which they came. */
async function register(
  em: Em,
  { id, spaceId, publishedAt }: Placed,
  guests: string[],
  capacity: number,
): Promise<void> {
  for (const [place, person] of guests.entries())
    await rows(
      em,
      sql`insert into registration (event_id, person_id, state, created_at)
          values (${id}, ${person}, ${place < capacity ? 'registered' : 'waiting'}, ${publishedAt.toISOString()})`,
    );
  await record(em, { type: 'registered', kind: 'event', subjectId: id, rootId: id, spaceId });
}

async function addReport(
  em: Em,
  languages: Languages,
  {
    event,
    placed,
    organizer,
    byTitle,
  }: { event: DemoEvent; placed: Placed; organizer: string; byTitle: Map<string, string> },
): Promise<void> {
  if (!event.report) return;
  const { body, attendees, ideas, newIdeas = [] } = event.report;
  await importReport(em, languages, {
    ...{ event: placed, authorId: organizer, body, language: event.language, attendees, newIdeas },
    ideas: ideas.map((title) => found(byTitle, title)),
    publishedAt: notAfter(Date.now(), placed.endsAt.getTime() + 2 * DAY_MILLISECONDS),
  });
}

/** People who were there speak afterwards, those who will come ask before. */
async function addComments(
  em: Em,
  languages: Languages,
  { event, placed, people }: { event: DemoEvent; placed: Placed; people: ReadonlyMap<string, string> },
): Promise<void> {
  const from = event.day < 0 ? placed.endsAt : placed.publishedAt;
  for (const [index, { author, language, body }] of (event.comments ?? []).entries())
    await importComment(em, languages, {
      ...{ aboutId: placed.id, parent: placed, authorId: found(people, author), body, language, alignment: null },
      publishedAt: notAfter(Date.now(), from.getTime() + (index + 1) * 9 * HOUR_MILLISECONDS),
    });
}

const notAfter = (latest: number, moment: number): Date => new Date(Math.min(latest, moment));

function found(known: ReadonlyMap<string, string>, name: string): string {
  const id = known.get(name);
  if (!id) throw new Error(`The demo's events name what is not there: ${name}`);
  return id;
}
