import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';

import { rows } from '../../src/platform/db/database.ts';
import { listen, closeListeners } from '../support/live.ts';
import { startPolyphony } from '../support/polyphony.ts';
import { stubEngine } from '../support/stub-engine.ts';
import { BODIES, HEADERS, QUERIES, SEGMENTS } from './requests.ts';

// Whatever is asked, nothing of it stays: names, languages, addresses and keys that nobody has sent before, round after round.

const polyphony = await startPolyphony({}, { engine: stubEngine() });
afterAll(() => polyphony.stop());

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** In the first part caches fill up to what they may hold; the second and the third are compared. */
const ROUNDS = 36;
const PART = ROUNDS / 3;

/** What JavaScript and its buffers hold when all that can go is gone, in bytes. */
async function held(): Promise<number> {
  for (let time = 0; time < 3; time++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function ask(path: string, init: RequestInit = {}): Promise<void> {
  const answer = await fetch(polyphony.url + path, { redirect: 'manual', ...init });
  await answer.arrayBuffer();
}

/** A few hundred requests by nobody in particular; `mark` is in all of them, and was in none before. */
async function round(mark: string): Promise<number> {
  let requests = 0;
  const asked = async (path: string, init?: RequestInit) => {
    requests++;
    await ask(path, init);
  };
  for (const segment of Object.values(SEGMENTS).filter((each) => each.length < 1_000))
    for (const path of ['/en/ideas/', '/en/spaces/', '/en/people/', '/o/', '/api/v1/ideas/', '/'])
      await asked(`${path}${mark}${segment}`);
  for (const value of Object.values(QUERIES))
    for (const path of ['/en/ideas?language=', '/en/events?texts=', '/en/sign-in?to=', '/api/v1/ideas?cursor='])
      await asked(`${path}${mark}${value}`);
  for (const headers of Object.values(HEADERS))
    await asked('/en/nowhere', {
      headers: { ...headers, 'Accept-Language': `${mark}, ${headers['Accept-Language'] ?? 'en'}` },
    });
  for (const { type, body, headers } of Object.values(BODIES))
    await asked('/api/v1/texts/detect', { method: 'POST', body, headers: { 'Content-Type': type, ...headers } });
  for (let count = 0; count < 20; count++) {
    const body = JSON.stringify({ body: `${mark} ${count} ${'ä'.repeat(500)}` });
    await asked('/api/v1/texts/detect', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
    const listener = await listen(polyphony.url);
    await listener.watch({ rooms: [`space:${mark}`], lang: mark });
    listener.socket.close();
  }
  closeListeners();
  await rows(polyphony.em(), sql`delete from rate`);
  return requests;
}

test('hundreds of hostile requests, again and again, leave nothing behind', async () => {
  const after: number[] = [];
  let requests = 0;
  for (let count = 0; count < ROUNDS; count++) {
    requests = await round(`m${count}x${count * 7_919}`);
    after.push(await held());
  }
  const [early, late] = [after.slice(PART, PART * 2), after.slice(PART * 2)].map(
    (part) => part.toSorted((a, b) => a - b)[part.length / 2] ?? 0,
  );
  const left = ((late ?? 0) - (early ?? 0)) / (requests * PART);
  console.log(after.map((bytes) => (bytes / 1e6).toFixed(2)).join(' '), requests, left);
  expect(left).toBeLessThan(1_000);
});
