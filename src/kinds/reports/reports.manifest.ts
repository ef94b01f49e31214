import { z } from 'zod';

import { isOrganizerOf } from '../events/events.ts';
import { findEvent } from '../events/events.reads.ts';
import { listIdeas } from '../ideas/ideas.reads.ts';
import type { Call } from '../../platform/api/api.ts';
import type { Context } from '../../platform/http/context.ts';
import { html } from '../../platform/html.ts';
import type { Platform } from '../../platform/platform.ts';
import type { SpaceIndex } from '../../services/house/spaces.ts';
import type { Field, Panel } from '../../services/house/kinds.ts';
import { isModeratorOf } from '../../services/subjects/subjects.ts';
import type { Languages } from '../../platform/languages.ts';
import { wishable } from '../../services/texts/texts.reads.ts';
import { wishForReader } from '../../services/texts/translations.ts';
import { showingOf, viewOf } from '../../services/texts/view.ts';
import {
  linkedEventJson,
  linkedIdeaJson,
  reportOfJson,
  showLinkedEvent,
  showLinkedIdea,
  showReportOf,
} from './report.json.ts';
import { findReportOf, listEventsOf, listIdeasOf, listReportsOf, type ShownReport } from './reports.reads.ts';
import { discussedPanel, hiddenReportPanel, reportPanel, type NamedIdea } from './reports.views.ts';

interface Services {
  languages: Languages;
  spacesIn: SpaceIndex;
}

/** The report on the page of its event, once that is over. */
export function createReportPanel({ settings }: Pick<Platform, 'settings'>, services: Services): Panel {
  const { languages } = services;
  return {
    for: 'report',
    async render(ctx, subject) {
      const { em, person, language, t } = ctx.state;
      const reader = { languages, language, person };
      const event = await findEvent(em, subject.id, reader);
      if (event.cancelledAt || event.endsAt > new Date()) return html``;
      const report = await findReportOf(em, event.id, reader);
      if (report && !maySee(report, ctx)) return hiddenReportPanel(t);
      if (person && report) await wishForReader(em, languages, language, wishable([report.text]));
      const panel = {
        eventId: event.id,
        report,
        ideas: await readNamed(ctx, event.id, services),
        mayWrite: !subject.closed && isOrganizerOf(person, subject),
        timeZone: settings.timeZone,
      };
      return reportPanel(panel, showingOf(ctx, settings));
    },
  };
}

/** A hidden one is seen by its author and the moderators. */
const maySee = ({ state, author, spaceId }: ShownReport, { state: { person } }: Context): boolean =>
  state === 'open' || (person !== null && author?.id === person.id) || isModeratorOf(person, { spaceId });

/** The ideas that the public report of an event names, as cards. */
export async function readNamed(
  ctx: Context,
  eventId: string,
  { languages, spacesIn }: Services,
): Promise<NamedIdea[]> {
  const { em, person, language } = ctx.state;
  const reader = { languages, language, person };
  const links = (await listIdeasOf(em, [eventId], reader)).get(eventId) ?? [];
  const ids = links.map(({ id }) => id);
  const ideas = await listIdeas(em, { ids }, { limit: ids.length }, reader);
  const spaces = await spacesIn(language);
  ctx.state.cacheTags.push(...ids);
  return ideas.map((idea) => ({
    idea,
    type: links.find(({ id }) => id === idea.id)?.type ?? 'discussed',
    space: spaces.find(({ id }) => id === idea.spaceId) ?? null,
  }));
}

/** The events at which an idea was discussed, on its page. */
export function createDiscussedPanel({ settings }: Pick<Platform, 'settings'>, languages: Languages): Panel {
  return {
    for: 'discussion',
    async render(ctx, { id }) {
      const { em, person, language, t } = ctx.state;
      const reader = { languages, language, person, preference: viewOf(ctx, settings) };
      const events = (await listEventsOf(em, [id], reader)).get(id) ?? [];
      ctx.state.cacheTags.push(...events.map((event) => event.id));
      return discussedPanel(id, events, t);
    },
  };
}

/** What reports add to the JSON of events and of ideas. */
export function reportFields(platform: Platform, languages: Languages): Field[] {
  const readerOf = ({ lang, person }: Pick<Call, 'lang' | 'person'>) => ({ languages, language: lang, person });
  return [
    {
      for: 'report',
      name: 'ideas',
      schema: z.array(linkedIdeaJson),
      empty: [],
      async read(call, ids) {
        const found = await listIdeasOf(call.em, ids, readerOf(call));
        return each(found, (ideas) => ideas.map((idea) => showLinkedIdea(idea, { ...call, platform })));
      },
    },
    {
      for: 'report',
      name: 'report',
      schema: reportOfJson.nullable(),
      empty: null,
      async read(call, ids) {
        const found = await listReportsOf(call.em, ids, readerOf(call));
        return new Map(found.map((report) => [report.eventId, showReportOf(report, { ...call, platform })]));
      },
    },
    {
      for: 'discussion',
      name: 'events',
      schema: z.array(linkedEventJson),
      empty: [],
      async read(call, ids) {
        const found = await listEventsOf(call.em, ids, readerOf(call));
        return each(found, (events) => events.map((event) => showLinkedEvent(event, { ...call, platform })));
      },
    },
  ];
}

const each = <From, To>(found: ReadonlyMap<string, From>, show: (value: From) => To): Map<string, To> =>
  new Map([...found].map(([id, value]) => [id, show(value)]));
