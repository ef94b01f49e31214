import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { createInstance } from 'i18next';

import { NAMESPACES, type Key } from '../../locales/keys.ts';
import { coverageIn, type Coverage, type WordFiles } from './coverage.ts';
import { html, type Html } from './html.ts';
import { formatNumber, regionOf } from './formats.ts';
import { rememberWords } from './remember.ts';

export { formatDate, formatDays, formatNumber, formatPeriod } from './formats.ts';

const LANGUAGE = /^[a-z]{2,3}$/;
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
  /** How many of the English words a language has. */
  coverage(language: string): Coverage;
}

/** A page says some hundred sentences, the next page mostly the same ones, and to make one takes i18next some 10 µs. For all languages together. */
const SENTENCES_BYTES = 8_000_000;

/** Reads `locales/`, or another folder like it. */
export async function loadWords(folder = FOLDER): Promise<Words> {
  const languages = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && LANGUAGE.test(entry.name)) // beside them stand `notes`, for translators
    .map((entry) => entry.name);
  const read = languages.map(async (language) => [language, await readNamespaces(`${folder}/${language}`)] as const);
  const files = new Map(await Promise.all(read));
  const i18n = createInstance();
  await i18n.init({
    lng: regionOf('en'),
    fallbackLng: regionOf('en'),
    ns: [...NAMESPACES],
    // By region, because plural forms are: no persons are `0 pessoas` in Portugal, `0 pessoa` in Brazil.
    resources: Object.fromEntries([...files].map(([language, words]) => [regionOf(language), words])),
    keySeparator: false, // keys are flat: `ideas:form.title` is one name
    interpolation: { escapeValue: false }, // html`` escapes, once
  });
  const said = rememberWords(SENTENCES_BYTES);
  const wordsOf = (language: string): T => {
    const lng = regionOf(language);
    const say = (key: Key, params?: Params) =>
      said(`${language} ${key}${params ? JSON.stringify(params) : ''}`, () =>
        i18n.t(key, { ...written(params, language), lng }),
      );
    return Object.assign(say, { language });
  };
  const all = new Map(languages.map((language) => [language, wordsOf(language)]));
  const english = all.get('en');
  if (!english) throw new Error('locales/en is missing.');
  return { languages, in: (language) => all.get(language) ?? english, coverage: coverageIn(files) };
}

/** A number in a sentence is written as anywhere else on the page; `count` itself chooses the plural. */
function written(params: Params | undefined, language: string): Params {
  const all = { ...params };
  for (const [name, value] of Object.entries(all))
    if (typeof value === 'number') all[name === 'count' ? COUNTED : name] = formatNumber(value, language);
  return all;
}

const COUNTED = 'counted';

/** What stands in the files of a language. Throws when one is missing or is no JSON. */
async function readNamespaces(folder: string): Promise<WordFiles> {
  const read = NAMESPACES.map(async (name) => {
    const file = await readFile(`${folder}/${name}.json`, 'utf8');
    return [name, JSON.parse(file.replaceAll('{{count}}', `{{${COUNTED}}}`))] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

const MARK = '\u{E000}';

/** A sentence with pieces of HTML (links, other languages) in the places of its `{{names}}`. */
export function sentence(t: T, key: Key, parts: Record<string, Html>, params: Params = {}): Html {
  const marks = Object.fromEntries(Object.keys(parts).map((name) => [name, `${MARK}${name}${MARK}`]));
  const pieces = t(key, { ...params, ...marks }).split(MARK);
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? (parts[piece] ?? '') : piece))}`;
}
