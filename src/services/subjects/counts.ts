import { sql, type RawBuilder } from 'kysely';
import type { Logger } from 'pino';

import { tells, type Verbs } from '../../platform/activity/verbs.ts';
import type { Counter } from '../house/kinds.ts';
import { parseCursor, readAfter, record, type Line, type Cursor } from '../../platform/activity/activity.ts';
import { row, rows, type Database, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';

/** Numbers on a screen move once a second at most; one hot idea then costs one recount, however many support it. */
const SECONDS = 1;
const BATCH = 1_000;
const READER = 'counts';

/** Keeps the numbers of subjects: a reader of the activity with a cursor of its own, in one process at a time. */
export function startCounting(
  database: Database,
  { counters, verbs }: { counters: readonly Counter[]; verbs: Verbs },
  log: Logger,
): { close(): Promise<void> } {
  let closed = false;
  let timer: NodeJS.Timeout;
  let running = Promise.resolve();
  const turn = () => {
    running = step()
      .catch((error: unknown) => log.error({ error }, 'subjects could not be counted'))
      .then(() => {
        if (!closed) timer = setTimeout(turn, SECONDS * 1_000);
      });
  };
  const step = () => transaction(database.em(), (em) => countChanged(em, counters, verbs));
  turn();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Counts anew what the next lines are about. */
async function countChanged(em: Em, counters: readonly Counter[], verbs: Verbs): Promise<void> {
  const cursor = await takeCursor(em);
  if (!cursor) return;
  const lines = await readAfter(em, cursor, BATCH);
  const last = parseCursor(lines.at(-1)?.cursor ?? '');
  if (!last) return;
  const ids = [...new Set(lines.flatMap((line) => affected(line, verbs)))];
  const changed = new Set<string>();
  for (const counter of counters) for (const id of await recount(em, counter, ids)) changed.add(id);
  for (const id of changed) await tell(em, id);
  await rows(
    em,
    sql`update activity_cursor set generation = ${last.generation}::bigint, xid = ${last.xid}::xid8, id = ${last.id}::bigint where reader = ${READER}`,
  );
}

/** Null while another process counts. */
async function takeCursor(em: Em): Promise<Cursor | null> {
  await rows(
    em,
    sql`insert into activity_cursor (reader, generation, xid, id) values (${READER}, 0, '0', 0) on conflict do nothing`,
  );
  return row(
    em,
    sql<Cursor>`select generation::text, xid::text, id::text from activity_cursor where reader = ${READER} for update skip locked`,
  );
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
