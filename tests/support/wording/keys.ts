import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { regionOf } from '../../../src/platform/formats.ts';
import { baseOf, lettersOf, NUMBERS, pluralOf, variablesOf, type Fault, type Locales } from './locales.ts';

/** `kinds/spaces/spaces.ts` reads these from the file, not through `t`. */
const READ = ['themes:${slug}.title', 'themes:${slug}.description'];

/** Keys that a language lacks or has too many, among them forms of plurals: exactly those of `Intl.PluralRules`. */
export function wrongKeys(locales: Locales): Fault[] {
  return [...locales.words].flatMap(([language, words]) => {
    const expected = expectedKeys(language, locales);
    const missing = [...expected].filter((key) => (words.get(key) ?? '').trim() === '');
    const unknown = [...words].filter(([key]) => !expected.has(key));
    return [
      ...missing.map((key) => ({ language, key, what: 'missing' })),
      ...unknown.map(([key, text]) => ({ language, key, text, what: 'not in English, or no plural of this language' })),
    ];
  });
}

function expectedKeys(language: string, locales: Locales): Set<string> {
  const forms = new Intl.PluralRules(regionOf(language)).resolvedOptions().pluralCategories;
  return new Set(
    [...locales.english.keys()].flatMap((key) =>
      pluralOf(key, locales) ? forms.map((form) => `${baseOf(key)}_${form}`) : [key],
    ),
  );
}

/** English keys that no source under `root` asks for: by their name, or by a template such as `events:mode.${mode}` and the rest as a word. */
export function unusedKeys(root: string, { english }: Locales): Fault[] {
  const sources = globSync('{src,public/js}/**/*.{ts,js}', { cwd: root })
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
  const names = new Set(sources.match(/\b[a-z]+:\w[\w.-]*/g));
  const words = new Set([...sources.matchAll(/(?<=['"`])[\w.-]+(?=['"`])|\b[\w-]+(?=['"]?:)/g)].map(([word]) => word));
  const templates = [...sources.matchAll(/`([a-z]+:[\w.-]*\$\{[^`]*)`/g)].map(([, text = '']) => text);
  const made = [...new Set([...templates, ...READ])].map(patternOf);
  const isUsed = (key: string): boolean =>
    names.has(key) ||
    made.some((each) => (each.exec(key)?.slice(1) ?? [null]).every((word) => word !== null && words.has(word)));
  return [...english]
    .filter(([key]) => !isUsed(baseOf(key)) && !isUsed(key))
    .map(([key, text]) => ({ language: 'en', key, text, what: 'unused' }));
}

/** `events:mode.${mode}` finds `online` in `events:mode.online`. */
function patternOf(template: string): RegExp {
  const parts = template.split(/\$\{[^}]*\}/).map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('([\\w.-]+)')}$`);
}

/** Notes of keys that are not there, and keys that need one: nobody sees what a short text is for, and what stands in its variables. */
export function wrongNotes(locales: Locales): Fault[] {
  const { english, notes } = locales;
  const nameOf = (key: string): string => (pluralOf(key, locales) ? baseOf(key) : key);
  const names = new Set([...english.keys()].map(nameOf));
  const needed = new Set([...english].filter(([, text]) => needsNote(text)).map(([key]) => nameOf(key)));
  const unknown = [...notes].filter(([key]) => !names.has(key));
  return [
    ...unknown.map(([key, { note }]) => ({ language: 'notes', key, text: note, what: 'there is no such key' })),
    ...[...needed].filter((key) => !notes.has(key)).map((key) => ({ language: 'notes', key, what: 'needs a note' })),
  ];
}

const SHORT_WORDS = 3;

function needsNote(text: string): boolean {
  const isShort = lettersOf(text).split(/\s+/).filter(Boolean).length <= SHORT_WORDS;
  return isShort || [...variablesOf(text)].some((name) => !NUMBERS.includes(name));
}
