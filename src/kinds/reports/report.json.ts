import { z } from 'zod';

import type { Platform } from '../../platform/platform.ts';
import { LINK_TYPES } from '../../services/subjects/links.ts';
import { addresses, authorFields, subjectJson, textFields } from '../../services/texts/subject.json.ts';
import type { LinkedEvent, LinkedIdea, ReportOf, ShownReport } from './reports.reads.ts';

/** What is linked or reported, where another subject is shown: its title in the language that was asked, where it is ready. */
const mentionJson = z.object({
  id: z.string().meta({ description: 'UUID' }),
  uri: z.string().meta({ description: 'Its name for ever' }),
  url: z.string().meta({ description: 'Where people read it in the language asked' }),
  title: z.string().nullable().meta({ description: 'In the language asked, where it is ready' }),
  language: z.string().meta({ description: 'Of the title' }),
  isMachine: z.boolean().meta({ description: 'True when a machine translated the title' }),
});

const linkJson = mentionJson.extend({
  type: z.enum(LINK_TYPES).meta({ description: 'Whether it was discussed there or born there' }),
});

/** An idea that an event discussed, or that was born there. */
export const linkedIdeaJson = linkJson
  .extend({ space: z.string().meta({ description: 'Short name of its space' }) })
  .meta({ id: 'LinkedIdea', description: 'An idea that an event discussed, or that was born there' });

/** Such an event. */
export const linkedEventJson = linkJson
  .extend({
    startsAt: z.iso.datetime().meta({ description: 'When it began' }),
    endsAt: z.iso.datetime().meta({ description: 'When it ended' }),
    allDay: z.boolean().meta({ description: 'Whether days count, and not hours' }),
    timeZone: z.string().meta({ description: 'Name in the IANA database' }),
    mode: z.string().meta({ description: 'Where people met' }),
    country: z.string().nullable().meta({ description: 'ISO 3166-1, two letters' }),
    address: z.string().nullable().meta({ description: 'Where it was met in person' }),
  })
  .meta({ id: 'LinkedEvent', description: 'An event that discussed an idea' });

/** The report of an event, where the event is shown. */
export const reportOfJson = mentionJson
  .extend({
    attendees: z.int().meta({ description: 'How many came' }),
    createdAt: z.iso.datetime().meta({ description: 'When it was published' }),
  })
  .meta({ id: 'ReportOfEvent', description: 'The report of an event, where the event is shown' });

/** A report in the API. */
export const reportJson = subjectJson
  .extend({
    event: z.string().meta({ description: 'The event it is about' }),
    attendees: z.int().meta({ description: 'How many came' }),
    ideas: z.array(linkedIdeaJson).meta({ description: 'Ideas that were discussed or born there' }),
  })
  .meta({ id: 'Report' });

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
  { id, title, language, isMachine, attendees, publishedAt }: ReportOf,
  asked: Asked,
): z.output<typeof reportOfJson> {
  const createdAt = publishedAt.toISOString();
  return { ...addressesOf('reports', id, asked), id, title, language, isMachine, attendees, createdAt };
}

export function showJson(report: ShownReport, ideas: readonly LinkedIdea[], asked: Asked): z.output<typeof reportJson> {
  const { id, eventId, spaceSlug, author, state, publishedAt, editedAt, attendees, revision, text } = report;
  return reportJson.parse({
    id,
    kind: 'report',
    ...addressesOf('reports', id, asked),
    space: spaceSlug,
    author: authorFields(author),
    state,
    createdAt: publishedAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
    counts: {},
    event: eventId,
    attendees,
    ideas: ideas.map((idea) => showLinkedIdea(idea, asked)),
    ...textFields(text),
    version: revision,
  });
}

function addressesOf(folder: 'ideas' | 'events' | 'reports', id: string, { lang, platform }: Asked) {
  const { settings, words } = platform;
  return addresses(settings.publicUrl, { id, path: `/${folder}/${id}`, lang }, words.languages);
}
