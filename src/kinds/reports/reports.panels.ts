import { z } from 'zod';

import type { House } from '../../services/house/house.ts';
import { eventActs } from '../events/events.policy.ts';
import { findEvent } from '../events/events.reads.ts';
import { listIdeas } from '../ideas/ideas.reads.ts';
import type { Context } from '../../platform/http/context.ts';
import { html } from '../../platform/html.ts';
import type { Field, Panel } from '../../services/house/kinds.ts';
import { may } from '../../services/subjects/gate.ts';
import { isModeratorOf } from '../../services/subjects/subjects.ts';
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

/** The report on the page of its event, once that is over. */
export function createReportPanel(house: House): Panel {
  const { settings, languages } = house;
  return {
    for: 'report',
    async render(ctx, subject) {
      const { em, person, t, reader } = ctx.state;
      const event = await findEvent(em, subject.id, reader);
      if (event.cancelledAt || !event.isOver) return { html: html``, standsOn: [] };
      const report = await findReportOf(em, event.id, reader);
      if (report && !maySee(report, ctx)) return { html: hiddenReportPanel(t), standsOn: [] };
      if (person && report) await wishForReader(em, languages, reader, wishable([report.text]));
      const { ideas, standsOn } = await readNamed(ctx, event.id, house);
      const isOpen = !report || report.state === 'open';
      const mayWrite = isOpen && (await may(em, person, { act: eventActs.reportOn, subject }));
      const panel = {
        eventId: event.id,
        report,
        ideas,
        mayWrite,
        timeZone: settings.timeZone,
      };
      return { html: reportPanel(panel, showingOf(ctx, settings)), standsOn };
    },
  };
}

/** A hidden one is seen by its author and the moderators. */
const maySee = ({ state, author, spaceId }: ShownReport, { state: { person } }: Context): boolean =>
  state === 'open' || (person !== null && author?.id === person.id) || isModeratorOf(person, { spaceId });

/** The ideas that the public report of an event names, as cards, and their ids. */
export async function readNamed(
  ctx: Context,
  eventId: string,
  { spacesIn }: House,
): Promise<{ ideas: NamedIdea[]; standsOn: string[] }> {
  const { em, language, reader } = ctx.state;
  const links = (await listIdeasOf(em, [eventId], reader)).get(eventId) ?? [];
  const ids = links.map(({ id }) => id);
  const ideas = await listIdeas(em, { ids }, { limit: ids.length }, reader);
  const spaces = await spacesIn(reader.language, language);
  const named = ideas.map((idea) => ({
    idea,
    type: links.find(({ id }) => id === idea.id)?.type ?? 'discussed',
    space: spaces.find(({ id }) => id === idea.spaceId) ?? null,
  }));
  return { ideas: named, standsOn: ids };
}

/** The events at which an idea was discussed, on its page. */
export function createDiscussedPanel({ settings }: House): Panel {
  return {
    for: 'discussion',
    async render(ctx, { id }) {
      const { em, t } = ctx.state;
      const reader = { ...ctx.state.reader, preference: viewOf(ctx, settings) };
      const events = (await listEventsOf(em, [id], reader)).get(id) ?? [];
      return { html: discussedPanel(id, events, t), standsOn: events.map((event) => event.id) };
    },
  };
}

/** What reports add to the JSON of events and of ideas. */
export function reportFields(house: House): Field[] {
  return [
    {
      for: 'report',
      name: 'ideas',
      schema: z.array(linkedIdeaJson).meta({ description: 'Ideas that were discussed or born there' }),
      empty: [],
      async read(call, ids) {
        const found = await listIdeasOf(call.em, ids, call.reader);
        return each(found, (ideas) => ideas.map((idea) => showLinkedIdea(idea, { ...call, platform: house })));
      },
    },
    {
      for: 'report',
      name: 'report',
      schema: reportOfJson.nullable().meta({ description: 'What was said there; null while there is none' }),
      empty: null,
      async read(call, ids) {
        const found = await listReportsOf(call.em, ids, call.reader);
        return new Map(found.map((report) => [report.eventId, showReportOf(report, { ...call, platform: house })]));
      },
    },
    {
      for: 'discussion',
      name: 'events',
      schema: z.array(linkedEventJson).meta({ description: 'Events at which it was discussed or born' }),
      empty: [],
      async read(call, ids) {
        const found = await listEventsOf(call.em, ids, call.reader);
        return each(found, (events) => events.map((event) => showLinkedEvent(event, { ...call, platform: house })));
      },
    },
  ];
}

const each = <From, To>(found: ReadonlyMap<string, From>, show: (value: From) => To): Map<string, To> =>
  new Map([...found].map(([id, value]) => [id, show(value)]));
