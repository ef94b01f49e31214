import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { entitiesOf, features } from '../src/features.ts';
import { openDatabase, rows } from '../src/platform/db/database.ts';
import { serverUrl } from './support/server.ts';
import { closeListeners, listen, type Listener, type LiveLine } from './support/live.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';

let polyphony: TestPlatform;
let maria: ApiPerson;
let emma: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine() });
  maria = await polyphony.person('María', { language: 'es' });
  emma = await polyphony.person('Emma', { roles: ['moderator'] });
});
afterEach(closeListeners);
afterAll(() => polyphony.stop());

/** In Hungarian, which the stub does not know: one line an idea. `es` is translated into four languages. */
async function send(slug = 'climate', language = 'hu', person = maria): Promise<string> {
  const { body } = await person.api('POST', `/spaces/${slug}/ideas`, {
    title: 'Több éjszakai vonat',
    body: 'Több vonat kell éjszaka.',
    language,
  });
  return body.id;
}

/** Those who listen have been told when this returns: later listeners do not hear of it. */
async function post(slug = 'climate', language = 'hu'): Promise<string> {
  const listener = await watching([`space:${slug}`]);
  const id = await send(slug, language);
  await listener.heard('published', id);
  listener.socket.close();
  return id;
}

async function watching(rooms: string[], more: { lang?: string; after?: string } = {}): Promise<Listener> {
  const listener = await listen(polyphony.url);
  await listener.watch({ rooms, lang: 'hu', ...more });
  return listener;
}

/** Every line of a theme, as those get it who ask. */
async function activity(after: string, slug = 'climate'): Promise<LiveLine[]> {
  const all: LiveLine[] = [];
  for (let cursor = after; ;) {
    const { body } = await maria.api('GET', `/activity?after=${cursor}&limit=50`);
    all.push(...body.items);
    if (body.next === cursor) return all.filter(({ space, type }) => space === slug && type !== 'translated');
    cursor = body.next;
  }
}

const cursorsOf = (lines: readonly LiveLine[]) => lines.map(({ cursor }) => cursor);
/** Where the ideas that were posted end. */
const now = async (): Promise<string> => cursorsOf(await activity('0.0.0')).at(-1) ?? '0.0.0';

describe('a page that listens', () => {
  test('is told which rooms there are, which not, and where it stands', async () => {
    const id = await post();
    const listener = await listen(polyphony.url);
    const rooms = [
      'space:climate',
      `subject:${id}`,
      'statistics',
      'space:nowhere',
      'subject:1',
      'subject:00000000-0000-4000-8000-000000000000',
      'whatever',
      '',
    ];
    const answer = await listener.watch({ rooms: [...rooms, 'space:climate'], lang: 'es' });
    expect(answer).toMatchObject({ joined: rooms.slice(0, 3), refused: rooms.slice(3) });
    expect(answer.cursor).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('hears of new ideas in its theme, in order, once each, and of nothing else', async () => {
    const [climate, health] = [await watching(['space:climate', 'statistics']), await watching(['space:health'])];
    const ids = [];
    for (let count = 0; count < 3; count++) ids.push(await post());
    const other = await post('health');
    await climate.heard('published', other);
    await health.heard('published', other);
    expect(climate.lines.map(({ subject }) => subject)).toEqual([...ids, other]);
    expect(health.lines.map(({ subject }) => subject)).toEqual([other]);
    expect(Object.keys(climate.lines[0] ?? {}).toSorted()).toEqual([
      'cursor',
      'kind',
      'language',
      'root',
      'space',
      'subject',
      'text',
      'type',
    ]);
    expect(climate.lines[0]).toMatchObject({ type: 'published', kind: 'idea', space: 'climate', language: 'hu' });
  });

  test('hears of a translation only in its own language', async () => {
    const [french, german] = [
      await watching(['space:climate'], { lang: 'fr' }),
      await watching(['space:climate'], { lang: 'de' }),
    ];
    const id = await post('climate', 'es');
    for (const [listener, language] of [
      [french, 'fr'],
      [german, 'de'],
    ] as const) {
      await listener.heard('translated', id);
      expect(listener.lines.filter(({ type }) => type === 'translated').map((line) => line.language)).toEqual([
        language,
      ]);
    }
  });

  test('that counts translations hears of all of them, whatever its own language', async () => {
    const listener = await watching(['translations'], { lang: 'de' });
    const id = await post('climate', 'es');
    const languages = () =>
      new Set(listener.lines.filter(({ subject }) => subject === id).map((line) => line.language));
    await eventually(async () => {
      if (languages().size < 4) throw new Error(`heard of ${[...languages()].join(', ')}`);
    });
    expect(new Set(listener.lines.map(({ type }) => type))).toEqual(new Set(['translated']));
  });

  test('hears that something was hidden and restored, and nothing of why', async () => {
    const id = await post();
    const listener = await watching([`subject:${id}`, 'space:climate']);
    const moderator = await polyphony.signIn('Erin', { roles: ['moderator'] });
    await moderator.submit(`/en/ideas/${id}/hide`, { reason: 'It names a neighbour.' });
    await listener.heard('hidden', id);
    expect((await activity('0.0.0')).filter(({ subject }) => subject === id).map(({ type }) => type)).toEqual([
      'hidden',
    ]);
    await moderator.submit(`/en/ideas/${id}/restore`, { reason: 'The name is gone.' });
    await listener.heard('restored', id);
    expect(listener.lines.map(({ type }) => type)).toEqual(['hidden', 'restored']);
  });

  test('is sent a cursor now and then, so that it misses little after a break', async () => {
    const listener = await watching(['space:climate']);
    const sent = await new Promise<{ cursor: string }>((resolve) => listener.socket.once('cursor', resolve));
    expect(sent.cursor).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe('after a break', () => {
  test('everything missed comes, in order and once', async () => {
    const listener = await watching(['space:climate']);
    const first = await post();
    const { cursor } = await listener.heard('published', first);
    listener.socket.close();
    const missed = [await post(), await post()];
    await post('health');
    const back = await watching(['space:climate'], { after: cursor });
    const later = await post();
    await back.heard('published', later);
    expect(back.lines.map(({ subject }) => subject)).toEqual([...missed, later]);
    expect(back.resets).toEqual([]);
  });

  test('also while 16 people go on writing: the same lines as for those who ask', async () => {
    const people = await Promise.all(
      Array.from({ length: 16 }, (_, index) => polyphony.person(`Writer ${index} of 16`)),
    );
    const begin = await now();
    let writing = true;
    const heard: LiveLine[] = [];
    async function listenWithBreaks(): Promise<void> {
      let after = begin;
      while (writing) {
        const listener = await watching(['space:climate'], { after });
        await new Promise((resolve) => setTimeout(resolve, 60));
        listener.socket.close();
        heard.push(...listener.lines);
        after = heard.at(-1)?.cursor ?? begin;
      }
    }
    const listening = listenWithBreaks();
    await Promise.all(
      people.map(async (person) => {
        for (let count = 0; count < 6; count++) await send('climate', 'hu', person);
      }),
    );
    writing = false;
    await listening;
    const rest = await watching(['space:climate'], { after: heard.at(-1)?.cursor ?? begin });
    await eventually(async () => expect(heard.length + rest.lines.length).toBeGreaterThanOrEqual(16 * 6));
    const all = await activity(begin);
    expect(all).toHaveLength(16 * 6);
    expect(cursorsOf([...heard, ...rest.lines])).toEqual(cursorsOf(all));
  });

  test.each([
    ['from another platform', 'somewhere-else'],
    ['from the future', '999999999999.1.1'],
    ['endless', '1.1.99999999999999999999999999'],
  ])('a cursor %s is answered with a reset, and the new one works', async (_name, after) => {
    const listener = await watching(['space:climate'], { after });
    expect(listener.resets).toHaveLength(1);
    expect(listener.lines).toEqual([]);
    const back = await watching(['space:climate'], { after: listener.resets[0]?.cursor ?? '' });
    const id = await post();
    await back.heard('published', id);
    expect(back.lines.map(({ subject }) => subject)).toEqual([id]);
    await listener.heard('published', id);
  });

  test('who missed more than anybody reads is told to read the page again', async () => {
    const begin = await now();
    const id = await post('values');
    await rows(
      polyphony.em(),
      sql`insert into activity (generation, type, kind, subject_id, root_id, space_id)
          select p.generation, 'edited', s.kind, s.id, s.root_id, s.space_id from platform p, subject s, generate_series(1, 600) where s.id = ${id}`,
    );
    await eventually(async () => expect((await activity(begin, 'values')).length).toBe(601));
    const listener = await watching(['space:values'], { after: begin });
    expect(listener.resets).toHaveLength(1);
    expect(listener.lines).toEqual([]);
  });
});

describe('who may listen, and how', () => {
  test('a page of another site may not', async () => {
    await expect(listen(polyphony.url, { headers: { Origin: 'https://evil.example' } })).rejects.toThrow(
      'websocket error',
    );
    await expect(listen(polyphony.url, { headers: { Origin: polyphony.url } })).resolves.toBeDefined();
  });

  test('a token that is none is refused, not taken for nobody', async () => {
    await expect(listen(polyphony.url, { token: 'made-up-token-of-nobody-at-all' })).rejects.toThrow('unauthorized');
    await expect(listen(polyphony.url, { token: emma.token })).resolves.toBeDefined();
  });

  test.each([
    ['nothing', null],
    ['a word', 'space:climate'],
    ['rooms as a word', { rooms: 'space:climate', lang: 'en' }],
    ['31 rooms', { rooms: Array.from({ length: 31 }, (_, index) => `space:a${index}`), lang: 'en' }],
    ['a room with a NUL', { rooms: ['space:\u0000'], lang: 'en' }],
    ['an endless room', { rooms: ['x'.repeat(101)], lang: 'en' }],
    ['no language', { rooms: [] }],
  ])('%s as a message is answered with a fault, and the socket lives on', async (_name, message) => {
    const listener = await listen(polyphony.url);
    expect(await listener.watch(message)).toMatchObject({ joined: [], error: 'badMessage' });
    expect((await listener.watch({ rooms: ['statistics'], lang: 'en' })).joined).toEqual(['statistics']);
  });

  test('a message of a megabyte ends the connection', async () => {
    const listener = await listen(polyphony.url);
    const ended = new Promise((resolve) => listener.socket.once('disconnect', resolve));
    listener.socket.emit('watch', { rooms: ['x'.repeat(1024 * 1024)], lang: 'en' });
    expect(await ended).toMatch(/transport/);
  });
});

test.skipIf(!serverUrl)('two processes on one database hear each other', async () => {
  const { databaseUrl } = polyphony.running.house.settings;
  const database = await openDatabase({ databaseUrl, dataDir: '' }, entitiesOf(features));
  const second = await startPolyphony(
    {},
    { engine: stubEngine(), on: { database, url: databaseUrl, drop: async () => {} } },
  );
  const listener = await listen(second.url);
  await listener.watch({ rooms: ['space:climate'], lang: 'hu' });
  const id = await post();
  expect(await listener.heard('published', id)).toMatchObject({ subject: id, space: 'climate' });
  closeListeners();
  await second.stop();
});
