import { sql, type RawBuilder } from 'kysely';

import { tells, type Verbs } from '../../platform/activity/verbs.ts';
import type { Counter } from '../house/kinds.ts';
import { record, type Line } from '../../platform/activity/activity.ts';
import type { ActivityReader } from '../../platform/activity/readers.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';

interface Counted {
  counters: readonly Counter[];
  verbs: Verbs;
}

/** Keeps the numbers of subjects. */
export const counting = (counted: Counted): ActivityReader => ({
  name: 'counts',
  every: ({ countMilliseconds }) => countMilliseconds,
  handle: (em, lines) => countChanged(em, counted, lines),
});

/** Counts anew what the lines are about, and tells of the subjects whose numbers are others than before. */
async function countChanged(em: Em, { counters, verbs }: Counted, lines: readonly Line[]): Promise<void> {
  const ids = [...new Set(lines.flatMap((line) => affected(line, verbs)))];
  const changed = new Set<string>();
  for (const counter of counters) for (const id of await recount(em, counter, ids)) changed.add(id);
  for (const id of changed) await tell(em, id);
}

/** Words that come and go are counted where they stand, acts where they are done; everything else changes no number. */
function affected(line: Line, verbs: Verbs): string[] {
  const counts = tells(verbs, line, 'words') || tells(verbs, line, 'number');
  return counts ? [line.subjectId, line.rootId] : [];
}

async function recount(em: Em, { name, count }: Counter, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const changed = await rows(
    em,
    sql<{ subject_id: string }>`
      insert into subject_count (subject_id, name, value)
      select s.id, ${name}, coalesce(c.value, 0) from subject s left join (${count(ids)}) c on c.subject_id = s.id
      where s.id = any(${[...ids]}::uuid[]) and (c.value is not null or exists (select 1 from subject_count k where k.subject_id = s.id and k.name = ${name}))
      on conflict (subject_id, name) do update set value = excluded.value where subject_count.value <> excluded.value
      returning subject_id`,
  );
  return changed.map((each) => each.subject_id);
}

async function tell(em: Em, id: string): Promise<void> {
  const subject = await row(
    em,
    sql<{
      kind: string;
      root_id: string;
      space_id: string | null;
    }>`select kind, root_id, space_id from subject where id = ${id}`,
  );
  if (subject)
    await record(em, {
      type: 'counted',
      kind: subject.kind,
      subjectId: id,
      rootId: subject.root_id,
      spaceId: subject.space_id,
    });
}

/** The numbers of the subject `s` as one JSON object. */
export const countColumns: RawBuilder<unknown> = sql`coalesce((select jsonb_object_agg(k.name, k.value) from subject_count k where k.subject_id = s.id), '{}') as counts`;
