import { startPeer, type Peer, type PeerActor } from '../support/federation/peer.ts';
import { eventually } from '../support/polyphony.ts';
import { startProgram, untilReady, type Program } from '../support/program.ts';
import { quantile, type Bench, type Figure } from './figures.ts';
import { stockedDatabase, withClient } from './stock.ts';

const IDEAS = 1_000;
/** A server, and an address before it is known which, may say 3,000 things a minute. */
const SERVERS = 8;
const PEOPLE = 160;
const ACTIVITIES = 2_700;
const AT_ONCE = 24;
const INBOXES = 1_000;
const ASKED = { accepted: 300, p99: 200, delivered: 200 };
const SECRET = 'a secret of thirty-two characters, or more';

/** Servers on loopback that sign by hand, against a program of its own on PostgreSQL. */
export async function benchFederation({ server, say }: Bench): Promise<Figure[]> {
  const url = await stockedDatabase(server, IDEAS);
  await withClient(url, async (client) => {
    await client.query('delete from endorsement where person_id in (select id from person where host is not null)');
    await client.query(
      'truncate delivery, sent_activity, follower, received_activity, told_subject, due_telling cascade',
    );
    await client.query('update person set federated = true where host is null');
  });
  const program = await startProgram({ DATABASE_URL: url, FEDERATION: 'local', SECRET, TRANSLATION_ENGINES: 'none' });
  const peers = await Promise.all(Array.from({ length: SERVERS }, startPeer));
  try {
    await untilReady(program);
    const ideas = await withClient(url, (client) =>
      client.query<{ id: string }>("select id from subject where kind = 'idea'"),
    );
    say('  inbox');
    const inbox = await benchInbox(
      program,
      peers,
      ideas.rows.map(({ id }) => id),
    );
    say('  fan-out');
    return [...inbox, await benchFanOut(program, peers, url)];
  } finally {
    await program.stop();
    await Promise.all(peers.map((peer) => peer.close()));
  }
}

async function benchInbox({ url }: Program, peers: readonly Peer[], ideas: readonly string[]): Promise<Figure[]> {
  const people = Array.from({ length: PEOPLE }, (_, index) => actorOf(peers, index));
  // The first of each is answered when its key was fetched: that is another matter.
  await Promise.all(
    people.map((each, index) => each.send(`${url}/inbox`, each.activity('Like', `${url}/o/${ideas[index]}`))),
  );
  const waiting = Array.from({ length: ACTIVITIES }, (_, index) => index);
  const taken: number[] = [];
  const wrong = new Map<number, number>();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
        const person = people[index % PEOPLE];
        if (!person) continue;
        const begun = performance.now();
        const status = await person.send(`${url}/inbox`, person.activity('Like', `${url}/o/${ideas[index % IDEAS]}`));
        taken.push(performance.now() - begun);
        if (status !== 202) wrong.set(status, (wrong.get(status) ?? 0) + 1);
      }
    }),
  );
  const rate = (ACTIVITIES * 1_000) / (performance.now() - started);
  const p99 = quantile(taken, 0.99);
  const against = wrong.size === 0 ? 'all 202' : JSON.stringify([...wrong]);
  return [
    {
      what: `federation: signed activities accepted and stored, ${AT_ONCE} at once`,
      against,
      asked: `≥ ${ASKED.accepted}/s`,
      measured: `${Math.round(rate)}/s`,
      ok: rate >= ASKED.accepted && wrong.size === 0,
    },
    {
      what: 'federation: the same, slowest of a hundred',
      against,
      asked: `< ${ASKED.p99} ms`,
      measured: `${Math.round(p99)} ms`,
      ok: p99 < ASKED.p99,
    },
  ];
}

function actorOf(peers: readonly Peer[], index: number): PeerActor {
  const peer = peers[index % peers.length];
  if (!peer) throw new Error('there is no server');
  return peer.actor(`person-${index}`);
}

/** One idea to followers with so many inboxes. */
async function benchFanOut({ url }: Program, peers: readonly Peer[], database: string): Promise<Figure> {
  const before = peers.map(({ received }) => received.length);
  await withClient(database, async (client) => {
    for (let index = 0; index < INBOXES; index++) {
      const { url: home, host } = peers[index % peers.length] ?? { url: '', host: '' };
      const uri = `${home}/users/reader-${index}`;
      await client.query(
        'insert into remote_actor (uri, host, type, handle, name, inbox) values ($1, $2, $3, $4, $4, $5) on conflict do nothing',
        [uri, host, 'Person', `reader-${index}`, `${uri}/inbox`],
      );
      await client.query(
        'insert into follower (actor, follower, activity) values ($1, $2, $2) on conflict do nothing',
        [`${url}/s/climate`, uri],
      );
    }
    await client.query(`insert into due_telling (subject_id, due_at) select s.id, now() from subject s
      join space sp on sp.subject_id = s.space_id where sp.slug = 'climate' and s.kind = 'idea' order by s.id limit 1`);
  });
  const wanted = INBOXES * 2; // the announced activity, and the bare object
  const started = performance.now();
  const arrived = () => peers.reduce((sum, { received }, index) => sum + received.length - (before[index] ?? 0), 0);
  await eventually(async () => {
    if (arrived() < wanted) throw new Error(`${arrived()} of ${wanted} arrived`);
  }, 60);
  const rate = (wanted * 1_000) / (performance.now() - started);
  return {
    what: `federation: one idea to ${INBOXES} inboxes of ${SERVERS} servers`,
    against: `${wanted} deliveries, signed`,
    asked: `≥ ${ASKED.delivered}/s`,
    measured: `${Math.round(rate)}/s`,
    ok: rate >= ASKED.delivered,
  };
}
