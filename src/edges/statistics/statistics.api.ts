import { z } from 'zod';

import type { Figures } from '../../services/house/figures.ts';
import type { T } from '../../platform/i18n.ts';
import type { House } from '../../services/house/house.ts';
import { endpoint, type Endpoint } from '../../platform/api/api.ts';
import { findSpace } from '../../kinds/spaces/spaces.reads.ts';
import { readWeek } from './statistics.reads.ts';
import { findWeek, isOpen } from './weeks.ts';

/** The schema of a week; the figures are those that the features have, described by their definitions. */
function weekJson(figures: Figures, t: T) {
  const ofEach = (schema: z.ZodType) =>
    z.object(
      Object.fromEntries(figures.all.map(({ name, meaning }) => [name, schema.meta({ description: t(meaning) })])),
    );
  const numbers = ofEach(z.int()).meta({ id: 'Figures', description: 'What was done' });
  const ideas = z.int().meta({ description: 'Ideas published' });
  const space = z.string().meta({ description: 'Short name of a space' });
  const language = z.string().meta({ description: 'What they were written in' });
  return z
    .object({
      week: z.string().meta({ description: 'ISO week, as `2026-W47`' }),
      from: z.iso.datetime().meta({ description: 'Its first moment' }),
      until: z.iso.datetime().meta({ description: 'The first moment that no longer belongs to it' }),
      timeZone: z.string().meta({ description: 'Where the week begins at midnight: a name in the IANA database' }),
      open: z.boolean().meta({ description: 'Still open: the figures grow' }),
      space: space.nullable().meta({ description: 'The space asked for; null for all' }),
      figures: numbers.meta({ description: 'In this week' }),
      before: numbers.meta({ description: 'In the week before' }),
      total: numbers.meta({ description: 'Up to the end of this week' }),
      bySpace: z.array(z.object({ space, ideas })).meta({ description: 'The ideas of this week by space' }),
      byLanguage: z.array(z.object({ language, ideas })).meta({ description: 'The ideas of this week by language' }),
      definitions: ofEach(z.string()).meta({
        id: 'Definitions',
        description: 'What each figure counts, in the language asked',
      }),
    })
    .meta({ id: 'Week', description: 'The figures of a week' });
}

/** The figures of a week, counted when asked: `before` is the week before, `total` all up to the end of the week. */
export function statisticsApi({ settings: { timeZone }, languages, figures, words }: House): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/statistics/weeks/{week}',
      summary: 'Figures of a week, of all spaces or of one, with their definitions in the language asked',
      query: z.object({
        space: z.string().max(100).optional().meta({ description: 'Short name of a space; all without one' }),
      }),
      answers: { 200: weekJson(figures, words.in('en')) },
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
