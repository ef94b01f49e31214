import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { blockedAmong, isWithin, partsOf } from './neighbours.ts';

/** Of a set-aside activity as much as somebody reads. */
const RAW_CHARACTERS = 20_000;

/** Another server as administrators see it. */
export interface Server {
  host: string;
  state: 'known' | 'allowed' | 'held' | 'blocked';
  /** What it is a part of, and blocked together with; null where it is not. */
  blockedWith: string | null;
  lastInAt: Date | null;
  lastOutAt: Date | null;
  followers: number;
  /** Deliveries on their way to it. */
  waiting: number;
  /** In a row. */
  failures: number;
  lastFailure: string | null;
  /** Null where it is not in a pause. */
  nextTryAt: Date | null;
}

interface Part {
  limit: number;
  offset: number;
}

/** Those that need somebody first, blocked ones last, in between those heard of latest. */
export async function listServers(em: Em, { limit, offset }: Part): Promise<Server[]> {
  const found = await rows(
    em,
    sql<Omit<Server, 'blockedWith'>>`select n.host, n.state, n.last_in_at as "lastInAt", n.last_out_at as "lastOutAt",
        (select count(distinct f.follower)::int from follower f join remote_actor r on r.uri = f.follower
          where r.host = n.host and r.gone_at is null) as followers,
        (select count(*)::int from delivery d where d.host = n.host) as waiting,
        n.failures, n.last_failure as "lastFailure",
        case when n.next_try_at > now() then n.next_try_at end as "nextTryAt"
      from neighbour n
      order by n.state = 'blocked', n.failures = 0, greatest(n.last_in_at, n.last_out_at, n.first_seen_at) desc, n.host
      limit ${limit} offset ${offset}`,
  );
  const above = (host: string): string[] => partsOf(host).filter((part) => part !== host);
  const blocked = await blockedAmong(
    em,
    found.flatMap(({ host }) => above(host)),
  );
  return found.map((server) => ({
    ...server,
    blockedWith: above(server.host).find((part) => blocked.has(part)) ?? null,
  }));
}

export async function countServers(em: Em): Promise<number> {
  return (await row(em, sql<{ count: number }>`select count(*)::int as count from neighbour`))?.count ?? 0;
}

/** What would go if a server were blocked. */
export interface Losses {
  followers: number;
  waiting: number;
}

export async function readLosses(em: Em, host: string): Promise<Losses> {
  const found = await row(
    em,
    sql<Losses>`select
        (select count(distinct f.follower)::int from follower f
          where f.follower in (select uri from remote_actor where ${isWithin(host)})) as followers,
        (select count(*)::int from delivery where ${isWithin(host)}) as waiting`,
  );
  return found ?? { followers: 0, waiting: 0 };
}

/** An activity of another server from which nothing followed here. */
export interface AsideActivity {
  uri: string;
  type: string;
  /** Address of who sent it. */
  actor: string;
  host: string;
  /** Null where the actor is not known any more. */
  handle: string | null;
  /** The code of an error, or English. */
  reason: string;
  at: Date;
  /** The JSON as it came, at most its beginning. */
  raw: string;
  isCut: boolean;
}

/** The latest first. */
export const listAside = (em: Em, { limit, offset }: Part): Promise<AsideActivity[]> =>
  rows(
    em,
    sql<AsideActivity>`select v.uri, v.type, v.actor, v.host, r.handle, coalesce(v.reason, '') as reason, v.at,
        left(jsonb_pretty(v.body), ${RAW_CHARACTERS}::int) as raw, length(jsonb_pretty(v.body)) > ${RAW_CHARACTERS}::int as "isCut"
      from received_activity v left join remote_actor r on r.uri = v.actor
      where v.state = 'set aside' order by v.at desc, v.uri limit ${limit} offset ${offset}`,
  );

export async function countAside(em: Em): Promise<number> {
  const found = await row(
    em,
    sql<{ count: number }>`select count(*)::int as count from received_activity where state = 'set aside'`,
  );
  return found?.count ?? 0;
}
