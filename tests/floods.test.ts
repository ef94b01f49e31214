import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { sql } from 'kysely';
import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { PACE } from '../src/platform/pace.ts';
import { closeListeners, listen } from './support/live.ts';
import { longestBlock } from './support/longest-block.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';
import { stubEngine } from './support/stub-engine.ts';

// Cheap requests by the thousand, most of them by nobody in particular: everybody else goes on reading.

let polyphony: TestPlatform;
let maria: ApiPerson;
let idea: string;
beforeAll(async () => {
  polyphony = await startPolyphony({ TRUSTED_PROXIES: '1' }, { engine: stubEngine() });
  maria = await polyphony.person('María', { language: 'es' });
  idea = (await maria.api('POST', '/spaces/climate/ideas', { title: 'Trenes', body: 'Queremos trenes.' })).body.id;
});
afterEach(closeListeners);
afterAll(() => polyphony.stop());

/** No request of 16 KB holds up the others for longer. */
const BLOCK_MILLISECONDS = 200;

const letters = (length: number, seed: number): string =>
  Array.from({ length }, (_, at) =>
    String.fromCodePoint(97 + ((at * 7_919 + seed * 104_729 + ((at * at) % 97)) % 26)),
  ).join('');

describe('a query', () => {
  test.each(['/api/v1/ideas', '/es/ideas', '/es', '/o/x', '/nowhere'])(
    'F71: of seven thousand parts is refused at %s before it is read',
    async (path) => {
      const { result, longestBlockMs } = await longestBlock(async () =>
        fetch(`${polyphony.url}${path}?${'a&'.repeat(7_000)}`),
      );
      expect(result.status).toBe(414);
      expect((await result.text()).length).toBeLessThan(30_000);
      expect(longestBlockMs).toBeLessThan(BLOCK_MILLISECONDS);
    },
  );

  test('F27: with unknown parameters gives the same kept page, and no link repeats them', async () => {
    const visitor = polyphony.visitor();
    await visitor.get('/es'); // remembers the language: a page that sets a cookie is never kept
    const first = await visitor.get('/es/ideas?space=climate');
    for (const more of ['&x=1', '&utm_source=mail&y=2', '&space%5B%5D=health']) {
      const again = await visitor.get(`/es/ideas?space=climate${more}`);
      expect(again.headers.get('ETag')).toBe(first.headers.get('ETag'));
      expect(again.text).toBe(first.text);
    }
  });
});

describe('the live channel', () => {
  test('F72: one question at a time, five in ten seconds, and who goes on is hung up on', async () => {
    const listener = await listen(polyphony.url);
    const question = { rooms: [`subject:${idea}`], lang: 'es' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => listener.watch(question)));
    expect(answers.filter(({ error }) => error === undefined).length).toBeLessThanOrEqual(5);
    expect(answers.at(-1)?.error).toBe('tooMany');
    for (let count = 0; count < 1_000; count++) listener.socket.emit('watch', question);
    await expect.poll(() => listener.socket.connected).toBe(false);
    expect((await fetch(`${polyphony.url}/es/ideas/${idea}`)).status).toBe(200);
  });

  test('F72: a person has twenty sockets, an address two hundred', async () => {
    const token = (await polyphony.person('Inês')).token;
    const own = await Promise.allSettled(Array.from({ length: 25 }, () => listen(polyphony.url, { token })));
    expect(own.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    const from = (address: string) => listen(polyphony.url, { headers: { 'X-Forwarded-For': address } });
    const many = await Promise.allSettled(Array.from({ length: 230 }, () => from('2001:db8:7::1')));
    const taken = many.filter(({ status }) => status === 'fulfilled').length;
    expect(taken).toBeGreaterThanOrEqual(200);
    // Those who come at the same moment are all let in.
    await expect(from('2001:db8:7:ffff::2')).rejects.toThrow(/websocket error/);
    await from('2001:db8:8::1');
    closeListeners();
    await expect
      .poll(() =>
        from('2001:db8:7::1').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });

  test('F92: who answers pings and does not read is dropped; the others hear everything', async () => {
    const good = await listen(polyphony.url);
    await good.watch({ rooms: ['space:climate'], lang: 'es' });
    const deaf = io(polyphony.url, { transports: ['websocket'], forceNew: true, reconnection: false });
    await new Promise<void>((resolve) => deaf.once('connect', () => resolve()));
    await deaf.emitWithAck('watch', { rooms: ['space:climate'], lang: 'es' });
    const engine: unknown = Reflect.get(deaf.io.engine.transport, 'ws');
    const socket: unknown = typeof engine === 'object' && engine ? Reflect.get(engine, '_socket') : null;
    (socket as { pause(): void }).pause();
    const space = sql`(select subject_id from space where slug = 'climate')`;
    const flood = (count: number) =>
      rows(
        polyphony.em(),
        sql`insert into activity (generation, type, kind, subject_id, root_id, space_id) select (select generation from platform), 'edited', 'idea', ${idea}::uuid, ${idea}::uuid, ${space} from generate_series(1, ${count}::int)`,
      );
    for (let count = 0; count < 20 && deaf.connected; count++) {
      await flood(2_000);
      await setTimeout(400);
    }
    (socket as { resume(): void }).resume();
    await expect.poll(() => deaf.connected).toBe(false);
    expect(good.socket.connected).toBe(true);
  });
});

describe('what is compared', () => {
  test('F70: a hundred versions come ten a page, and one page compares for a tenth of a second in all', async () => {
    const { body } = await maria.api('POST', '/spaces/climate/ideas', { title: 'Mucho', body: letters(2_000, 0) });
    await rows(
      polyphony.em(),
      sql`insert into text (id, subject_id, version, title, body, language, decided_by, written_at)
        select gen_random_uuid(), subject_id, version + n, title,
          (select string_agg(chr(97 + (random() * 25)::int) || ' ', '') from generate_series(1, 2500) where n > 0), language, decided_by, now()
        from text, generate_series(1, 100) n where subject_id = ${body.id}`,
    );
    const { result, longestBlockMs } = await longestBlock(async () => {
      const page = await fetch(`${polyphony.url}/es/ideas/${body.id}/history`);
      return { status: page.status, text: await page.text() };
    });
    expect(result.status).toBe(200);
    expect(result.text.match(/<section class="section">/g)).toHaveLength(10);
    expect(longestBlockMs).toBeLessThan(BLOCK_MILLISECONDS);
    const [, older = ''] = /href="([^"]+\/history\?before=\d+)"/.exec(result.text) ?? [];
    const next = await polyphony.visitor().get(older);
    expect(next.text).toContain(onPage('es', 'contributions:versionNumber', { number: 91 }));
  });
});

describe('every act has a limit', () => {
  test('F76: support that goes on and off, corrections of one’s own text, and asking the detector', async () => {
    const eager = await polyphony.person('Eager', { unlimited: false });
    const until = async (act: (count: number) => Promise<{ status: number }>, most: number) => {
      for (let count = 0; count <= most; count++) if ((await act(count)).status === 429) return count;
      return most;
    };
    const toggles = await until(
      (count) => eager.api(count % 2 ? 'DELETE' : 'PUT', `/subjects/${idea}/endorsement`),
      130,
    );
    expect(toggles).toBeLessThanOrEqual(120);
    const posted = await eager.api('POST', '/spaces/climate/ideas', { title: 'Mía', body: 'Es una idea mía.' });
    const visitor = polyphony.visitor();
    const correct = (count: number) =>
      visitor.send(`/en/texts/${posted.body.text.id}/language`, {
        method: 'POST',
        body: new URLSearchParams({ language: count % 2 ? 'es' : 'pt' }),
        headers: { Authorization: `Bearer ${eager.token}` },
      });
    expect(await until(correct, 25)).toBeLessThanOrEqual(20);
    const detect = () =>
      fetch(`${polyphony.url}/api/v1/texts/detect`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': '192.0.2.77' },
        body: JSON.stringify({ body: 'Queremos trenes nocturnos.' }),
      });
    expect(await until(detect, 250)).toBeLessThanOrEqual(240);
  });
});

test('F77: who asks for pages and never reads them is let go', async () => {
  const hasty = await startPolyphony({}, { pace: { ...PACE, silentMilliseconds: 1_000 } });
  try {
    const socket = connect(Number(new URL(hasty.url).port), '127.0.0.1');
    let bytes = 0;
    const ended = new Promise<void>((resolve) => socket.on('error', () => {}).on('close', () => resolve()));
    socket.pause();
    // More than all buffers on the way hold.
    const PAGES = 1_000;
    socket.write('GET /es/ideas HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(PAGES));
    await setTimeout(4_000);
    socket.on('data', (data) => (bytes += data.length)).resume();
    await ended;
    const page = (await (await fetch(`${hasty.url}/es/ideas`)).text()).length;
    expect(bytes).toBeLessThan((PAGES * page) / 2);
  } finally {
    await hasty.stop();
  }
});

test('F91: the first page of a newcomer is a kept one, with the cookie that is theirs', async () => {
  const first = await polyphony.visitor().get('/pt');
  const second = polyphony.visitor();
  const page = await second.get('/pt');
  expect(page.headers.get('ETag')).toBe(first.headers.get('ETag'));
  expect(second.cookies.get('language')).toBe('pt');
  const third = polyphony.visitor();
  third.cookies.set('language', 'pt');
  expect((await third.get('/pt')).headers.get('Set-Cookie')).toBeNull();
});
