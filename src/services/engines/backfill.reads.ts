import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';

/** Older ones stay in the table; nobody looks at them on a page. */
const SHOWN = 20;
/** How fast it goes is judged by the last minutes: engines come and go. */
const RECENT_MINUTES = 5;

/** How far a backfill has come. */
export interface Progress {
  id: string;
  spaceId: string | null;
  language: string | null;
  by: { name: string; handle: string } | null;
  createdAt: Date;
  stoppedAt: Date | null;
  /** Everything is queued and `total` is counted; before, it is the forecast. */
  isFilled: boolean;
  total: number;
  /** Of the forecast. */
  characters: number;
  done: number;
  waiting: number;
  failed: number;
  /** Ready in the last minutes. */
  recent: number;
  recentSeconds: number;
}

/** The last ones, the newest first. */
export function listBackfills(em: Em): Promise<Progress[]> {
  return rows(
    em,
    sql<Progress>`select b.id, b.space_id as "spaceId", b.language, b.created_at as "createdAt", b.stopped_at as "stoppedAt",
        b.filled_at is not null as "isFilled", b.total, b.characters::float8 as characters,
        case when p.handle is not null then json_build_object('name', p.name, 'handle', p.handle) end as by,
        n.done, n.waiting, n.failed, n.recent,
        least(${RECENT_MINUTES * 60}, extract(epoch from now() - b.created_at))::float8 as "recentSeconds"
      from (select * from backfill order by created_at desc limit ${SHOWN}) b left join person p on p.id = b.created_by
      cross join lateral (
        select count(*) filter (where state = 'ready')::int as done, count(*) filter (where state in ('queued', 'suspended'))::int as waiting,
          count(*) filter (where state = 'failed')::int as failed,
          count(*) filter (where state = 'ready' and ready_at > now() - ${`${RECENT_MINUTES} minutes`}::interval)::int as recent
        from translation where backfill_id = b.id) n
      order by b.created_at desc`,
  );
}

/** What a page says of it: percent of what is to be made, characters and seconds that remain; seconds are null when nothing has come of late. */
export function remainderOf(progress: Progress): {
  isOver: boolean;
  percent: number;
  characters: number;
  seconds: number | null;
} {
  const { total, done, failed, waiting, characters, recent, recentSeconds, isFilled, stoppedAt } = progress;
  const all = Math.max(total, done + failed + waiting);
  const left = isFilled ? waiting : all - done - failed;
  const isOver = stoppedAt !== null || (isFilled && waiting === 0);
  return {
    isOver,
    percent: all === 0 ? 100 : Math.floor((100 * (done + failed)) / all),
    characters: isOver || all === 0 ? 0 : Math.round((characters * left) / all),
    seconds: !isOver && recent > 0 ? Math.round((left * recentSeconds) / recent) : null,
  };
}
