import { afterAll, beforeAll, expect, test } from 'vitest';

import { loadWords } from '../src/platform/i18n.ts';
import { bandView } from '../src/edges/statistics/band.views.ts';
import { parseWeek, shiftWeek, weekOf } from '../src/edges/statistics/weeks.ts';
import type { Visitor } from './support/browser-like.ts';
import { figureOf, rowsOf } from './support/figures.ts';
import { eventually, startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { inMail, onPage } from './support/words.ts';

const ZONE = 'Europe/Brussels';
const HOUR = 3_600_000;
const thisWeek = weekOf(new Date(), ZONE);
const lastWeek = shiftWeek(thisWeek, -1, ZONE);

let polyphony: TestPlatform;
let lea: Visitor;
let jonas: Visitor;
let reader: Visitor;

beforeAll(async () => {
  polyphony = await startPolyphony();
  reader = polyphony.visitor();
  lea = await polyphony.signIn('Léa');
  jonas = await polyphony.signIn('Jonas');
});
afterAll(() => polyphony.stop());

/** Posts in the language given, and returns the address below the language of the interface. */
async function post(person: Visitor, space: string, language: string, title: string): Promise<string> {
  const answer = await person.submit(`/en/spaces/${space}/ideas/new`, { title, body: `${title}.`, language });
  expect(answer.status).toBe(303);
  return new URL(answer.location ?? '', 'http://localhost').pathname;
}

async function weekPageOf(name: string, query = ''): Promise<string> {
  const { status, text } = await reader.get(`/en/statistics/${name}${query}`);
  expect(status).toBe(200);
  return text;
}

/** Ideas of each row. */
function tableOf(page: string, caption: string): Record<string, number> {
  return Object.fromEntries(Object.entries(rowsOf(page, caption)).map(([name, [ideas]]) => [name, Number(ideas)]));
}

/** The figures of a week counted another way: PostgreSQL names the weeks, arithmetic does the rest. */
async function recount(week: string, space?: string) {
  const all: { week: string; slug: string; language: string; author: string | null }[] = await polyphony
    .em()
    .getConnection()
    .execute(
      `select to_char(s.published_at at time zone '${ZONE}', 'IYYY-"W"IW') as week, sp.slug, t.language, s.author_id as author
       from subject s, space sp, text t where s.kind = 'idea' and sp.subject_id = s.space_id and t.id = s.text_id
       and s.hidden_at is null and s.withdrawn_at is null`,
    );
  const counted = all.filter((each) => each.week === week && (!space || each.slug === space));
  return {
    ideas: counted.length,
    participants: new Set(counted.flatMap(({ author }) => author ?? [])).size,
    languages: new Set(counted.map(({ language }) => language)).size,
  };
}

async function expectRecount(week: string, space?: string): Promise<void> {
  const page = await weekPageOf(week, space ? `?space=${space}` : '');
  const { ideas, participants, languages } = await recount(week, space);
  expect(figureOf(page, 'ideas').value).toBe(String(ideas));
  expect(figureOf(page, 'people taking part').value).toBe(String(participants));
  expect(figureOf(page, 'languages').value).toBe(String(languages));
}

test('A platform without ideas says so, in the band and on the page of the week', async () => {
  const page = await weekPageOf(thisWeek.name);
  expect(page).toContain(onPage('en', 'statistics:bandEmpty'));
  expect(page).toContain(onPage('en', 'statistics:emptyOpen'));
  expect(figureOf(page, 'ideas')).toMatchObject({
    value: '0',
    notes: expect.arrayContaining(['as many as the week before']),
  });
});

test('Figures leads to the current week, which is open and has no next week', async () => {
  expect((await reader.get('/en/statistics')).location).toBe(`/en/statistics/${thisWeek.name}`);
  const page = await weekPageOf(thisWeek.name);
  expect(page).toContain(onPage('en', 'statistics:open'));
  expect(page).not.toContain('rel="next"');
  expect(page).toContain('data-rooms="statistics"');
});

test('Weeks that do not exist or have not begun are not found', async () => {
  const names = ['2026-W54', '2025-W53', '2026-W00', '2026-47', 'now', shiftWeek(thisWeek, 1, ZONE).name];
  const answers = await Promise.all(names.map((name) => reader.get(`/en/statistics/${name}`)));
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 404));
  expect((await reader.get(`/en/statistics/${thisWeek.name}?space=nowhere`)).status).toBe(404);
});

test('What Léa and Jonas write is counted in the open week, by theme and by language', async () => {
  await post(lea, 'climate', 'fr', 'Des trains de nuit partout');
  await post(lea, 'health', 'fr', 'Un médecin dans chaque village');
  await post(jonas, 'climate', 'de', 'Mehr Bäume in den Städten');
  const page = await eventually(async () => {
    const text = await weekPageOf(thisWeek.name);
    expect(figureOf(text, 'ideas').value).toBe('3');
    return text;
  });
  expect(figureOf(page, 'people taking part').value).toBe('2');
  expect(figureOf(page, 'languages').value).toBe('2');
  expect(tableOf(page, 'Ideas by original language')).toEqual({ 'français (French)': 2, 'Deutsch (German)': 1 });
  expect(tableOf(page, onPage('en', 'statistics:byTheme'))).toMatchObject({
    'Climate change and the environment': 2,
    Health: 1,
    Migration: 0,
  });
  await expectRecount(thisWeek.name);
});

test('Each figure stands beside what it means', async () => {
  const page = await weekPageOf(thisWeek.name);
  expect(figureOf(page, 'people taking part').notes.at(-1)).toContain(
    'Imported content never counts as a participant.',
  );
  expect(figureOf(page, 'ideas').notes.at(-1)).toContain('public today');
  expect(figureOf(page, 'languages').notes.at(-1)).toContain(onPage('en', 'statistics:weekLanguagesMeaning'));
});

test('The band of every page shows the languages of the week, and leads to their ideas', async () => {
  const page = await eventually(async () => {
    const { text } = await reader.get('/en/spaces');
    expect(text).toContain('<b>3</b> ideas in 2 languages this week');
    return text;
  });
  expect(page).toContain('href="/en/ideas?language=fr"');
  expect(page).toMatch(/2 · 66\.7%/);
});

test('The figures of one theme are chosen with a form', async () => {
  const page = await weekPageOf(thisWeek.name, '?space=health');
  expect(figureOf(page, 'ideas').value).toBe('1');
  expect(page).toMatch(/value="health"\s+selected/);
  expect(page).not.toContain(onPage('en', 'statistics:byTheme'));
  await expectRecount(thisWeek.name, 'health');
});

test('An idea that Jonas withdraws is no longer counted', async () => {
  const path = await post(jonas, 'economy', 'de', 'Kürzere Arbeitswochen');
  await eventually(async () => expect(figureOf(await weekPageOf(thisWeek.name), 'ideas').value).toBe('4'));
  expect((await jonas.submit(`${path}/withdraw`, {})).status).toBe(303);
  await eventually(async () => expect(figureOf(await weekPageOf(thisWeek.name), 'ideas').value).toBe('3'));
  await expectRecount(thisWeek.name);
});

test('A past week can be counted again, without those who imported', async () => {
  const own = await post(jonas, 'digital', 'de', 'Offene Daten für alle');
  const imported = await post(lea, 'digital', 'es', 'Wi-Fi público');
  const connection = polyphony.em().getConnection();
  const ids = [own, imported].map((path) => path.split('/').at(-1));
  await connection.execute(
    "update subject set published_at = published_at - interval '7 days' where id in (?, ?)",
    ids,
  );
  await connection.execute("update subject set author_id = null, source = 'decide-madrid' where id = ?", [ids[1]]);
  const page = await eventually(async () => {
    const text = await weekPageOf(lastWeek.name);
    expect(figureOf(text, 'ideas').value).toBe('2');
    return text;
  });
  expect(figureOf(page, 'people taking part').value).toBe('1');
  expect(figureOf(page, 'ideas').notes).toContain('2 more than the week before');
  expect(page).toContain(`rel="next" href="/en/statistics/${thisWeek.name}"`);
  expect(page).not.toContain(onPage('en', 'statistics:open'));
  await expectRecount(lastWeek.name);
});

test('A program gets the same figures, with what they mean in the language it asks for', async () => {
  const carla = await polyphony.person('Carla');
  const { status, body } = await carla.api('GET', `/statistics/weeks/${lastWeek.name}?space=digital`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    week: lastWeek.name,
    from: lastWeek.from.toISOString(),
    until: lastWeek.until.toISOString(),
    timeZone: ZONE,
    open: false,
    space: 'digital',
    figures: await recount(lastWeek.name, 'digital'),
    before: { participants: 0, ideas: 0, comments: 0, endorsements: 0, languages: 0, events: 0, attendees: 0 },
    bySpace: [{ space: 'digital', ideas: 2 }],
  });
  expect(body.byLanguage).toEqual([
    { language: 'de', ideas: 1 },
    { language: 'es', ideas: 1 },
  ]);
  expect(body.definitions.participants).toBe(inMail('en', 'statistics:weekParticipantsMeaning'));
});

test('The figures of a program lead to the week before, and from the start', async () => {
  const dora = await polyphony.person('Dora');
  const { body } = await dora.api('GET', `/statistics/weeks/${thisWeek.name}`);
  expect(body).toMatchObject({
    open: true,
    space: null,
    figures: await recount(thisWeek.name),
    before: await recount(lastWeek.name),
  });
  expect(body.total).toMatchObject({ participants: 2, ideas: 5, comments: 0, endorsements: 0, languages: 3 });
  const missing = ['2026-W54', shiftWeek(thisWeek, 1, ZONE).name, `${thisWeek.name}?space=nowhere`];
  const answers = await Promise.all(missing.map((name) => dora.api('GET', `/statistics/weeks/${name}`)));
  expect(answers.map((each) => each.status)).toEqual([404, 404, 404]);
});

test('Weeks of the year are those of ISO 8601', () => {
  expect(weekOf(new Date('2027-01-01T12:00:00Z'), ZONE).name).toBe('2026-W53');
  expect(weekOf(new Date('2024-12-30T12:00:00Z'), ZONE).name).toBe('2025-W01');
  expect(parseWeek('2026-W53', ZONE)).toMatchObject({ year: 2026, number: 53 });
  expect(parseWeek('2026-W54', ZONE)).toBeNull();
  expect(parseWeek('2025-W53', ZONE)).toBeNull();
  expect(parseWeek('2026-W00', ZONE)).toBeNull();
  expect(parseWeek('2026-W7', ZONE)).toBeNull();
});

test('A week begins on Monday in the time zone of the platform', () => {
  expect(weekOf(new Date('2026-11-15T22:59:59Z'), ZONE).name).toBe('2026-W46');
  expect(weekOf(new Date('2026-11-15T23:00:00Z'), ZONE).name).toBe('2026-W47');
  expect(weekOf(new Date('2026-11-15T23:00:00Z'), 'Europe/Lisbon').name).toBe('2026-W46');
});

test('Weeks in which the clocks change are an hour shorter or longer, and leave no gap', () => {
  const hours = (name: string) => {
    const week = parseWeek(name, ZONE);
    return week && (week.until.getTime() - week.from.getTime()) / HOUR;
  };
  expect([hours('2026-W12'), hours('2026-W13'), hours('2026-W43')]).toEqual([168, 167, 169]);
  let week = weekOf(new Date('2025-12-01T00:00:00Z'), ZONE);
  for (let count = 0; count < 60; count++) {
    const next = shiftWeek(week, 1, ZONE);
    expect(next.from).toEqual(week.until);
    expect(parseWeek(next.name, ZONE)).toEqual(next);
    week = next;
  }
});

test('The band keeps the order of the platform, marks the own language, and is mirrored for right-to-left pages', async () => {
  const words = await loadWords();
  const shares = [
    { key: 'ar', count: 6 },
    { key: 'bg', count: 3 },
    { key: 'fi', count: 1 },
  ];
  const order = ['bg', 'fi', 'ar'];
  const positions = (language: string) =>
    [...bandView(shares, order, words.in(language)).value.matchAll(/<text[^>]*x="([^"]*)"[^>]*>(..)</gs)].map(
      ([, x, code]) => `${code} ${x}`,
    );
  expect(positions('en')).toEqual(['bg 0%', 'fi 30%', 'ar 40%']);
  expect(positions('ar')).toEqual(['bg 100%', 'fi 70%', 'ar 60%']);
  expect(bandView(shares, order, words.in('ar')).value).toMatch(/class="own"\s+x="0%"\s+y="0"\s+width="60%"/);
  expect(bandView(shares, order, words.in('en')).value).not.toContain('class="own"');
  expect(bandView(shares, order, words.in('en')).value).not.toContain('style=');
});
