import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { row, rows } from '../src/platform/db/database.ts';
import { closeListeners, listen } from './support/live.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';

let polyphony: TestPlatform;
let giulia: ApiPerson;
let joao: ApiPerson;
let margot: ApiPerson;
let alex: ApiPerson;
let emma: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine() });
  giulia = await polyphony.person('Giulia', { language: 'it', roles: ['organizer'] });
  joao = await polyphony.person('João', { language: 'pt' });
  margot = await polyphony.person('Margot', { language: 'fr' });
  alex = await polyphony.person('Alex', { roles: ['administrator'] });
  emma = await polyphony.person('Emma', { roles: ['moderator'] });
});
afterEach(closeListeners);
afterAll(() => polyphony.stop());

const held = {
  title: 'Assemblea sui treni notturni',
  body: 'Parliamo insieme dei treni notturni tra le capitali europee.',
  language: 'it',
  startsAt: '2026-10-04T18:00',
  endsAt: '2026-10-04T20:30',
  timeZone: 'Europe/Rome',
  mode: 'in-person',
  country: 'IT',
  address: 'Sala Borsa, Bologna',
};
const words = { body: 'Eravamo in quaranta e tutti vogliono treni più comodi.', language: 'it', attendees: 40 };

async function announce(more: object = {}): Promise<string> {
  const { status, body } = await giulia.api('POST', '/spaces/climate/events', { ...held, ...more });
  expect(status).toBe(201);
  return body.id;
}

async function post(person: ApiPerson, title: string, language: string): Promise<string> {
  return (await person.api('POST', '/spaces/climate/ideas', { title, body: `${title}.`, language })).body.id;
}

let event: string;
let trains: string;
let beds: string;
beforeEach(async () => {
  event = await announce();
  trains = await post(joao, 'Comboios noturnos entre capitais', 'pt');
  beds = await post(margot, 'Des lits abordables dans les trains', 'fr');
});

const report = (more: object = {}, person = giulia) =>
  person.api('PUT', `/events/${event}/report`, { ...words, ...more });
const ideasOf = async (lang = 'en') => (await joao.api('GET', `/events/${event}?lang=${lang}`)).body.ideas;
const eventsOf = async (idea: string, lang = 'en') =>
  (await joao.api('GET', `/ideas/${idea}?lang=${lang}`)).body.events;

describe('a report', () => {
  test('is refused before the end, of a cancelled event, and from all but the organizer and administrators', async () => {
    event = await announce({ startsAt: '2031-10-04T18:00', endsAt: '2031-10-04T20:30' });
    expect(await report()).toMatchObject({ status: 409, body: { code: 'reportTooEarly' } });
    await giulia.api('POST', `/events/${event}/cancellation`, { reason: 'La sala non è più libera.' });
    expect(await report()).toMatchObject({ status: 409, body: { code: 'eventCancelled' } });
    event = await announce();
    for (const person of [joao, emma]) expect(await report({}, person)).toMatchObject({ status: 403 });
    expect(await joao.api('GET', `/events/${event}/report`)).toMatchObject({ status: 404 });
    expect((await report({}, alex)).status).toBe(201);
    expect(await report({ attendees: 41 })).toMatchObject({ status: 200, body: { attendees: 41, version: 1 } });
  });

  test('of Giulia names what João and Margot wrote and what was born there, and both sides tell of it', async () => {
    const { status, body } = await report({
      title: 'Che cosa è emerso',
      ideas: [trains, beds],
      newIdeas: [{ title: 'Un biglietto solo', body: 'Un solo biglietto per tutta la notte.', language: 'it' }],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      kind: 'report',
      event,
      attendees: 40,
      space: 'climate',
      author: { handle: 'giulia' },
      text: { language: 'it', title: 'Che cosa è emerso', body: words.body },
    });
    const born = body.ideas.find(({ type }: { type: string }) => type === 'born');
    expect(born).toMatchObject({ title: 'Un biglietto solo', space: 'climate' });
    expect((await joao.api('GET', `/ideas/${born.id}`)).body).toMatchObject({
      author: { handle: 'giulia' },
      events: [{ id: event, type: 'born' }],
    });
    expect(await eventsOf(trains)).toMatchObject([
      { id: event, type: 'discussed', title: held.title, startsAt: '2026-10-04T16:00:00.000Z', address: held.address },
    ]);
    const named = await ideasOf();
    expect(new Set(named.map(({ id }: { id: string }) => id))).toEqual(new Set([trains, beds, born.id]));
    expect((await joao.api('GET', `/events/${event}`)).body.report).toMatchObject({ id: body.id, attendees: 40 });
    const listed = await joao.api('GET', '/ideas?limit=100');
    expect(listed.body.items.find(({ id }: { id: string }) => id === beds).events).toHaveLength(1);
  });

  test('shows the titles of ideas in the language that is asked, once they are translated', async () => {
    await report({ ideas: [beds] });
    await expect
      .poll(async () => (await ideasOf('es'))[0], { timeout: 10_000 })
      .toMatchObject({ language: 'es', title: 'es: Des lits abordables dans les trains' });
  });

  test('is one, however many are sent at once, and a second one changes it', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => report({ ideas: [trains] })));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const newIdeas = [{ title: 'Cuccette per le biciclette', body: 'Un vagone per le biciclette in ogni treno.' }];
    const born = await report({ ideas: [trains], newIdeas });
    const kept = born.body.ideas.map(({ id }: { id: string }) => id);
    expect((await report({ ideas: [trains], newIdeas })).body.ideas.map(({ id }: { id: string }) => id)).toEqual(kept);
    const changed = await report({ body: 'Eravamo in quarantadue.', attendees: 42, ideas: kept });
    expect(new Set(changed.body.ideas.map(({ type }: { type: string }) => type))).toEqual(
      new Set(['born', 'discussed']),
    );
    expect(changed).toMatchObject({ status: 200, body: { version: 2, attendees: 42 } });
    expect((await report({ ideas: [] })).body.ideas).toEqual([]);
    expect(await eventsOf(trains)).toEqual([]);
  });

  test('refuses ideas that are withdrawn, hidden, none at all or too many, and stores nothing then', async () => {
    const { body: comment } = await joao.api('POST', `/ideas/${beds}/comments`, { body: 'Concordo com isto.' });
    await joao.api('DELETE', `/ideas/${trains}`);
    const ideasNow = await row(polyphony.em(), sql<{ n: number }>`select count(*)::int as n from idea`);
    const newIdeas = [{ title: 'Nata e mai vista', body: 'Non deve restare.' }];
    for (const ideas of [[beds, trains], [comment.id], [event], ['nothing'], [trains.toUpperCase()]])
      expect(await report({ ideas, newIdeas })).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'ideas', code: 'ideaGone' }] },
      });
    expect(await row(polyphony.em(), sql`select count(*)::int as n from idea`)).toEqual(ideasNow);
    expect(await report({ ideas: Array.from({ length: 51 }, () => beds) })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'ideas', code: 'tooManyIdeas' }] },
    });
  });

  test.each([[-1], [1_000_001], [1.5], ['40'], [null], [undefined]])('refuses %s people', async (attendees) => {
    expect(await report({ attendees })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'attendees', code: 'attendees' }] },
    });
  });

  test('makes the pages of its ideas new: whoever reads one hears of it', async () => {
    const listener = await listen(polyphony.url);
    await listener.watch({ rooms: [`subject:${trains}`], lang: 'en' });
    await report({ ideas: [trains, beds] });
    expect(await listener.heard('linked', trains)).toMatchObject({ kind: 'idea' });
    await report({ ideas: [trains, beds], attendees: 41 });
    await report({ ideas: [beds] });
    const lines = await rows(
      polyphony.em(),
      sql<{
        n: number;
      }>`select count(*)::int as n from activity where type = 'linked' and subject_id in (${trains}, ${beds}) group by subject_id order by n`,
    );
    expect(lines.map(({ n }) => n)).toEqual([1, 2]);
  });
});
