import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { afterAll, describe, expect, test } from 'vitest';

import { installed } from '../support/apertium.ts';
import { serverUrl } from '../support/server.ts';
import { databaseHome, folderHome, setUp, type Home } from '../support/homes.ts';
import { follow } from '../support/follower.ts';
import { callApi, eventually, freePort } from '../support/polyphony.ts';
import { killLaunched, startProgram, untilReady } from '../support/program.ts';

const ROUNDS = 5;
const WRITERS = 6;
/** Between two ideas of a writer: five rounds leave some hundred, each with four translations. */
const BREATH_MILLISECONDS = 600;
/** Just before the end nobody breathes, so that the kill meets ideas that are stored but not acknowledged yet. */
const RUSH_MILLISECONDS = 120;
const TARGETS = installed ? ['en', 'fr', 'it', 'pt'] : [];

const homes: [string, () => Promise<Home>][] = [['the embedded database', folderHome]];
if (serverUrl) homes.push(['PostgreSQL', () => databaseHome()]);

afterAll(killLaunched);

/** What a citizen wrote; `id` is set once the platform said that it has it. */
interface Written {
  key: string;
  title: string;
  id: string | null;
}

describe.each(homes)('killed five times while people write, on %s', (_name, openHome) => {
  test('what was acknowledged is there once, is translated once, and was told once', { timeout: 300_000 }, async () => {
    const home = await openHome();
    const [token = ''] = await setUp(home, [{ name: 'Elena' }]);
    const environment = { ...home.environment, PORT: String(await freePort()) };
    const url = `http://localhost:${environment.PORT}`;
    const follower = follow(url);
    const written: Written[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const program = await startProgram(environment);
      const [rush, stop] = [new AbortController(), new AbortController()];
      const writers = Array.from({ length: WRITERS }, () =>
        writeWithoutPause(url, token, written, { rush: rush.signal, stop: stop.signal }),
      );
      const enough = (round + 1) * WRITERS + 1;
      await eventually(async () => expect(written.filter(({ id }) => id).length).toBeGreaterThanOrEqual(enough), 40);
      await pause(randomInt(1_200));
      rush.abort();
      await pause(randomInt(RUSH_MILLISECONDS));
      await program.kill();
      stop.abort();
      await Promise.all(writers);
    }
    const program = await startProgram(environment);
    await untilReady(program);
    for (const idea of written) {
      const id = await post(url, token, idea);
      expect(id).toBe(idea.id ?? id);
      idea.id = id;
    }
    const ids = written.map(({ id }) => id ?? '');
    expect(ids.length).toBeGreaterThan(ROUNDS * WRITERS);
    expect(new Set(ids).size).toBe(ids.length);

    const stored = await allIdeas(program);
    expect(stored.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(stored.map(({ text }) => text.title).toSorted()).toEqual(written.map(({ title }) => title).toSorted());

    const translated = ids.flatMap((id) => TARGETS.map((language) => `${id} ${language}`)).toSorted();
    await eventually(async () => expect(told(follower.lines(), 'translated')).toHaveLength(translated.length), 60);
    expect(told(follower.lines(), 'translated')).toEqual(translated);
    for (const lang of TARGETS)
      for (const idea of await allIdeas(program, lang))
        expect(idea).toMatchObject({ text: { language: 'es' }, translation: { state: 'ready' } });
    expect(told(follower.lines(), 'published')).toEqual(ids.map((id) => `${id} es`).toSorted());
    await follower.stop();
    expect(await program.stop()).toBe(0);
    await home.remove();
  });
});

/** One idea after the other; one that was not acknowledged stays open for another try with the same key. */
async function writeWithoutPause(
  url: string,
  token: string,
  written: Written[],
  { rush, stop }: { rush: AbortSignal; stop: AbortSignal },
): Promise<void> {
  const mine: Written[] = [];
  while (!stop.aborted) {
    const open = mine.find(({ id }) => id === null);
    const idea = open ?? { key: randomUUID(), title: `Propuesta ${written.length} para los ríos`, id: null };
    if (!open) for (const list of [mine, written]) list.push(idea);
    idea.id = await post(url, token, idea).catch(() => null);
    await pause(BREATH_MILLISECONDS, rush);
  }
}

async function post(url: string, token: string, { key, title }: Written): Promise<string> {
  const response = await fetch(`${url}/api/v1/spaces/climate/ideas`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}`, 'Idempotency-Key': key },
    body: JSON.stringify({ title, body: 'Debemos cuidar los ríos de nuestros pueblos.' }),
  });
  const { id }: { id: string } = await response.json();
  expect(response.status).toBe(201);
  return id;
}

interface Idea {
  id: string;
  text: { title: string; language: string };
  translation: { state: string } | null;
}

async function allIdeas({ url }: { url: string }, lang = 'es'): Promise<Idea[]> {
  const ideas: Idea[] = [];
  let cursor = '';
  do {
    const { body } = await callApi(url, 'GET', `/ideas?lang=${lang}&limit=100${cursor}`);
    ideas.push(...body.items);
    cursor = body.next ? `&cursor=${body.next}` : '';
  } while (cursor);
  return ideas;
}

const told = (
  lines: readonly { type: string; kind: string; subject: string; language: string | null }[],
  type: string,
): string[] =>
  lines
    .filter((line) => line.type === type && line.kind === 'idea')
    .map(({ subject, language }) => `${subject} ${language}`)
    .toSorted();

/** Cut short by the signal. */
async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, null, { signal }).catch(() => {});
}
