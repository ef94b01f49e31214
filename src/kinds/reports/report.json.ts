import { z } from 'zod';

import type { Platform } from '../../platform/platform.ts';
import { LINK_TYPES } from '../../services/subjects/links.ts';
import { addresses, subjectJson, textFields } from '../../services/texts/subject.json.ts';
import type { LinkedEvent, LinkedIdea, ReportOf, ShownReport } from './reports.reads.ts';

/** What is linked or reported, where another subject is shown: its title in the language that was asked, where it is ready. */
const mentionJson = z.object({
  id: z.string(),
  uri: z.string(),
  url: z.string(),
  title: z.string().nullable(),
  /** Of the title. */
  language: z.string(),
});

const linkJson = mentionJson.extend({ type: z.enum(LINK_TYPES) });

/** An idea that an event discussed, or that was born there. */
export const linkedIdeaJson = linkJson.extend({ space: z.string() });

/** Such an event. */
export const linkedEventJson = linkJson.extend({
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  timeZone: z.string(),
  mode: z.string(),
  country: z.string().nullable(),
  address: z.string().nullable(),
});

/** The report of an event, where the event is shown. */
export const reportOfJson = mentionJson.extend({ attendees: z.int(), createdAt: z.iso.datetime() });

/** A report in the API. */
export const reportJson = subjectJson.extend({
  /** The event it is about. */
  event: z.string(),
  attendees: z.int(),
  ideas: z.array(linkedIdeaJson),
});

interface Asked {
  lang: string;
  platform: Pick<Platform, 'settings' | 'words'>;
}

export function showLinkedIdea(idea: LinkedIdea, asked: Asked): z.output<typeof linkedIdeaJson> {
  return { ...addressesOf('ideas', idea.id, asked), ...idea };
}

export function showLinkedEvent(event: LinkedEvent, asked: Asked): z.output<typeof linkedEventJson> {
  const times = { startsAt: event.startsAt.toISOString(), endsAt: event.endsAt.toISOString() };
  return { ...addressesOf('events', event.id, asked), ...event, ...times };
}

export function showReportOf(
  { id, title, language, attendees, publishedAt }: ReportOf,
  asked: Asked,
): z.output<typeof reportOfJson> {
  const createdAt = publishedAt.toISOString();
  return { ...addressesOf('reports', id, asked), id, title, language, attendees, createdAt };
}

export function showJson(report: ShownReport, ideas: readonly LinkedIdea[], asked: Asked): z.output<typeof reportJson> {
  const { id, eventId, spaceSlug, author, state, publishedAt, editedAt, attendees, text } = report;
  return reportJson.parse({
    id,
    kind: 'report',
    ...addressesOf('reports', id, asked),
    space: spaceSlug,
    author: author && { handle: author.handle, name: author.name },
    state,
    createdAt: publishedAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    counts: {},
    event: eventId,
    attendees,
    ideas: ideas.map((idea) => showLinkedIdea(idea, asked)),
    ...textFields(text),
  });
}

function addressesOf(folder: 'ideas' | 'events' | 'reports', id: string, { lang, platform }: Asked) {
  const { settings, words } = platform;
  return addresses(settings.publicUrl, { id, path: `/${folder}/${id}`, lang }, words.languages);
}
