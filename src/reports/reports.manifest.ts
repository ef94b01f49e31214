import { z } from 'zod';

import type { Call } from '../platform/api/api.ts';
import type { Platform } from '../platform/platform.ts';
import type { Field } from '../subjects/kinds.ts';
import type { Languages } from '../texts/texts.ts';
import {
  linkedEventJson,
  linkedIdeaJson,
  reportOfJson,
  showLinkedEvent,
  showLinkedIdea,
  showReportOf,
} from './report.json.ts';
import { listEventsOf, listIdeasOf, listReportsOf } from './reports.reads.ts';

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
