import { afterAll, beforeAll, expect, test } from 'vitest';

import { grantRole } from '../src/services/people/people.ts';
import { shiftWeek, weekOf } from '../src/edges/statistics/weeks.ts';
import type { Visitor } from './support/browser-like.ts';
import { figureOf, rowsOf } from './support/figures.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { inMail, onPage } from './support/words.ts';

const ZONE = 'Europe/Brussels';
const HOUR = 3_600_000;
const thisWeek = weekOf(new Date(), ZONE);
const lastWeek = shiftWeek(thisWeek, -1, ZONE);
/** In the middle of last week, whatever day it is. */
const wednesday = new Date(lastWeek.from.getTime() + 60 * HOUR);

let polyphony: TestPlatform;
let sofia: Visitor;
let giulia: ApiPerson;
let lea: ApiPerson;
let jonas: ApiPerson;
let marta: ApiPerson;

beforeAll(async () => {
  polyphony = await startPolyphony();
  sofia = await polyphony.signIn('Sofia', { roles: ['secretariat'] });
  giulia = await polyphony.person('Giulia', { language: 'en', roles: ['organizer'] });
  lea = await polyphony.person('Léa', { language: 'en' });
  jonas = await polyphony.person('Jonas', { language: 'en' });
  marta = await polyphony.person('Marta', { language: 'pt' });
});
afterAll(() => polyphony.stop());

async function desk(name: string, query = ''): Promise<string> {
  const { status, text } = await sofia.get(`/en/secretariat/${name}${query}`);
  expect(status).toBe(200);
  return text;
}

const valuesOf = (page: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, figureOf(page, name).value]));

const execute = (query: string, values: unknown[]) => polyphony.em().getConnection().execute(query, values);

/** The one row a query gives. */
async function first(query: string, values: unknown[]): Promise<Record<string, string>> {
  const [row = {}]: Record<string, string>[] = await execute(query, values);
  return row;
}

/** Moves what was done just now to a moment of last week. */
async function backdate(table: 'subject' | 'endorsement' | 'registration', id: string): Promise<void> {
  const [key, moment] = {
    subject: ['id', 'published_at'],
    endorsement: ['subject_id', 'created_at'],
    registration: ['event_id', 'created_at'],
  }[table];
  await execute(`update ${table} set ${moment} = ? where ${key} = ?`, [wednesday, id]);
}

async function post(person: ApiPerson, space: string, title: string, language: string): Promise<string> {
  const { status, body } = await person.api('POST', `/spaces/${space}/ideas`, { title, body: `${title}.`, language });
  expect(status).toBe(201);
  await backdate('subject', body.id);
  return body.id;
}

async function comment(person: ApiPerson, idea: string, body: string, more = {}): Promise<string> {
  const answer = await person.api('POST', `/ideas/${idea}/comments`, { body, ...more });
  expect(answer.status).toBe(201);
  await backdate('subject', answer.body.id);
  return answer.body.id;
}

interface Meeting {
  title: string;
  language?: string;
  mode?: string;
  hours?: number;
}

/** Giulia announces an event that begins so many hours after Wednesday of last week, and ends two hours later. */
async function announce({ title, language = 'it', mode = 'in-person', hours = 0 }: Meeting): Promise<string> {
  const startsAt = new Date(wednesday.getTime() + hours * HOUR);
  const { status, body } = await giulia.api('POST', '/spaces/climate/events', {
    ...{ title, language, mode, body: `${title}.`, timeZone: 'Europe/Rome' },
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + 2 * HOUR).toISOString(),
    ...(mode === 'online' ? {} : { address: 'Sala Borsa' }),
    ...(mode === 'in-person' ? {} : { url: 'https://meet.example.org/' }),
  });
  expect(status).toBe(201);
  await backdate('subject', body.id);
  return body.id;
}

test('Only the secretariat and administrators see the desk', async () => {
  const path = `/en/secretariat/${thisWeek.name}`;
  const stranger = await polyphony.visitor().get(path);
  expect(stranger.status).toBe(401);
  expect(stranger.text).toContain(`/en/sign-in?to=${encodeURIComponent(path)}`);
  expect((await polyphony.visitor().get('/en/secretariat')).status).toBe(401);
  const carlo = await polyphony.signIn('Carlo', { roles: ['organizer', 'moderator'] });
  expect((await carlo.get(path)).status).toBe(403);
  expect((await carlo.get(`${path}.csv`)).status).toBe(403);
  const ada = await polyphony.signIn('Ada', { roles: ['administrator'] });
  expect((await ada.get(path)).status).toBe(200);
  expect((await sofia.get('/en/secretariat?space=health')).location).toBe(`${path}?space=health`);
});

test('Before anything happens the desk says so', async () => {
  const page = await desk(thisWeek.name);
  expect(page).toContain(onPage('en', 'secretariat:quiet'));
  expect(page).toContain(onPage('en', 'secretariat:missingNone'));
  expect(page).toContain(onPage('en', 'secretariat:exchangeNone'));
  expect(page).not.toContain('rel="prev"');
  expect(page).toContain('data-rooms="statistics translations"');
});

test('A week with people of four languages is told in figures', async () => {
  const trains = await post(lea, 'climate', 'Des trains de nuit partout', 'fr');
  await post(jonas, 'health', 'Ein Arzt in jedem Dorf', 'de');
  const support = await comment(jonas, trains, 'Endlich wieder schlafend nach Paris reisen, das wünschen sich viele.', {
    alignment: 'for',
  });
  await comment(marta, trains, 'As viagens noturnas são muito caras para as famílias.', { alignment: 'against' });
  await comment(lea, trains, 'Tout à fait d’accord avec toi, on attend cela depuis des années.', { parent: support });
  await marta.api('PUT', `/ideas/${trains}/endorsement`);
  await backdate('endorsement', trains);
  const meeting = await announce({ title: 'Incontro sul clima', mode: 'hybrid' });
  const nuno = await polyphony.person('Nuno', { language: 'pt' });
  await execute("insert into registration (event_id, person_id, state, created_at) values (?, ?, 'registered', ?)", [
    meeting,
    nuno.id,
    wednesday,
  ]);

  const page = await desk(lastWeek.name);
  const names = [
    'people taking part',
    'ideas',
    'comments',
    'times ideas were supported',
    'languages',
    'events announced',
    'events held',
    'registrations for events',
    'event reports published',
    'people at events',
  ];
  expect(Object.values(valuesOf(page, names))).toEqual(['5', '2', '3', '1', '2', '1', '1', '1', '0', '0']);
  expect(figureOf(page, 'ideas').notes).toEqual([
    '2 more than the week before',
    '2 in all, up to the end of that week',
    expect.stringContaining('public today'),
  ]);
  expect(rowsOf(page, 'Comments by stance')).toMatchObject({
    For: ['1', '33.3%', ''],
    Against: ['1', '33.3%', ''],
    Replies: ['1', '33.3%', ''],
  });
  expect(rowsOf(page, 'Events held')).toMatchObject({
    'In person': ['0', '0.0%', ''],
    'In person and online': ['1', '100.0%', ''],
  });
});

test('What was done is told by theme and by original language', async () => {
  const page = await desk(lastWeek.name);
  const themes = rowsOf(page, 'What was done, by theme');
  expect(themes['Climate change and the environment']).toEqual(['1', '3', '1', '1', '']);
  expect(themes['Health']).toEqual(['1', '0', '0', '0', '']);
  expect(rowsOf(page, 'What was done, by original language')).toEqual({
    'français (French)': ['1', '1', '1', '0', ''],
    'Deutsch (German)': ['1', '1', '0', '0', ''],
    'italiano (Italian)': ['0', '0', '0', '1', ''],
    'português (Portuguese)': ['0', '1', '0', '0', ''],
  });
});

test('The matrix tells which languages exchange words, and how often that leaves the language of the idea', async () => {
  const page = await desk(lastWeek.name);
  // Columns in the platform’s order: German, French, Portuguese (a comment and support).
  expect(rowsOf(page, 'Comments and support, by language')).toEqual({ français: ['1', '1', '2'] });
  expect(page).toContain(onPage('en', 'secretariat:crossing.comments', { across: '2', all: '3', share: '66.7%' }));
  expect(page).toContain(onPage('en', 'secretariat:crossing.endorsements', { across: '1', all: '1', share: '100.0%' }));
});

test('A report is missing until it is published, and again while it is hidden', async () => {
  expect(await desk(lastWeek.name)).toContain(onPage('en', 'secretariat:missing', { number: '1' }));
  const { id = '' } = await first('select subject_id as id from event', []);
  const report = await giulia.api('PUT', `/events/${id}/report`, {
    body: 'È andata bene.',
    language: 'it',
    attendees: 42,
  });
  expect(report.status).toBe(201);
  await backdate('subject', report.body.id);
  const page = await desk(lastWeek.name);
  expect(page).toContain(onPage('en', 'secretariat:missingNone'));
  expect(valuesOf(page, ['event reports published', 'people at events'])).toEqual({
    'event reports published': '1',
    'people at events': '42',
  });
  await execute('update subject set hidden_at = now(), closed_at = now() where id = ?', [report.body.id]);
  const after = await desk(lastWeek.name);
  expect(after).toContain(onPage('en', 'secretariat:missing', { number: '1' }));
  const year = expect.stringContaining(String(wednesday.getUTCFullYear()));
  expect(rowsOf(after, 'Events without a report')['Incontro sul clima']).toEqual(['Giulia', year]);
  expect(figureOf(after, 'people at events').value).toBe('0');
});

test('Events that are cancelled, still to come or hidden were not held', async () => {
  const [cancelled, hidden] = [await announce({ title: 'Annullato' }), await announce({ title: 'Nascosto' })];
  await announce({ title: 'Più tardi', hours: 24 * 30 });
  await execute('update event set cancelled_at = now() where subject_id = ?', [cancelled]);
  await execute('update subject set hidden_at = now(), closed_at = now() where id = ?', [hidden]);
  const page = await desk(lastWeek.name);
  expect(valuesOf(page, ['events announced', 'events held'])).toEqual({ 'events announced': '3', 'events held': '1' });
});

test('Figures are compared with the week before', async () => {
  await lea.api('POST', '/spaces/climate/ideas', {
    title: 'Moins de bruit',
    body: 'Moins de bruit la nuit.',
    language: 'fr',
  });
  const { notes } = figureOf(await desk(thisWeek.name), 'ideas');
  expect(notes.slice(0, 2)).toEqual(['1 fewer than the week before', '3 in all, up to the end of that week']);
});

test('The desk shows one theme, to those whose role is for it', async () => {
  const page = await desk(lastWeek.name, '?space=health');
  expect(valuesOf(page, ['ideas', 'comments', 'events announced', 'people taking part'])).toEqual({
    ideas: '1',
    comments: '0',
    'events announced': '0',
    'people taking part': '1',
  });
  expect(Object.keys(rowsOf(page, 'What was done, by theme'))).toEqual(['Health']);
  const hanna = await polyphony.signIn('Hanna');
  const { person = '', space = '' } = await first(
    "select p.id as person, sp.subject_id as space from person p, space sp where p.handle = 'hanna' and sp.slug = 'health'",
    [],
  );
  await grantRole(polyphony.em(), person, 'secretariat', space);
  const asked = ['?space=health', '?space=climate', ''];
  const answers = await Promise.all(asked.map((query) => hanna.get(`/en/secretariat/${lastWeek.name}${query}`)));
  expect(answers.map(({ status }) => status)).toEqual([200, 403, 403]);
});

test('Weeks and themes that are not there are not found', async () => {
  const names = [
    '2026-W54',
    '2026-47',
    shiftWeek(thisWeek, 1, ZONE).name,
    `${thisWeek.name}?space=nowhere`,
    '2026-W54.csv',
  ];
  const answers = await Promise.all(names.map((name) => sofia.get(`/en/secretariat/${name}`)));
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 404));
});

test('Translations are counted: made, waiting, and where no engine helps', async () => {
  const page = await desk(lastWeek.name);
  const { done, waiting } = await first(
    `select (count(*) filter (where m.state = 'ready' and m.ready_at < ?))::int as done, (count(*) filter (where m.state <> 'ready'))::int as waiting
     from translation m join subject s on s.text_id = m.text_id where s.closed_at is null and s.kind in ('idea', 'comment', 'event', 'report')`,
    [lastWeek.until],
  );
  expect(valuesOf(page, ['made in that week', 'waiting now'])).toEqual({
    'made in that week': String(done),
    'waiting now': String(waiting),
  });
  // Nobody translates German here, and each text is offered in English, Spanish, Portuguese and Arabic.
  expect(Number(figureOf(page, 'without an engine').value)).toBeGreaterThanOrEqual(8);
});

test('The file holds every figure of the page, and no formula', async () => {
  const formula = '=HYPERLINK("https://evil.example","Click")';
  const semicolon = "x;=cmd|'/C calc'!A0;y";
  await announce({ title: formula });
  await announce({ title: semicolon });
  await execute('update person set name = ? where id = ?', ['@SUM(1+1)*cmd', giulia.id]);
  const { status, headers, text } = await sofia.get(`/en/secretariat/${lastWeek.name}.csv`);
  expect(status).toBe(200);
  expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('Content-Disposition')).toContain(`polyphony-${lastWeek.name}.csv`);
  const [head, ...lines] = text.split('\r\n');
  expect(head).toBe('section,key,key2,value,week,space');
  expect(lines).toContain(`figures,ideas,week,2,${lastWeek.name},all`);
  expect(lines).toContain(`figures,ideas,before,0,${lastWeek.name},all`);
  expect(lines).toContain(`comments,against,,1,${lastWeek.name},all`);
  expect(lines).toContain(`held,hybrid,,1,${lastWeek.name},all`);
  expect(lines).toContain(`theme,climate,comments,3,${lastWeek.name},all`);
  expect(lines).toContain(`comments-by-languages,fr,de,1,${lastWeek.name},all`);
  expect(lines).toContain(`endorsements-by-languages,fr,pt,1,${lastWeek.name},all`);
  const evil = lines.find((line) => line.includes('HYPERLINK')) ?? '';
  expect(evil).toContain(
    `missing-reports,"'${formula.replaceAll('"', '""')}",'@SUM(1+1)*cmd,${polyphony.url}/en/events/`,
  );
  // F81: in countries whose spreadsheets separate cells by semicolons, too.
  expect(text).toContain(`missing-reports,"${semicolon}",`);
});

test('The file begins with the mark that makes spreadsheets read UTF-8', async () => {
  const cookie = [...sofia.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await fetch(`${polyphony.url}/en/secretariat/${lastWeek.name}.csv?space=health`, {
    headers: { cookie },
  });
  const text = Buffer.from(await answer.arrayBuffer()).toString();
  expect(text.startsWith('\u{FEFF}')).toBe(true);
  expect(text).toContain(`figures,ideas,week,1,${lastWeek.name},health`);
});

test('The figures that are public by nature are on the page of everybody, and in the API', async () => {
  const reader = polyphony.visitor();
  const { text } = await reader.get(`/en/statistics/${lastWeek.name}`);
  expect(valuesOf(text, ['events held', 'registrations for events'])).toEqual({
    'events held': '3',
    'registrations for events': '1',
  });
  expect(text).not.toContain('/secretariat');
  expect((await sofia.get(`/en/statistics/${lastWeek.name}`)).text).toContain(
    `href="/en/secretariat/${lastWeek.name}"`,
  );
  const { body } = await lea.api('GET', `/statistics/weeks/${lastWeek.name}`);
  expect(body.figures).toMatchObject({ events: 5, held: 3, registrations: 1, reports: 0, attendees: 0 });
  expect(body.definitions.held).toBe(inMail('en', 'statistics:weekHeldMeaning'));
});
