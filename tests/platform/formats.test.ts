import { readFileSync, globSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import {
  commaOf,
  formatDate,
  formatMonth,
  formatNumber,
  formatPercent,
  formatPeriod,
  formatTag,
} from '../../src/platform/formats.ts';
import { loadWords } from '../../src/platform/i18n.ts';

// F58: numbers and dates come from one source, on pages, in mails and in the browser's scripts.

const words = await loadWords();
const FROM = new Date('2026-11-28T16:05:00Z');
const UNTIL = new Date('2026-11-28T18:30:00Z');

/** Themes have words within words. */
const wordsIn = (found: unknown): string[] =>
  typeof found === 'object' && found !== null ? Object.values(found).flatMap(wordsIn) : [String(found)];

describe('numbers and dates', () => {
  test.each([
    ['en', '43,210', '43.5%', 'Saturday, 28 November 2026, 16:05–18:30', '28 November 2026 at 16:05'],
    ['es', '43.210', '43,5 %', 'sábado, 28 de noviembre de 2026, 16:05–18:30', '28 de noviembre de 2026 a las 16:05'],
    ['pt', '43 210', '43,5%', 'sábado, 28 de novembro de 2026, 16:05 – 18:30', '28 de novembro de 2026 às 16:05'],
    ['ar', '43٬210', '43٫5\u200E%\u200E', 'السبت، 28 نوفمبر 2026، 16:05–18:30', '28 نوفمبر 2026 في 16:05'],
  ])('F58: in %s', (language, ...said) => {
    const plain = (text: string) => text.replaceAll(/[\u00A0\u202F\u2009]/g, ' ');
    const all = [
      ...[formatNumber(43_210, language), formatPercent(0.435, language, 1)],
      ...[formatPeriod(FROM, UNTIL, language, 'UTC'), formatDate(FROM, language, 'UTC', { time: true })],
    ];
    expect(all.map(plain)).toEqual(said);
  });

  test.each(words.languages)('F58: agree with each other in %s: one order of dates, one clock', (language) => {
    const day = formatDate(FROM, language, 'UTC');
    const period = formatPeriod(FROM, UNTIL, language, 'UTC');
    const bare = (text: string) => text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
    expect(bare(period)).toContain(bare(day));
    expect(period).toMatch(/16[.:]05.+18[.:]30/);
    expect(formatDate(FROM, language, 'UTC', { time: true })).toMatch(/16[.:]05/);
    expect(day.toLowerCase()).toContain(formatMonth(FROM, language, 'UTC').replace('.', '').toLowerCase().slice(0, 2));
    expect([formatNumber(1_234_567, language), commaOf(language)].join()).toMatch(/^\d[^\d]\d{3}[^\d]\d{3},/);
  });

  test('F58: Arabic has no Latin commas and no turned percent signs', () => {
    const t = words.in('ar');
    const all = [
      ...[formatNumber(1_234_567.5, 'ar'), formatPercent(0.435, 'ar', 1), formatPeriod(FROM, UNTIL, 'ar', 'UTC')],
      ...[commaOf('ar'), t('moderation:certainty', { percent: formatPercent(0.97, 'ar') })],
      ...globSync('locales/ar/*.json').flatMap((file) => wordsIn(JSON.parse(readFileSync(file, 'utf8')))),
    ];
    expect(all.filter((each) => /[,٪]/.test(each.replaceAll(/`[^`]*`/g, '')))).toEqual([]);
  });

  test('F58: nobody is many in Portugal', () => {
    const t = words.in('pt');
    expect(t('endorsements:supporters', { count: 0 })).toBe(t('endorsements:supporters', { count: 2 }));
    expect(t('endorsements:supporters', { count: 1 })).not.toBe(t('endorsements:supporters', { count: 2 }));
  });

  test.each(words.languages)('F58: numbers in sentences of %s are those of the page', (language) => {
    const t = words.in(language);
    expect(t('comments:hint', { max: 3_000 })).toContain(formatNumber(3_000, language));
    expect(t('errors:tooMany', { count: 12_345 })).toContain(formatNumber(12_345, language));
  });

  test('F58: no other file asks Intl for numbers and dates', () => {
    const files = globSync(['src/**/*.ts', 'public/js/*.js']).filter((file) => !/\/formats\.(ts|js)$/.test(file));
    const own =
      /Intl\.(NumberFormat|DateTimeFormat|ListFormat|RelativeTimeFormat|DurationFormat)\((?!\)|'en'|tag|formatTag)|toLocale(Date|Time)?String/;
    expect(files.filter((file) => own.test(readFileSync(file, 'utf8')))).toEqual([]);
    expect(files.length).toBeGreaterThan(300);
  });

  test('F58: the scripts of a page write numbers as its server does', async () => {
    const script = readFileSync('public/js/formats.js', 'utf8').replace('export const tag', 'const tag');
    for (const language of words.languages) {
      const dataset = { format: formatTag(language) };
      const source = `const document = { documentElement: { dataset: ${JSON.stringify(dataset)}, lang: '' } };\n${script}`;
      const made: unknown = await import(`data:text/javascript,${encodeURIComponent(source)}`);
      expect(made).toMatchObject({ formatNumber: expect.any(Function) });
      const { formatNumber: inBrowser } = made as { formatNumber(value: number): string };
      for (const value of [0, 3_000, 43_210, 1_234_567]) expect(inBrowser(value)).toBe(formatNumber(value, language));
    }
  });
});
