import { readdirSync, readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { formatPercent } from '../src/platform/formats.ts';
import { autonym } from '../translation/languages.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';

const FOLDER = new URL('../locales/', import.meta.url);
const PLURAL = /_(zero|one|two|few|many|other)$/;

let polyphony: TestPlatform;
beforeAll(async () => (polyphony = await startPolyphony()));
afterAll(() => polyphony.stop());

const languages = readdirSync(FOLDER).filter((name) => /^[a-z]{2}$/.test(name));
/** `themes.json` has the texts of the first themes, which are no words of the site. */
const wordsOf = (language: string): string[] =>
  readdirSync(new URL(`${language}/`, FOLDER))
    .filter((file) => file.endsWith('.json') && file !== 'themes.json')
    .flatMap((file) =>
      Object.keys(JSON.parse(readFileSync(new URL(`${language}/${file}`, FOLDER), 'utf8'))).map((key) => file + key),
    );

/** As a translator counts: what there is in English, and which of it a language has. */
function countedIn(language: string): number {
  const own = new Set(wordsOf(language));
  const english = new Set(wordsOf('en'));
  const all = new Set([...english].map((key) => key.replace(PLURAL, '')));
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const keysOf = (key: string) => (english.has(key) ? [key] : forms.map((form) => `${key}_${form}`));
  const there = [...all].filter((key) => keysOf(key).every((each) => own.has(each)));
  return Math.floor((100 * there.length) / all.size) / 100;
}

async function linesOf(language: string) {
  const { text } = await polyphony.visitor().get(`/${language}/translation`);
  const [section = ''] = /<section[^>]* id="interface">.*?<\/section>/s.exec(text) ?? [];
  const line =
    /<li><a href="([^"]+)" hreflang="(\w+)" lang="\2" dir="(\w+)"( aria-current="true")?>([^<]+)<\/a> <span[^>]*>([^<]+)</g;
  return [...section.matchAll(line)].map(([, href, code = '', dir, isCurrent, name = '', share]) => ({
    ...{ href, code, dir, name, share, isCurrent: isCurrent !== undefined },
  }));
}

describe('Kasia looks up in which languages the pages are', () => {
  test('each by its own name, with the share of words it really has, and a way to read there', async () => {
    const lines = await linesOf('pl');
    expect(lines.map(({ code }) => code).toSorted()).toEqual(languages.toSorted());
    for (const { code, name, share, href, dir } of lines) {
      expect({ code, share }).toEqual({ code, share: formatPercent(countedIn(code), 'pl') });
      expect(name).toBe(autonym(code));
      expect(href).toBe(`/${code}/translation#interface`);
      expect(dir).toBe(code === 'ar' ? 'rtl' : 'ltr');
    }
    expect(lines.filter(({ isCurrent }) => isCurrent).map(({ code }) => code)).toEqual(['pl']);
  });

  test.each(['en', 'cs', 'ar'])('in the order of the alphabet of %s', async (language) => {
    const names = (await linesOf(language)).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(20);
    expect(names).toEqual(names.toSorted(new Intl.Collator(language).compare));
  });
});
