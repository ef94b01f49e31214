import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { createInstance } from 'i18next';

import { NAMESPACES, type Key } from '../../locales/keys.ts';
import { foldOf, offsetOf } from './clocks.ts';
import { html, type Html } from './html.ts';
import { remember, rememberWords } from './remember.ts';

const FOLDER = fileURLToPath(new URL('../../locales', import.meta.url));

export type Params = Record<string, string | number>;

/** The words of one language. `language` goes with it, for dates, numbers and names of languages. */
export interface T {
  (key: Key, params?: Params): string;
  readonly language: string;
}

/** All interface languages of a platform: those with a folder in `locales/`. */
export interface Words {
  readonly languages: readonly string[];
  /** The words of a language; of English when there is no such interface language. */
  in(language: string): T;
}

export async function loadWords(): Promise<Words> {
  const languages = readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const i18n = createInstance();
  await i18n.init({
    lng: 'en',
    fallbackLng: 'en',
    ns: [...NAMESPACES],
    resources: Object.fromEntries(languages.map((language) => [language, readNamespaces(language)])),
    keySeparator: false, // keys are flat: `ideas:form.title` is one name
    interpolation: { escapeValue: false }, // html`` escapes, once
  });
  const all = new Map(
    languages.map((language) => [
      language,
      wordsOf((key, params) => i18n.t(key, { ...params, lng: language }), language),
    ]),
  );
  const english = all.get('en');
  if (!english) throw new Error('locales/en is missing.');
  return { languages, in: (language) => all.get(language) ?? english };
}

/** What stands in the files of a language. Throws when one is missing or is no JSON. */
function readNamespaces(language: string): Record<string, Record<string, string>> {
  return Object.fromEntries(
    NAMESPACES.map((name) => [name, JSON.parse(readFileSync(`${FOLDER}/${language}/${name}.json`, 'utf8'))]),
  );
}

/** A page says some hundred sentences, the next page mostly the same ones, and to make one takes i18next some 10 µs. */
const SENTENCES_BYTES = 2_000_000;

function wordsOf(make: (key: string, params?: Params) => string, language: string): T {
  const said = rememberWords(SENTENCES_BYTES);
  const say = (key: Key, params?: Params) => said(params ? key + JSON.stringify(params) : key, () => make(key, params));
  return Object.assign(say, { language });
}

const MARK = '\u{E000}';

/** A sentence with pieces of HTML (links, other languages) in the places of its `{{names}}`. */
export function sentence(t: T, key: Key, parts: Record<string, Html>, params: Params = {}): Html {
  const marks = Object.fromEntries(Object.keys(parts).map((name) => [name, `${MARK}${name}${MARK}`]));
  const pieces = t(key, { ...params, ...marks }).split(MARK);
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? (parts[piece] ?? '') : piece))}`;
}

/** Dates and numbers as they are written in Europe: `22 November 2026`. */
const EUROPEAN: Record<string, string> = { en: 'en-GB', pt: 'pt-PT' };
const tagOf = (language: string): string => EUROPEAN[language] ?? language;

/** Some 4,000 numbers, and as many dates; there are fewer formats than this. */
const WRITTEN_BYTES = 1_000_000;
const FORMATS = 1_000;

/** `4218` as the language writes it. */
export function formatNumber(value: number, language: string): string {
  return writtenNumbers(`${language} ${value}`, () => numberFormats(language).format(value));
}

const writtenNumbers = rememberWords(WRITTEN_BYTES);

const numberFormats = remember(FORMATS, (language) => new Intl.NumberFormat(tagOf(language)));

/** A calendar day in the platform's time zone; with the time of day when `time` is set. */
export function formatDate(value: Date, language: string, timeZone: string, { time = false } = {}): string {
  const format = `${language} ${timeZone} ${time ? 'short' : 'none'}`;
  const write = () => dateFormats(format).format(value) + (time ? whichOf([value], timeZone) : '');
  return writtenDates(`${format} ${value.getTime()}`, write);
}

const writtenDates = rememberWords(WRITTEN_BYTES);

const dateFormats = remember(FORMATS, (key) => {
  const [language = '', timeZone, time] = key.split(' ');
  const style =
    time === 'short' ? ({ dateStyle: 'long', timeStyle: 'short' } as const) : ({ dateStyle: 'long' } as const);
  return new Intl.DateTimeFormat(tagOf(language), { ...style, ...(timeZone ? { timeZone } : {}) });
});

/** Left to right also in Arabic. */
const LEFT_TO_RIGHT = '\u200E';

/** What tells these moments apart from others that clocks show as the same time: on the night when they go back, how far they are from UTC. */
function whichOf(moments: readonly Date[], timeZone: string): string {
  if (moments.every((each) => foldOf(each, timeZone) === null)) return '';
  const offsets = new Set(moments.map((each) => offsetOf(each, timeZone)));
  return ` (${[...offsets].map((each) => LEFT_TO_RIGHT + each + LEFT_TO_RIGHT).join(' – ')})`;
}

/** From one moment to another on the clocks of that zone, in the language's shortest way: `Saturday 4 October 2031, 18:00 – 20:30`. */
export function formatPeriod(from: Date, until: Date, language: string, timeZone: string): string {
  const format = `${language} ${timeZone}`;
  const write = () => periodFormats(format).formatRange(from, until) + whichOf([from, until], timeZone);
  return writtenDates(`${format} ${from.getTime()} ${until.getTime()}`, write);
}

/** Whole days, `until` the midnight after the last one: `Saturday 4 – Monday 6 October 2031`. */
export function formatDays(from: Date, until: Date, language: string, timeZone: string): string {
  return dayFormats(`${language} ${timeZone}`).formatRange(from, new Date(until.getTime() - 1));
}

const dayFormats = remember(FORMATS, (key) => {
  const [language = '', timeZone = ''] = key.split(' ');
  return new Intl.DateTimeFormat(tagOf(language), { ...WITH_WEEKDAY, timeZone });
});

const periodFormats = remember(FORMATS, (key) => {
  const [language = '', timeZone = ''] = key.split(' ');
  return new Intl.DateTimeFormat(tagOf(language), { ...WITH_WEEKDAY, hour: 'numeric', minute: '2-digit', timeZone });
});

const WITH_WEEKDAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
