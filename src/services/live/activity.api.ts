import { z } from 'zod';

import type { House } from '../house/house.ts';
import type { Verbs } from '../../platform/activity/verbs.ts';
import { compareCursors, formatCursor, head, parseCursor, readAfter } from '../../platform/activity/activity.ts';
import { endpoint, type Endpoint } from '../../platform/api/api.ts';
import { InvalidInput } from '../../platform/http/errors.ts';
import { visibleLines, wire } from './lines.ts';

const LIMIT = 200;

const jsonOf = (verbs: Verbs) =>
  z.object({
    cursor: z.string(),
    type: z.enum(Object.keys(verbs)),
    kind: z.string(),
    subject: z.string(),
    root: z.string(),
    space: z.string().nullable(),
    text: z.string().nullable(),
    language: z.string().nullable(),
  });

const activityInput = z.object({
  after: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(LIMIT).default(100),
});

/** What the live channel pushes, for those who ask instead. Without `after` from the beginning. */
export function activityApi({ verbs }: House): Endpoint[] {
  const lineJson = jsonOf(verbs);
  return [
    endpoint({
      method: 'get',
      path: '/activity',
      summary: 'What happened after a cursor, in order; `reset` when the cursor is from another life of the data',
      query: activityInput,
      answers: { 200: z.object({ items: z.array(lineJson), next: z.string(), reset: z.boolean().optional() }) },
      handle: async ({ em, query: { after, limit } }) => {
        const from = after === undefined ? { generation: '0', xid: '0', id: '0' } : parseCursor(after);
        if (!from) throw new InvalidInput([{ field: 'after', key: 'errors:badCursor', params: {} }]);
        const now = await head(em);
        if (compareCursors(from, now) > 0)
          return { status: 200, body: { items: [], next: formatCursor(now), reset: true } };
        const lines = await readAfter(em, from, limit);
        const shown = await visibleLines(em, lines);
        return {
          status: 200,
          body: {
            items: shown.map(wire),
            next: lines.at(-1)?.cursor ?? formatCursor(from.generation === '0' ? now : from),
          },
        };
      },
    }),
  ];
}
