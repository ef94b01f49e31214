import { z } from 'zod';

import type { House } from '../house/house.ts';
import { tells, type Verbs } from '../../platform/activity/verbs.ts';
import { compareCursors, formatCursor, head, parseCursor, readAfter } from '../../platform/activity/activity.ts';
import { endpoint, type Endpoint } from '../../platform/api/api.ts';
import { InvalidInput } from '../../platform/http/errors.ts';
import { visibleLines, wire } from './lines.ts';

const LIMIT = 200;

const jsonOf = (verbs: Verbs) =>
  z
    .object({
      cursor: z.string().meta({ description: 'Its place: `after` of who goes on from here' }),
      type: z
        .enum(Object.keys(verbs).filter((type) => !tells(verbs, { type }, 'staff')))
        .meta({ description: 'What happened' }),
      kind: z.string().meta({ description: 'Of the subject: idea, event, comment …' }),
      subject: z.string().meta({ description: 'To what it happened' }),
      root: z.string().meta({ description: 'On whose page that stands' }),
      space: z.string().nullable().meta({ description: 'Short name of its space' }),
      text: z.string().nullable().meta({ description: 'The text that came or was translated' }),
      language: z.string().nullable().meta({ description: 'Into which it was translated' }),
    })
    .meta({ id: 'ActivityLine', description: 'One thing that happened: it names no person and holds no words' });

const activityInput = z.object({
  after: z.string().max(64).optional().meta({ description: '`next` of the page before, or the cursor of a line' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LIMIT)
    .default(100)
    .meta({ description: 'How many lines are looked at, at most' }),
});

/** What the live channel pushes, for those who ask instead. Without `after` from the beginning. */
export function activityApi({ verbs }: House): Endpoint[] {
  const list = z.object({
    items: z.array(jsonOf(verbs)),
    next: z.string().meta({ description: '`after` of the next call' }),
    reset: z
      .boolean()
      .optional()
      .meta({ description: 'Forget what you have: the cursor is from another life of the data' }),
  });
  return [
    endpoint({
      method: 'get',
      path: '/activity',
      summary: 'What happened after a cursor, in order; `reset` when the cursor is from another life of the data',
      query: activityInput,
      answers: { 200: list },
      handle: async ({ em, query: { after, limit } }) => {
        const from = after === undefined ? { generation: '0', xid: '0', id: '0' } : parseCursor(after);
        if (!from) throw new InvalidInput([{ field: 'after', key: 'errors:badCursor', params: {} }]);
        const now = await head(em);
        if (compareCursors(from, now) > 0)
          return { status: 200, body: { items: [], next: formatCursor(now), reset: true } };
        const lines = await readAfter(em, from, limit);
        const shown = await visibleLines(em, lines, verbs);
        return {
          status: 200,
          body: {
            items: shown.filter((line) => !tells(verbs, line, 'staff')).map(wire),
            next: lines.at(-1)?.cursor ?? formatCursor(from.generation === '0' ? now : from),
          },
        };
      },
    }),
  ];
}
