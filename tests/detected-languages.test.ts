import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { EU_LANGUAGES } from '../translation/languages.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';

const IDEAS_A_LANGUAGE = 10;
// 240 requests, one after another, on a machine that may be busy.
const TIMEOUT_MS = 60_000;

interface Idea {
  language: string;
  title: string;
  body: string;
}

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPolyphony({ TRANSLATION_ENGINES: 'none' });
});
afterAll(() => platform.stop());

describe('Who writes in another language than they read', () => {
  test(
    '240 ideas in 24 languages, each posted from the page of another language, land in their own',
    async () => {
      const ideas = await parallelIdeas();
      expect(ideas).toHaveLength(IDEAS_A_LANGUAGE * EU_LANGUAGES.length);
      const readers = await readersOfEveryLanguage();
      const landed = [];
      for (const [index, { language, ...idea }] of ideas.entries()) {
        const reader = readers.get(anotherThan(language, index));
        const answer = await reader?.api('POST', '/spaces/other/ideas', idea);
        expect(answer?.status).toBe(201);
        landed.push({ title: idea.title, language, found: answer?.body.text.language });
      }
      const right = landed.filter(({ language, found }) => found === language);
      expect(right.length, JSON.stringify(landed.filter((each) => !right.includes(each)))).toBeGreaterThanOrEqual(
        0.98 * landed.length,
      );
    },
    TIMEOUT_MS,
  );
});

/** The first ten texts of the demonstration that exist in all 24 languages, cut to a title and one sentence. */
async function parallelIdeas(): Promise<Idea[]> {
  const file = new URL('../demo/content/parallel.jsonl', import.meta.url);
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const all: (Idea & { group: number })[] = lines.map((line) => JSON.parse(line));
  return all
    .filter(({ group }) => group <= IDEAS_A_LANGUAGE)
    .map(({ language, title, body }) => ({ language, title, body: firstSentence(body) }));
}

const firstSentence = (body: string): string => /^.{40,}?[.!?](?=\s|$)/su.exec(body)?.[0] ?? body;

/** Somebody for each language, who reads the site in it. */
async function readersOfEveryLanguage(): Promise<Map<string, ApiPerson>> {
  const readers = new Map<string, ApiPerson>();
  for (const language of EU_LANGUAGES) readers.set(language, await platform.person(`Reader ${language}`, { language }));
  return readers;
}

/** Every idea of a language comes from the page of a different one. */
function anotherThan(language: string, index: number): string {
  const others = EU_LANGUAGES.filter((each) => each !== language);
  return others[index % others.length] ?? '';
}
