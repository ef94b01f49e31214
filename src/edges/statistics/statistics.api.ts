import { z } from 'zod';

import type { House } from '../../services/house/house.ts';
import { endpoint, type Endpoint } from '../../platform/api/api.ts';
import { findSpace } from '../../kinds/spaces/spaces.reads.ts';
import { definitionsOf } from './definitions.ts';
import { readWeek } from './statistics.reads.ts';
import { findWeek, isOpen } from './weeks.ts';

/** One entry for each figure. */
function figuresOf<S extends z.ZodType>(schema: S) {
  return z.object({
    participants: schema,
    ideas: schema,
    comments: schema,
    endorsements: schema,
    languages: schema,
    events: schema,
    held: schema,
    registrations: schema,
    reports: schema,
    attendees: schema,
  });
}

const figuresJson = figuresOf(z.int());

const weekJson = z.object({
  week: z.string(),
  from: z.iso.datetime(),
  /** The first moment that no longer belongs to it. */
  until: z.iso.datetime(),
  timeZone: z.string(),
  /** Still open: the figures grow. */
  open: z.boolean(),
  space: z.string().nullable(),
  figures: figuresJson,
  before: figuresJson,
  total: figuresJson,
  bySpace: z.array(z.object({ space: z.string(), ideas: z.int() })),
  byLanguage: z.array(z.object({ language: z.string(), ideas: z.int() })),
  definitions: figuresOf(z.string()),
});

/** The figures of a week, counted when asked: `before` is the week before, `total` all up to the end of the week. */
export function statisticsApi({ settings: { timeZone }, languages }: House): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/statistics/weeks/{week}',
      summary: 'Figures of a week, of all spaces or of one, with their definitions in the language asked',
      query: z.object({ space: z.string().max(100).optional() }),
      answers: { 200: weekJson },
      errors: [404],
      handle: async ({ ctx, em, lang, person, params, query }) => {
        const now = new Date();
        const week = findWeek(params['week'] ?? '', timeZone, now);
        const space =
          query.space === undefined ? null : await findSpace(em, query.space, { languages, language: lang, person });
        const { figures, before, total, bySpace, byLanguage } = await readWeek(em, week, timeZone, space?.id);
        const body = {
          week: week.name,
          from: week.from.toISOString(),
          until: week.until.toISOString(),
          timeZone,
          open: isOpen(week, now),
          space: space?.slug ?? null,
          figures,
          before,
          total,
          bySpace: bySpace.map(({ key, count }) => ({ space: key, ideas: count })),
          byLanguage: byLanguage.map(({ key, count }) => ({ language: key, ideas: count })),
          definitions: definitionsOf(ctx.state.t),
        };
        return { status: 200, body };
      },
    }),
  ];
}
