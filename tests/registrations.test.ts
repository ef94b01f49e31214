import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { shiftWeek, weekOf, type Week } from '../src/edges/statistics/weeks.ts';
import { rows } from '../src/platform/db/database.ts';
import { closeListeners, listen } from './support/live.ts';
import { announceEvent, come, mailAbout, stay } from './support/registrations.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { inMail, onPage } from './support/words.ts';

let polyphony: TestPlatform;
let giulia: ApiPerson;
let margot: ApiPerson;
let ionut: ApiPerson;
let astrid: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony();
  giulia = await polyphony.person('Giulia', { language: 'it', roles: ['organizer'] });
  margot = await polyphony.person('Margot', { language: 'fr' });
  ionut = await polyphony.person('Ionuț', { language: 'ro' });
  astrid = await polyphony.person('Astrid', { language: 'es' });
});
afterAll(async () => {
  closeListeners();
  await polyphony.stop();
});

const announce = (capacity: number | null, more: object = {}) => announceEvent(giulia, capacity, more);
const countsOf = async (id: string) => (await giulia.api('GET', `/events/${id}`)).body.counts;

/** The numbers as their reader keeps them. */
async function storedCounts(id: string): Promise<Record<string, number>> {
  const found = await rows(
    polyphony.em(),
    sql<{ name: string; value: number }>`select name, value from subject_count where subject_id = ${id}`,
  );
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
}

async function crowd(size: number, name: string): Promise<ApiPerson[]> {
  const people: ApiPerson[] = [];
  for (let number = 1; number <= size; number++) people.push(await polyphony.person(`${name} ${number}`));
  return people;
}

/** Who of these people has a seat, and who waits, the next one first; no two may have the same place. */
async function queue(people: readonly ApiPerson[], id: string) {
  const seated: ApiPerson[] = [];
  const waiting: ApiPerson[] = [];
  for (const person of people) {
    const { state, place } = await come(person, id);
    if (state === 'registered') seated.push(person);
    else waiting[place - 1] = person;
  }
  return { seated, waiting };
}

describe('seats', () => {
  test('who registers twice has one seat, and who leaves twice leaves once', async () => {
    const id = await announce(null);
    expect([await come(margot, id), await come(margot, id)]).toEqual([
      { state: 'registered' },
      { state: 'registered' },
    ]);
    expect(await countsOf(id)).toMatchObject({ registrations: 1, waiting: 0 });
    expect([(await stay(margot, id)).status, (await stay(margot, id)).status]).toEqual([204, 204]);
    expect(await countsOf(id)).toMatchObject({ registrations: 0 });
  });

  test('two seats for three: Astrid waits; Margot gives hers back, Astrid moves up and reads it in Spanish', async () => {
    const id = await announce(2);
    expect([await come(margot, id), await come(ionut, id), await come(astrid, id)]).toEqual([
      { state: 'registered' },
      { state: 'registered' },
      { state: 'waiting', place: 1 },
    ]);
    await stay(margot, id);
    expect(await come(astrid, id)).toEqual({ state: 'registered' });
    const mail = await mailAbout(polyphony, id, 'astrid@example.org');
    expect(mail.text).toContain(inMail('es', 'mails:seat.hint'));
    expect(mail.text).toContain(`/es/events/${id}`);
  });

  test('31 want 30 seats at once: 30 have one, and one is the first who waits', async () => {
    const id = await announce(30);
    const people = await crowd(31, 'Citizen');
    const answers = await Promise.all(people.map((person) => come(person, id)));
    expect(answers.filter(({ state }) => state === 'registered')).toHaveLength(30);
    expect(answers.filter(({ state }) => state !== 'registered')).toEqual([{ state: 'waiting', place: 1 }]);
    expect(await countsOf(id)).toMatchObject({ registrations: 30, waiting: 1 });
  });

  // One race may end well by luck, without any lock.
  test('two at once never both get the last seat, however often they try', async () => {
    const rivals = await crowd(8, 'Rival');
    for (let round = 0; round < 10; round++) {
      const id = await announce(1);
      const answers = await Promise.all(rivals.map((person) => come(person, id)));
      expect(answers.filter(({ state }) => state === 'registered')).toHaveLength(1);
    }
  });

  test('31 come at once and all who have a seat leave at once: who came first moves up, and nobody else', async () => {
    const id = await announce(10);
    const people = await crowd(31, 'Early bird');
    await Promise.all(people.map((person) => come(person, id)));
    const { seated, waiting } = await queue(people, id);
    expect([seated.length, waiting.length]).toEqual([10, 21]);
    await Promise.all(seated.map((person) => stay(person, id)));
    const after = await queue(waiting, id);
    expect(new Set(after.seated)).toEqual(new Set(waiting.slice(0, 10)));
    expect(after.waiting).toEqual(waiting.slice(10));
  });

  test('while many come and go at once, no seat is given twice and none stays empty while somebody waits', async () => {
    const id = await announce(3);
    const people = await crowd(8, 'Guest');
    await Promise.all(
      people.map(async (person, index) => {
        for (let round = 0; round < 2; round++) {
          await come(person, id);
          if ((round + index) % 2 === 0) await stay(person, id);
        }
        await come(person, id);
      }),
    );
    expect(await countsOf(id)).toMatchObject({ registrations: 3, waiting: 5 });
    for (const person of people.slice(0, 4)) await stay(person, id);
    expect(await countsOf(id)).toMatchObject({ registrations: 3, waiting: 1 });
  });

  test('the waiting list moves up in its order, wherever the table keeps its rows', async () => {
    const id = await announce(1);
    const people = await crowd(4, 'Waiting');
    for (const person of people) await come(person, id);
    // Written again, a row lies behind all others. With its statistics, the embedded database reads the rows as they lie.
    for (const { id: person } of people.toReversed())
      await rows(polyphony.em(), sql`update registration set state = state where person_id = ${person}`);
    await rows(polyphony.em(), sql`analyze registration`);
    const [first, second, ...others] = people;
    if (first) await stay(first, id);
    expect(await queue(people.slice(1), id)).toEqual({ seated: [second], waiting: others });
  });

  test('F28: a seat from the waiting list counts in the week in which it became one', async () => {
    const thisWeek = weekOf(new Date(), 'Europe/Brussels');
    const lastWeek = shiftWeek(thisWeek, -1, 'Europe/Brussels');
    const seatsIn = async ({ name }: Week) =>
      (await giulia.api('GET', `/statistics/weeks/${name}`)).body.figures.registrations;
    const id = await announce(1);
    await come(margot, id);
    await come(ionut, id);
    const monday = new Date(lastWeek.from.getTime() + 3_600_000);
    await rows(polyphony.em(), sql`update registration set created_at = ${monday} where event_id = ${id}`);
    const before = [await seatsIn(lastWeek), await seatsIn(thisWeek)];
    await stay(margot, id);
    expect(await come(ionut, id)).toEqual({ state: 'registered' });
    expect([await seatsIn(lastWeek), await seatsIn(thisWeek)]).toEqual([before[0] - 1, before[1] + 1]);
  });

  test('more seats go to those who wait; fewer than are taken cannot be asked for', async () => {
    const id = await announce(1);
    for (const person of [margot, ionut, astrid]) await come(person, id);
    let revision = 0;
    const change = (capacity: number | null) =>
      giulia.api('PATCH', `/events/${id}`, { capacity }, { 'If-Match': `"${++revision}"` });
    expect((await change(2)).body.counts).toMatchObject({ registrations: 2, waiting: 1 });
    expect(await change(1)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'capacity', code: 'capacityTaken' }] },
    });
    revision--;
    expect((await change(null)).body.counts).toMatchObject({ registrations: 3, waiting: 0 });
  });

  test('nobody registers for what is over, or for what is no event', async () => {
    const past = await announce(5, { startsAt: '2024-03-01T18:00', endsAt: '2024-03-01T20:00' });
    expect(await margot.api('PUT', `/events/${past}/registration`)).toMatchObject({
      status: 409,
      body: { code: 'eventOver' },
    });
    const idea = await margot.api('POST', '/spaces/climate/ideas', {
      title: 'Des trains',
      body: 'Plus de trains de nuit.',
    });
    expect((await margot.api('PUT', `/events/${idea.body.id}/registration`)).status).toBe(404);
    expect((await margot.api('PUT', '/events/1/registration')).status).toBe(404);
    expect((await polyphony.visitor().submit(`/en/events/${past}/register`, {})).status).toBe(401);
  });

  test('who comes and goes without end is stopped for a while', async () => {
    const id = await announce(1);
    const restless = await polyphony.person('Restless', { unlimited: false });
    const statuses = new Set<number>();
    for (let times = 0; times < 61 && !statuses.has(429); times++)
      statuses.add((await restless.api('PUT', `/events/${id}/registration`)).status);
    expect([...statuses]).toEqual([200, 429]);
  });

  test('the page offers what fits, counts for everybody, and shows no name', async () => {
    const id = await announce(1);
    const visitor = await polyphony.signIn('Bruna', { language: 'pt' });
    const read = async () => (await visitor.get(`/pt/events/${id}`)).text;
    expect(await read()).toContain(onPage('pt', 'events:register'));
    await visitor.submit(`/pt/events/${id}/register`, {});
    expect(await read()).toContain(onPage('pt', 'events:registered'));
    expect((await polyphony.visitor().get(`/en/events/${id}`)).text).not.toContain('Bruna');
    expect((await polyphony.visitor().get(`/en/events/${id}`)).text).toContain(onPage('en', 'events:full'));
    const activity = await margot.api('GET', '/activity?after=0.0.0&limit=100');
    expect(JSON.stringify(activity.body)).not.toContain('actor');
  });

  test('a page hears that somebody moved up, although as many come as before', async () => {
    const id = await announce(1);
    for (const person of [margot, ionut]) await come(person, id);
    await eventually(async () => {
      const { registrations, waiting } = await storedCounts(id);
      if (registrations !== 1 || waiting !== 1) throw new Error('not counted yet');
    });
    await come(astrid, id);
    const listener = await listen(polyphony.url);
    await listener.watch({ rooms: [`subject:${id}`], lang: 'en' });
    await stay(margot, id); // within a second of Astrid's coming: one waits before and after, and one has a seat
    await listener.heard('moved-up', id);
    expect(await come(ionut, id)).toEqual({ state: 'registered' });
  });

  test('a page that shows the event hears that its number changed', async () => {
    const id = await announce(3);
    const listener = await listen(polyphony.url);
    await listener.watch({ rooms: [`subject:${id}`], lang: 'en' });
    await come(margot, id);
    await listener.heard('counted', id);
    expect(listener.lines.map(({ type }) => type)).not.toContain('registered');
  });
});
