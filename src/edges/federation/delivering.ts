import { sql } from 'kysely';
import type { Logger } from 'pino';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { startLoop } from '../../platform/pauses.ts';
import type { House } from '../../services/house/house.ts';
import { federationOf, type Federation } from './federation.ts';
import { Refused } from './guard.ts';
import { document } from './sending.ts';
import { tellDue } from './telling.ts';
import type { Json } from './objects.ts';

/** At once, over all inboxes; to one inbox one after the other. */
const AT_ONCE = 40;
const LEASE_SECONDS = 60;
const FIRST_PAUSE_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 43_200;
/** Who is away for longer reads our outboxes when they are back. */
const DAYS = 7;

interface Claimed {
  id: number;
  inbox: string;
  host: string;
  tries: number;
  actor: string;
  body: Json;
  isOld: boolean;
}

/** Tells other servers what is due, and brings it to their inboxes: in order each, with longer and longer pauses for a server that does not take it. */
export function startDelivering(house: House): { close(): Promise<void> } {
  const { database, pace, log } = house;
  const federation = federationOf(house);
  const loop = startLoop(async () => {
    try {
      const told = await tellDue(house);
      const sent = await deliverSome(database.em(), federation, log);
      return { most: told + sent > 0 ? 0 : pace.readerMilliseconds };
    } catch (error) {
      log.error({ error }, 'other servers could not be told');
      return { most: pace.retryMilliseconds };
    }
  });
  federation.bell.add(loop.wake);
  return loop;
}

async function deliverSome(em: Em, federation: Federation, log: Logger): Promise<number> {
  const claimed = await claim(em);
  await Promise.all(claimed.map((each) => deliverOne(federation.house.database.em(), federation, each, log)));
  return claimed.length;
}

/** The first of each inbox that is free, where its server is not in a pause. */
const claim = (em: Em): Promise<Claimed[]> =>
  rows(
    em,
    sql<Claimed>`with next as (
        select d.id from delivery d left join neighbour n on n.host = d.host
        where d.due_at <= now() and (d.lease_until is null or d.lease_until < now())
          and (n.next_try_at is null or n.next_try_at <= now()) and n.state is distinct from 'blocked'
          and not exists (select 1 from delivery e where e.inbox = d.inbox and e.id < d.id)
        order by d.id limit ${AT_ONCE} for update of d skip locked)
      update delivery d set lease_until = now() + make_interval(secs => ${LEASE_SECONDS}), tries = d.tries + 1
      from next, sent_activity a where d.id = next.id and a.id = d.activity_id
      returning d.id, d.inbox, d.host, d.tries, a.actor, a.body, a.at < now() - make_interval(days => ${DAYS}) as "isOld"`,
  );

async function deliverOne(em: Em, federation: Federation, delivery: Claimed, log: Logger): Promise<void> {
  const { inbox, host, actor, body } = delivery;
  try {
    const { status } = await federation.deliver(em, inbox, { actor, body: document(body) });
    if (status >= 200 && status < 300) return await arrived(em, delivery);
    await failed(em, delivery, `HTTP ${status}`, isFinal(status));
    if (status === 410) await rows(em, sql`update remote_actor set gone_at = now() where inbox = ${inbox}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.info({ host, reason }, 'a server was not reached');
    await failed(em, delivery, reason, error instanceof Refused);
  }
}

/** What is wrong with the activity stays wrong; what is wrong with the moment, or with a signature it could not look up, may pass. */
const isFinal = (status: number): boolean =>
  status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status);

async function arrived(em: Em, { id, host }: Claimed): Promise<void> {
  await rows(em, sql`delete from delivery where id = ${id}`);
  await rows(
    em,
    sql`insert into neighbour (host, last_out_at) values (${host}, now())
        on conflict (host) do update set last_out_at = now(), failures = 0, next_try_at = null, last_failure = null
        where neighbour.failures > 0 or neighbour.last_out_at is null or neighbour.last_out_at < now() - interval '1 minute'`,
  );
}

/** One that nobody will ever take goes; any other waits with all for its server. */
async function failed(em: Em, { id, host, isOld }: Claimed, reason: string, isLast: boolean): Promise<void> {
  const why = reason.slice(0, 300);
  if (isLast || isOld) {
    await rows(em, sql`delete from delivery where id = ${id}`);
    await rows(
      em,
      sql`insert into neighbour (host, last_failure) values (${host}, ${why}) on conflict (host) do update set last_failure = ${why}`,
    );
    return;
  }
  const pause = await row(
    em,
    sql<{ seconds: number }>`insert into neighbour (host, failures, last_failure) values (${host}, 1, ${why})
        on conflict (host) do update set failures = neighbour.failures + 1, last_failure = ${why}
        returning least(${LONGEST_PAUSE_SECONDS}::int, ${FIRST_PAUSE_SECONDS}::int * power(2, least(failures - 1, 10)))::int as seconds`,
  );
  const seconds = pause?.seconds ?? FIRST_PAUSE_SECONDS;
  await rows(
    em,
    sql`update neighbour set next_try_at = now() + make_interval(secs => ${seconds}) where host = ${host}`,
  );
  await rows(em, sql`update delivery set lease_until = null, failure = ${why} where id = ${id}`);
}
