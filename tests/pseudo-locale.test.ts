import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { loadWords } from '../src/platform/i18n.ts';
import type { Visitor } from './support/browser-like.ts';
import { FEDERATED } from './support/federation/federated.ts';
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
  polyphony = await startPolyphony(FEDERATED, { words: await loadWords(folder) });
  const roles = ['moderator', 'organizer', 'secretariat', 'administrator'] as const;
  aino = await polyphony.signIn('Aino', { language: 'fi', roles: [...roles] });
  things = await prepare(polyphony, aino, await polyphony.person('Joana', { language: 'pt' }));
});
afterAll(async () => {
  await polyphony?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Columns and rows are named for programs, in every language alike. */
const FOR_PROGRAMS = new Set(['/:language/secretariat/:week.csv']);
/** The values of a calendar that people read, without folds. */
const valuesOf = (calendar: string): string[] =>
  [
    ...calendar
      .replaceAll(/\r\n[ \t]/g, '')
      .matchAll(/^(?:NAME|X-WR-CALNAME|SUMMARY|DESCRIPTION|LOCATION|COMMENT)[^:]*:(.*)$/gm),
  ].map(([, value = '']) => value);

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

test('No calendar and no file for people has a word of English that is not from the words', async () => {
  const found: string[] = [];
  const kinds = new Set<string>();
  for (const { method, path } of routesOf(polyphony)) {
    if (method !== 'GET' || !path.startsWith('/:language') || FOR_PROGRAMS.has(path)) continue;
    const { text, headers } = await aino.get(pageOf(path, things, HERE));
    const [type = ''] = (headers.get('Content-Type') ?? '').split(';');
    if (['', 'text/html'].includes(type)) continue;
    kinds.add(type);
    const said = type === 'text/calendar' ? valuesOf(text) : text.split(/[\n;]/);
    found.push(...said.flatMap((each) => leftovers(each, vocabulary)).map((each) => `${path}: ${each}`));
  }
  expect(found).toEqual([]);
  expect([...kinds].toSorted()).toEqual(['text/calendar', 'text/csv']);
});

test('The labels beside the codes of the secretariat’s file have no word of English', async () => {
  const { text } = await aino.get('/fi/secretariat/2026-W10.csv?labels=1&separator=tab');
  const [, ...rows] = text.trim().split('\n');
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.flatMap((row) => row.split('\t').slice(-3)).flatMap((label) => leftovers(label, vocabulary))).toEqual([]);
});

test('No program that accepts the language is told in English what is wrong', async () => {
  const onni = await polyphony.person('Onni');
  const found: string[] = [];
  let problems = 0;
  for (const { method, path } of routesOf(polyphony)) {
    if (!path.startsWith('/api/v1/')) continue;
    const address = pageOf(path, things, HERE).slice('/api/v1'.length);
    for (const query of ['', '?lang=fi']) {
      const headers = { 'Accept-Language': query ? 'de' : 'fi-FI, de;q=0.5' };
      const { body } = await onni.api(method, address + query, method === 'GET' ? undefined : {}, headers);
      if (!body?.code) continue;
      problems++;
      const said = [body.title, ...(body.errors ?? []).map(({ message }: { message: string }) => message)];
      found.push(...said.flatMap((each) => leftovers(each, vocabulary)).map((each) => `${method} ${path}: ${each}`));
    }
  }
  expect(found).toEqual([]);
  expect(problems).toBeGreaterThan(40);
});

test('No mail has a word of English', () => {
  const toAino = polyphony.mails.received.filter(({ to }) => JSON.stringify(to).includes('aino'));
  expect(toAino.length).toBeGreaterThan(1);
  const texts = toAino.flatMap(({ subject, text, html }) => [subject, text, html || '']);
  expect(texts.flatMap((each) => leftovers(each ?? '', vocabulary))).toEqual([]);
});
