import { z } from 'zod';

import type { Figures } from '../../services/house/figures.ts';
import type { House } from '../../services/house/house.ts';
import { endpoint, type Endpoint } from '../../platform/api/api.ts';
import { findSpace } from '../../kinds/spaces/spaces.reads.ts';
import { readWeek } from './statistics.reads.ts';
import { findWeek, isOpen } from './weeks.ts';

/** The schema of a week; the figures are those that the features have. */
function weekJson(figures: Figures) {
  const ofEach = <S extends z.ZodType>(schema: S) =>
    z.object(Object.fromEntries(figures.all.map(({ name }) => [name, schema])));
  const numbers = ofEach(z.int());
  return z.object({
    week: z.string(),
    from: z.iso.datetime(),
    /** The first moment that no longer belongs to it. */
    until: z.iso.datetime(),
    timeZone: z.string(),
    /** Still open: the figures grow. */
    open: z.boolean(),
    space: z.string().nullable(),
    figures: numbers,
    before: numbers,
    total: numbers,
    bySpace: z.array(z.object({ space: z.string(), ideas: z.int() })),
    byLanguage: z.array(z.object({ language: z.string(), ideas: z.int() })),
    definitions: ofEach(z.string()),
  });
}

/** The figures of a week, counted when asked: `before` is the week before, `total` all up to the end of the week. */
export function statisticsApi({ settings: { timeZone }, languages, figures }: House): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/statistics/weeks/{week}',
      summary: 'Figures of a week, of all spaces or of one, with their definitions in the language asked',
      query: z.object({ space: z.string().max(100).optional() }),
      answers: { 200: weekJson(figures) },
      errors: [404],
      handle: async ({ ctx, em, lang, person, params, query }) => {
        const now = new Date();
        const week = findWeek(params['week'] ?? '', timeZone, now);
        const space =
          query.space === undefined ? null : await findSpace(em, query.space, { languages, language: lang, person });
        const counted = await readWeek(em, figures, { week, timeZone, spaceId: space?.id ?? null });
        const body = {
          week: week.name,
          from: week.from.toISOString(),
          until: week.until.toISOString(),
          timeZone,
          open: isOpen(week, now),
          space: space?.slug ?? null,
          figures: counted.figures,
          before: counted.before,
          total: counted.total,
          bySpace: counted.bySpace.map(({ key, count }) => ({ space: key, ideas: count })),
          byLanguage: counted.byLanguage.map(({ key, count }) => ({ language: key, ideas: count })),
          definitions: Object.fromEntries(figures.all.map(({ name, meaning }) => [name, ctx.state.t(meaning)])),
        };
        return { status: 200, body };
      },
    }),
  ];
}
