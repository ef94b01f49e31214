import { afterAll, beforeAll, expect, test } from 'vitest';

import { brotliCompressSync } from 'node:zlib';

import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { announceEvent } from './support/registrations.ts';

/** On a slow line: words, their looks and what moves them, packed; letters beside them. */
const WORDS_BYTES = 60_000;
const LETTERS_BYTES = 50_000;

let polyphony: TestPlatform;
let idea: string;
beforeAll(async () => {
  polyphony = await startPolyphony();
  const giulia = await polyphony.person('Giulia', { roles: ['organizer'] });
  const body = 'Binari per tutti, di notte e di giorno, tra le capitali e i paesi. '.repeat(30);
  for (let number = 0; number < 20; number++) {
    await announceEvent(giulia, null);
    const post = { title: `Treni ${number}`, body, language: 'it' };
    idea = (await giulia.api('POST', '/spaces/climate/ideas', post)).body.id;
  }
});
afterAll(() => polyphony.stop());

/** What the page of a language asks for before it is read: its letters by name, and the bytes of all else. */
async function weigh(path: string): Promise<{ letters: string[]; lettersBytes: number; wordsBytes: number }> {
  const { text } = await polyphony.visitor().get(path);
  const assets = [...new Set(text.match(/\/assets\/[\w/.-]+\.(?:css|js|woff2)/g))];
  const fonts = assets.filter((each) => each.endsWith('.woff2'));
  const rest = new Set(assets.filter((each) => !each.endsWith('.woff2')));
  const modules = rest.size > 0 ? await reached([...rest].filter((each) => each.endsWith('.js'))) : [];
  for (const module of modules) rest.add(module);
  const sizes = await Promise.all([...rest].map(packedBytes));
  const html = brotliCompressSync(text).length;
  return {
    letters: fonts.map((font) => /sans-([\w-]+)\.woff2/.exec(font)?.[1] ?? ''),
    lettersBytes: (await Promise.all(fonts.map(packedBytes))).reduce((sum, bytes) => sum + bytes, 0),
    wordsBytes: sizes.reduce((sum, bytes) => sum + bytes, html),
  };
}

/** All modules that these may ever load. */
async function reached(modules: string[]): Promise<string[]> {
  const known = new Set(modules);
  for (const module of known) {
    const { text } = await polyphony.visitor().get(module);
    for (const [, path = ''] of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g))
      known.add(new URL(path, polyphony.url + module).pathname);
  }
  return [...known];
}

async function packedBytes(path: string): Promise<number> {
  const answer = await fetch(polyphony.url + path, { headers: { 'Accept-Encoding': 'br' } });
  await answer.arrayBuffer();
  return Number(answer.headers.get('Content-Length'));
}

const SCRIPTS = { en: 'latin', pl: 'latin', de: 'latin', el: 'greek', bg: 'cyrillic', uk: 'cyrillic', ar: 'arabic' };

test.each(Object.entries(SCRIPTS))(
  'the first view in %s is light, and asks for %s letters alone',
  async (lang, name) => {
    for (const path of ['', '/ideas', `/ideas/${idea}`, '/events', '/sign-in']) {
      const { letters, lettersBytes, wordsBytes } = await weigh(`/${lang}${path}`);
      expect(letters, path).toEqual([`${name}-400`, `${name}-600`]);
      expect(lettersBytes).toBeGreaterThan(5_000);
      expect(lettersBytes).toBeLessThan(LETTERS_BYTES);
      expect(wordsBytes).toBeGreaterThan(10_000);
      expect(wordsBytes, path).toBeLessThan(WORDS_BYTES);
    }
  },
);

test('search engines find every listed page by a sentence, and no other', async () => {
  const visitor = polyphony.visitor();
  for (const path of ['', '/ideas', '/events', '/spaces', '/translation'])
    expect((await visitor.get(`/el${path}`)).text, path).toMatch(/<meta name="description" content="[^"]{20,}">/);
  expect((await visitor.get('/el/sign-in')).text).not.toContain('name="description"');
});
