import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

const FOLDER = fileURLToPath(new URL('../../locales', import.meta.url));
const PLURAL = /_(zero|one|two|few|many|other)$/;

const languages = foldersOf(FOLDER);
const english = wordsOf('en');

describe.each(languages.filter((language) => language !== 'en'))('the words in %s', (language) => {
  const words = wordsOf(language);
  const expected = expectedKeys(language);

  test('are all there', () => {
    expect([...expected].filter((key) => !words.has(key))).toEqual([]);
  });

  test('are no more than there are in English', () => {
    expect([...words.keys()].filter((key) => !expected.has(key))).toEqual([]);
  });

  test('have the same places for values', () => {
    const wrong = [...words].flatMap(([key, text]) => {
      const [wanted, found] = [english.get(key) ?? english.get(key.replace(PLURAL, '_other')) ?? '', text].map((each) =>
        placesIn(each, PLURAL.test(key)),
      );
      return wanted === found ? [] : [`${key}: ${found} instead of ${wanted}`];
    });
    expect(wrong).toEqual([]);
  });

  test('are not empty', () => {
    expect([...words].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
  });
});

test('English itself has both of its plural forms', () => {
  const keys = expectedKeys('en');
  expect([...english.keys()].filter((key) => !keys.has(key))).toEqual([]);
  expect([...keys].filter((key) => !english.has(key))).toEqual([]);
});

/** The keys of English, where a plural stands with every form that language has. */
function expectedKeys(language: string): Set<string> {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return new Set(
    [...english.keys()].flatMap((key) =>
      PLURAL.test(key) ? forms.map((form) => key.replace(PLURAL, `_${form}`)) : [key],
    ),
  );
}

function wordsOf(language: string): Map<string, string> {
  const files = readdirSync(`${FOLDER}/${language}`).filter((file) => file.endsWith('.json'));
  return new Map(
    files.flatMap((file) =>
      entriesOf(`${FOLDER}/${language}/${file}`).map(
        ([key, text]) => [`${file.replace('.json', '')}:${key}`, text] as const,
      ),
    ),
  );
}

function entriesOf(file: string): [string, string][] {
  const words: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
  return Object.entries(words).map(([key, text]) => [key, typeof text === 'string' ? text : JSON.stringify(text)]);
}

/** Of a plural the number itself may be missing: "one person", "no ideas", and the dual of some languages do not say it. */
function placesIn(text: string, isPlural: boolean): string {
  const names = [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name = '']) => name);
  return names
    .filter((name) => !isPlural || (name !== 'count' && name !== 'number'))
    .toSorted()
    .join(', ');
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}
