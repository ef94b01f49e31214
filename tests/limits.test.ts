import { request } from 'node:http';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { countIdeas } from './support/counts.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

const NEW = '/es/spaces/climate/ideas/new';
const GOOD = {
  title: 'Más trenes nocturnos',
  body: 'Los trenes nocturnos unen ciudades y cuidan el clima.',
  language: 'es',
};
const MEGABYTE = 1024 * 1024;

let polyphony: TestPlatform;
let maria: Visitor;
let joao: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony();
  maria = await polyphony.signIn('María', { language: 'es' });
  joao = await polyphony.person('João', { language: 'pt' });
});
afterAll(() => polyphony.stop());

const ideas = () => countIdeas(polyphony.em());

describe('too much', () => {
  /** Sends 100 MB, or as much of it as the platform wants, and tells how it answered. */
  function flood(headers: Record<string, string>): Promise<{ status: number; sentBytes: number }> {
    return new Promise((resolve, reject) => {
      const chunk = Buffer.alloc(64 * 1024, 'a');
      let sentBytes = 0;
      let status = 0;
      const post = request(`${polyphony.url}/api/v1/spaces/climate/ideas`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${joao.token}`, ...headers },
      });
      post.on('response', (response) => {
        status = response.statusCode ?? 0;
        response.resume();
      });
      post.on('error', (error) => (status === 0 ? reject(error) : resolve({ status, sentBytes })));
      post.on('close', () => resolve({ status, sentBytes }));
      const send = (): void => {
        while (sentBytes < 100 * MEGABYTE && !post.destroyed) {
          sentBytes += chunk.length;
          if (!post.write(chunk)) return void post.once('drain', send);
        }
        post.end();
      };
      send();
    });
  }

  test.each([
    ['that says its size', { 'Content-Length': String(100 * MEGABYTE) }],
    ['that does not', { 'Transfer-Encoding': 'chunked' }],
  ])('a body of 100 MB %s is refused before it has arrived, and fills no memory', async (_name, headers) => {
    const [began, before] = [performance.now(), process.memoryUsage().rss];
    const { status, sentBytes } = await flood(headers);
    expect(status).toBe(413);
    expect(sentBytes).toBeLessThan(20 * MEGABYTE);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * MEGABYTE);
  });

  test('a small body that unpacks into a large one is refused too', async () => {
    const answer = await fetch(`${polyphony.url}/api/v1/spaces/climate/ideas`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Content-Encoding': 'gzip',
        Authorization: `Bearer ${joao.token}`,
      },
      body: gzipSync(Buffer.alloc(50 * MEGABYTE, 'a')),
    });
    expect(answer.status).toBe(413);
  });

  test('in the form the answer is a page in the person’s language', async () => {
    const page = await maria.submit(NEW, { ...GOOD, body: 'a'.repeat(400_000) });
    expect(page.status).toBe(413);
    expect(page.text).toContain(onPage('es', 'errors:tooLarge'));
  });
});

describe('twice', () => {
  test('João’s program sends the same idea 16 times at once with one key: there is one idea', async () => {
    const before = await ideas();
    const answers = await Promise.all(
      Array.from({ length: 16 }, () =>
        joao.api('POST', '/spaces/climate/ideas', GOOD, { 'Idempotency-Key': 'sixteen' }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await ideas()).toBe(before + 1);
  });

  test('the same key with other words is a mistake, and says so', async () => {
    await joao.api('POST', '/spaces/climate/ideas', GOOD, { 'Idempotency-Key': 'once' });
    const other = await joao.api(
      'POST',
      '/spaces/climate/ideas',
      { ...GOOD, title: 'Menos aviones' },
      { 'Idempotency-Key': 'once' },
    );
    expect(other).toMatchObject({ status: 409, body: { code: 'keyUsed' } });
    const elsewhere = await joao.api('POST', '/spaces/health/ideas', GOOD, { 'Idempotency-Key': 'once' });
    expect(elsewhere.status).toBe(409);
  });

  test('a key belongs to one person', async () => {
    const ines = await polyphony.person('Inês', { language: 'pt' });
    const first = await joao.api('POST', '/spaces/climate/ideas', GOOD, { 'Idempotency-Key': 'shared' });
    const second = await ines.api(
      'POST',
      '/spaces/climate/ideas',
      { ...GOOD, title: 'Menos aviones' },
      { 'Idempotency-Key': 'shared' },
    );
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
  });

  test('María presses the button twice: one idea, and both presses lead to it', async () => {
    const form = await maria.get(NEW);
    const [, key = ''] = /name="key" value="([^"]+)"/.exec(form.text) ?? [];
    expect(key).not.toBe('');
    const before = await ideas();
    const [one, two] = await Promise.all([maria.submit(NEW, { ...GOOD, key }), maria.submit(NEW, { ...GOOD, key })]);
    expect(one.status).toBe(303);
    expect(two.location).toBe(one.location);
    expect(await ideas()).toBe(before + 1);
  });

  test('María goes back, writes other words and posts again: she is told, and the next press posts them', async () => {
    await maria.submit(NEW, { ...GOOD, key: 'back' });
    const page = await maria.submit(NEW, { ...GOOD, title: 'Menos aviones', key: 'back' });
    expect(page.status).toBe(409);
    expect(page.text).toContain(onPage('es', 'errors:keyUsed'));
    expect(page.text).toContain('value="Menos aviones"');
    const [, key = 'back'] = /name="key" value="([^"]+)"/.exec(page.text) ?? [];
    expect((await maria.submit(NEW, { ...GOOD, title: 'Menos aviones', key })).status).toBe(303);
  });

  test('the same with a comment', async () => {
    const { location } = await maria.submit(NEW, GOOD);
    const [id = ''] = /[0-9a-f-]{36}/.exec(location ?? '') ?? [];
    const comment = (body: string, key: string) => maria.submit(`/es/subjects/${id}/comments`, { body, key });
    expect((await comment('A favor.', 'once more')).status).toBe(303);
    const page = await comment('En contra.', 'once more');
    expect(page.status).toBe(409);
    const [, key = 'once more'] = /name="key" value="([^"]+)"/.exec(page.text) ?? [];
    expect((await comment('En contra.', key)).status).toBe(303);
  });

  test.each([
    ['endless', 'k'.repeat(20_000)],
    ['with a NUL', 'key\u0000'],
  ])('a hidden key that is %s does no harm', async (_name, key) => {
    const [one, two] = [await maria.submit(NEW, { ...GOOD, key }), await maria.submit(NEW, { ...GOOD, key })];
    expect(one.status).toBe(303);
    expect(two.location).toBe(one.location);
  });
});

describe('too often', () => {
  /** Tries until it is refused: a window may end meanwhile, then at worst twice as many go through. */
  async function untilRefused<T extends { status: number }>(
    good: number,
    post: () => Promise<T>,
  ): Promise<{ taken: number; refusal: T }> {
    for (let taken = 0; taken <= 40; taken++) {
      const answer = await post();
      if (answer.status !== good) return { taken, refusal: answer };
    }
    throw new Error('never refused');
  }

  test('after 20 ideas in a minute a program is told how long to wait', async () => {
    const eager = await polyphony.person('Eager Eva', { unlimited: false });
    const { taken, refusal } = await untilRefused(201, () => eager.api('POST', '/spaces/climate/ideas', GOOD));
    expect(taken).toBeGreaterThanOrEqual(20);
    expect(refusal).toMatchObject({ status: 429, body: { code: 'tooMany' } });
    expect(Number(refusal.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(Number(refusal.headers.get('Retry-After'))).toBeLessThanOrEqual(60);
  });

  test('in the form the words stay, and the page says how long to wait', async () => {
    const eva = await polyphony.signIn('Eva', { language: 'es' });
    const { taken, refusal } = await untilRefused(303, () => eva.submit(NEW, GOOD));
    expect(taken).toBeGreaterThanOrEqual(20);
    expect(refusal.status).toBe(429);
    expect(refusal.text).toContain(`value="${GOOD.title}"`);
    expect(refusal.text).toContain(GOOD.body);
    const seconds = Number(refusal.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    expect(refusal.text).toContain(onPage('es', 'errors:tooMany', { count: seconds }));
  });

  test('the form of a comment says so, too', async () => {
    const rita = await polyphony.signIn('Rita', { language: 'es' });
    const { body } = await joao.api('POST', '/spaces/climate/ideas', GOOD);
    const post = (text: string) => rita.submit(`/es/subjects/${body.id}/comments`, { body: text });
    let count = 0;
    const { refusal } = await untilRefused(303, () => post(`Me gusta ${++count} veces.`));
    expect(refusal.status).toBe(429);
    expect(refusal.text).toContain(`Me gusta ${count} veces.`);
    const seconds = Number(refusal.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    expect(refusal.text).toContain(onPage('es', 'errors:tooMany', { count: seconds }));
  });
});
