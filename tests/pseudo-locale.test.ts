import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { loadWords } from '../src/platform/i18n.ts';
import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { routesOf } from './support/routes.ts';
import { pageOf, prepare, type Things } from './support/unsafe-acts.ts';
import { leftovers, vocabularyOf } from './support/wording/leftovers.ts';
import { lettersOf, readLocales } from './support/wording/locales.ts';
import { writePseudo } from './support/wording/pseudo.ts';

// Aino reads Finnish, of which every word is made up here: English that she meets on a page does not come from `locales/`.

const folder = mkdtempSync(join(tmpdir(), 'polyphony-pseudo-'));
/** Without the name of the platform, which is the same everywhere. */
const vocabulary = vocabularyOf([...readLocales('.').english.values()].map(lettersOf)).difference(
  new Set(['polyphony']),
);
let polyphony: TestPlatform;
let aino: Visitor;
let things: Things;
beforeAll(async () => {
  cpSync('locales', folder, { recursive: true });
  writePseudo('locales/en', join(folder, 'fi'));
  polyphony = await startPolyphony({}, { words: await loadWords(folder) });
  const roles = ['moderator', 'organizer', 'secretariat', 'administrator'] as const;
  aino = await polyphony.signIn('Aino', { language: 'fi', roles: [...roles] });
  things = await prepare(polyphony, aino, await polyphony.person('Joana', { language: 'pt' }));
});
afterAll(async () => {
  await polyphony?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const HERE = { language: 'fi', handle: 'aino', name: 'help' };

/** What is English in the pages that answer to this method, with an empty form where one is sent. */
async function englishIn(wanted: 'GET' | 'POST'): Promise<{ pages: number; found: string[] }> {
  const found: string[] = [];
  let pages = 0;
  for (const { method, path } of routesOf(polyphony)) {
    if (method !== wanted || !path.startsWith('/:language') || path.includes('sign-out')) continue;
    const address = pageOf(path, things, HERE);
    const { text, headers, location } = await (method === 'GET' ? aino.get(address) : aino.submit(address, {}));
    if (location || !headers.get('Content-Type')?.includes('html')) continue;
    pages++;
    found.push(...leftovers(text, vocabulary).map((each) => `${path}: ${each}`));
  }
  return { pages, found };
}

test('No page has a word of English that is not from the words', async () => {
  const { pages, found } = await englishIn('GET');
  expect(found).toEqual([]);
  expect(pages).toBeGreaterThan(20);
});

test('No page says in English what is wrong with a form', async () => {
  const { pages, found } = await englishIn('POST');
  expect(found).toEqual([]);
  expect(pages).toBeGreaterThan(20);
});

test('No mail has a word of English', () => {
  const toAino = polyphony.mails.received.filter(({ to }) => JSON.stringify(to).includes('aino'));
  expect(toAino.length).toBeGreaterThan(1);
  const texts = toAino.flatMap(({ subject, text, html }) => [subject, text, html || '']);
  expect(texts.flatMap((each) => leftovers(each ?? '', vocabulary))).toEqual([]);
});
