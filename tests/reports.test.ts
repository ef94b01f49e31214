import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { EVENT_MAILS, REMINDER_MAIL, reminderAt } from '../src/kinds/events/events.mails.ts';
import { row, rows } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { closeListeners, listen } from './support/live.ts';
import { faultsIn } from './support/markup.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { onPage } from './support/words.ts';

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
    expect(await report({ attendees: 41 })).toMatchObject({ status: 200, body: { attendees: 41, version: 2 } });
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
    expect(changed).toMatchObject({ status: 200, body: { version: 11, attendees: 42 } });
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

describe('the page of an event', () => {
  const page = async (person = polyphony.visitor(), language = 'en') =>
    (await person.get(`/${language}/events/${event}?at=${Math.random()}`)).text;

  test('says nothing of a report before the end', async () => {
    event = await announce({ startsAt: '2031-10-04T18:00', endsAt: '2031-10-04T20:30' });
    expect(await page()).not.toContain('id="report"');
  });

  test('then says that there is none, and shows what came of it as soon as there is one', async () => {
    expect(await page()).toContain(onPage('en', 'reports:none'));
    const { body } = await report({ ideas: [trains], newIdeas: [{ title: 'Cena a bordo', body: 'Una cena calda.' }] });
    const text = await page();
    expect(text).toContain(words.body);
    expect(text).toMatch(/<dd class="value">40<\/dd>/);
    for (const part of ['Comboios noturnos entre capitais', 'Cena a bordo', `/en/reports/${body.id}#comments`])
      expect(text).toContain(part);
    const idea = (await polyphony.visitor().get(`/en/ideas/${trains}`)).text;
    expect(idea).toContain(onPage('en', 'reports:discussedAt'));
    expect(idea).toContain(`/en/events/${event}#report`);
    expect(idea.indexOf('id="discussed-at"')).toBeLessThan(idea.indexOf('id="comments"'));
    expect((await polyphony.visitor().get(`/en/ideas/${beds}`)).text).not.toContain('discussed-at');
  });

  test('says when the report was hidden, and what it named is no longer told', async () => {
    const { body } = await report({ ideas: [trains] });
    const moderator = await polyphony.signIn('Aoife', { roles: ['moderator'] });
    expect((await moderator.submit(`/en/reports/${body.id}/hide`, { reason: 'It names people.' })).status).toBe(303);
    expect(await page()).toContain(onPage('en', 'reports:hidden'));
    expect(await page()).not.toContain(words.body);
    expect(await page(moderator)).toContain(words.body);
    expect((await polyphony.visitor().get(`/en/reports/${body.id}`)).status).toBe(410);
    expect(await joao.api('GET', `/events/${event}/report`)).toMatchObject({ status: 410, body: { state: 'hidden' } });
    expect((await joao.api('GET', `/events/${event}`)).body).toMatchObject({ report: null, ideas: [] });
    expect(await eventsOf(trains)).toEqual([]);
    expect(await report()).toMatchObject({ status: 410 });
    await moderator.submit(`/en/reports/${body.id}/restore`, { reason: 'The names are gone.' });
    expect(await eventsOf(trains)).toHaveLength(1);
  });

  test('lets people talk about the report on a page of its own', async () => {
    const { body } = await report();
    const said = await margot.api('POST', `/subjects/${body.id}/comments`, { body: 'Merci pour ce beau rapport.' });
    expect(said.status).toBe(201);
    expect((await polyphony.visitor().get(`/tr/reports/${body.id}`)).status).toBe(404);
    expect((await polyphony.visitor().get(`/en/reports/${body.id}`)).text).toContain('Merci pour ce beau rapport.');
    expect((await polyphony.visitor().get(`/o/${body.id}`)).location).toBe(`/en/reports/${body.id}`);
  });
});

describe('the form', () => {
  let bea: Visitor;
  let path: string;
  beforeAll(async () => {
    bea = await polyphony.signIn('Bea', { language: 'es', roles: ['organizer'] });
  });
  beforeEach(async () => {
    const { title, body, timeZone, mode, address } = held;
    const when = { timeZone, startsAt: held.startsAt, endsAt: held.endsAt };
    const fields = { title, body, mode, address, ...when, language: 'it' };
    const { location } = await bea.submit('/es/events/new', { ...fields, space: 'climate' });
    [event = ''] = /[0-9a-f-]{36}/.exec(location ?? '') ?? [];
    path = `/es/events/${event}/report`;
  });
  const boxOf = (id: string) => `name="ideas" value="${id}"`;
  const fields = { attendees: '40', body: words.body, version: '0' };

  test('finds a Spanish idea by the Portuguese words of its translation, and keeps what was typed and ticked', async () => {
    const spanish = await post(joao, 'Viviendas para vivir todo el año', 'es');
    const search = (sought: string, more: Record<string, string | string[]> = {}) =>
      bea.submit(path, { ...fields, ideas: [trains], action: 'search', search: sought, ...more });
    await expect
      .poll(async () => (await search('pt: viviendas')).text, { timeout: 10_000 })
      .toContain(`${boxOf(spanish)} aria`);
    const { text, status } = await search('pt: viviendas');
    expect(status).toBe(200);
    expect(text).toContain(`${boxOf(trains)} checked`);
    for (const part of [words.body, 'value="40"']) expect(text).toContain(part);
    for (const address of [`https://example.org/pt/ideas/${spanish}`, `/o/${spanish}?a=b`, spanish])
      expect((await search(address)).text).toContain(boxOf(spanish));
    for (const none of ['viviendas %', 'vivien_as', String.raw`año\\`, `${spanish}0`, ' ', '"><script>'])
      expect((await search(none)).text).not.toContain(boxOf(spanish));
    expect((await search('viviendas', { ideas: [trains, spanish] })).text).toContain(`${boxOf(spanish)} checked`);
  });

  test('publishes the report, and says again what is wrong with everything that was typed', async () => {
    expect((await polyphony.visitor().get(path)).status).toBe(401);
    const wrong = { ...fields, attendees: 'forty', ideas: [trains], 'newIdeas-2-title': 'Solo un título' };
    const refused = await bea.submit(path, wrong);
    expect(refused.status).toBe(422);
    for (const part of [words.body, 'value="forty"', `${boxOf(trains)} checked`, 'value="Solo un título"'])
      expect(refused.text).toContain(part);
    for (const id of ['attendees-error', 'newIdeas-0-body-error']) expect(refused.text).toContain(`id="${id}"`);
    const out = await polyphony.visitor().submit(path, wrong);
    expect(out.status).toBe(401);
    expect(out.text).toContain(words.body);
    expect((await bea.submit(path, { ...fields, ideas: [trains, beds] })).location).toBe(`/es/events/${event}#report`);
    const again = (await bea.get(path)).text;
    for (const part of [`${boxOf(trains)} checked`, `${boxOf(beds)} checked`, 'name="version" value="1"'])
      expect(again).toContain(part);
    expect((await bea.submit(path, fields)).status).toBe(412);
    expect((await bea.submit(path, { ...fields, version: '1', ideas: beds })).status).toBe(303);
    expect(await eventsOf(trains)).toEqual([]);
  });

  test('is for the organizer alone', async () => {
    const other = await polyphony.signIn('Otto', { roles: ['organizer'] });
    expect((await other.get(path.replace('/es/', '/en/'))).status).toBe(403);
    expect((await other.submit(path, { ...fields, action: 'search', search: 'a' })).status).toBe(403);
  });

  test('keeps hostile words harmless, on the form, the event, the report and the idea', async () => {
    const title = '"><img src=x onerror=alert(1)> =1+1 {{7*7}}';
    const { body } = await giulia.api('POST', '/spaces/climate/events', { ...held, title });
    const answer = await giulia.api('PUT', `/events/${body.id}/report`, {
      ...words,
      title,
      body: `[a](javascript:alert(1)) <script>alert(1)</script> ${title}`,
      ideas: [trains],
      newIdeas: [{ title, body: title }],
    });
    expect(answer.status).toBe(201);
    const reader = polyphony.visitor();
    for (const address of [`/events/${body.id}`, `/reports/${answer.body.id}`, `/ideas/${trains}`])
      expect(faultsIn((await reader.get(`/en${address}`)).text)).toEqual([]);
    const form = await bea.submit(path, {
      ...fields,
      title,
      search: title,
      action: 'search',
      'newIdeas-0-title': title,
    });
    expect(faultsIn(form.text)).toEqual([]);
  });
});

test('the day after the end a letter asks for the report, unless it is there, and leads to the form', async () => {
  const due = reminderAt(new Date('2026-10-04T18:30:00Z'), held.timeZone).getTime();
  const { house } = polyphony.running;
  const letter = EVENT_MAILS[REMINDER_MAIL];
  const mail = await letter?.(house, polyphony.em(), { event, due });
  expect(new Date(due).toISOString()).toBe('2026-10-05T07:00:00.000Z');
  expect(mail).toMatchObject({ to: 'giulia@example.org' });
  expect(mail?.button?.url).toMatch(new RegExp(`/events/${event}/report$`));
  await report();
  expect(await letter?.(house, polyphony.em(), { event, due })).toBeNull();
});
