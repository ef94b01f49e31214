import type { Jobs } from '../../src/platform/jobs.ts';
import { kindsOf } from '../support/kinds.ts';
import { setEndorsement } from '../../src/kinds/endorsements/endorsements.ts';
import { entitiesOf, features } from '../../src/features.ts';
import { register } from '../../src/kinds/registrations/registrations.ts';
import { openDatabase, type Em } from '../../src/platform/db/database.ts';
import type { Person } from '../../src/platform/person.ts';
import type { Bench, Figure } from './figures.ts';
import { fullDatabase } from './full-stock.ts';
import { withClient } from './stock.ts';

const PEOPLE = 5_000;
const AT_ONCE = 16;
const CAPACITY = 3_000;
const ASKED = { endorsements: 1_000, registrations: 500 };

/** Mails are another matter. */
const noJobs: Jobs = {
  send: async () => {},
  work: async () => {},
  schedule: async () => {},
  waiting: async () => 0,
  close: async () => {},
};

/** Everybody wants the same at once: the operations on a real server, without HTTP before them. */
export async function benchActs({ server }: Bench): Promise<Figure[]> {
  const url = await fullDatabase(server);
  const { idea, event, people } = await findBusy(url);
  const database = await openDatabase({ databaseUrl: url, dataDir: '' }, entitiesOf(features));
  const kinds = kindsOf();
  try {
    const support = (em: Em, person: Person) => setEndorsement(em, kinds, person, { id: idea, supports: true });
    const endorsed = await everybody(people, (person) => support(database.em(), person));
    const registered = await everybody(people, (person) => register(database.em(), noJobs, person, event));
    const counted = await countBoth(url, idea, event);
    return [
      figureOf('support for one idea', endorsed, ASKED.endorsements, counted.endorsements === PEOPLE),
      figureOf(
        `registrations for one event of ${CAPACITY} seats`,
        registered,
        ASKED.registrations,
        counted.seats === CAPACITY && counted.waiting === PEOPLE - CAPACITY,
      ),
    ];
  } finally {
    await database.close();
  }
}

/** Acts a second. */
async function everybody(people: readonly Person[], act: (person: Person) => Promise<unknown>): Promise<number> {
  const waiting = [...people];
  const started = performance.now();
  const one = async () => {
    for (let person = waiting.pop(); person; person = waiting.pop()) await act(person);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return (people.length * 1_000) / (performance.now() - started);
}

function figureOf(what: string, rate: number, asked: number, isExact: boolean): Figure {
  return {
    what: `${what}, ${AT_ONCE} at once`,
    against: isExact ? 'exact' : 'NOT exact',
    asked: `≥ ${asked}/s`,
    measured: `${Math.round(rate)}/s`,
    ok: rate >= asked && isExact,
  };
}

/** A fresh idea's support, and an event that is still to come with so many seats and nobody in them. */
async function findBusy(url: string): Promise<{ idea: string; event: string; people: Person[] }> {
  return withClient(url, async (client) => {
    const one = async (text: string) => (await client.query<{ id: string }>(text)).rows[0]?.id ?? '';
    const idea = await one(
      "select id from subject where kind = 'idea' and closed_at is null order by published_at desc limit 1",
    );
    const event = await one('select subject_id as id from event where ends_at > now() order by starts_at desc limit 1');
    await client.query('delete from endorsement where subject_id = $1', [idea]);
    await client.query('delete from registration where event_id = $1', [event]);
    await client.query('update event set capacity = $2 where subject_id = $1', [event, CAPACITY]);
    const { rows } = await client.query<{ id: string }>(
      `select id from person where handle like 'person-%' limit ${PEOPLE}`,
    );
    return { idea, event, people: rows.map(personOf) };
  });
}

const personOf = ({ id }: { id: string }): Person => ({
  id,
  handle: null,
  name: null,
  reads: [],
  roles: [],
  unlimited: true,
  interfaceLanguage: 'en',
  textsLanguage: null,
  showsFirst: null,
  showsSupport: false,
});

async function countBoth(url: string, idea: string, event: string) {
  const { rows } = await withClient(url, (client) =>
    client.query<{ endorsements: number; seats: number; waiting: number }>(
      `select (select count(*)::int from endorsement where subject_id = $1) as endorsements,
        (select count(*)::int from registration where event_id = $2 and state = 'registered') as seats,
        (select count(*)::int from registration where event_id = $2 and state = 'waiting') as waiting`,
      [idea, event],
    ),
  );
  return rows[0] ?? { endorsements: 0, seats: 0, waiting: 0 };
}
