import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { z } from 'zod';

/** Words by `namespace:key`, where `themes:climate.title` is a key too. */
type Words = ReadonlyMap<string, string>;

export interface Note {
  /** For the translator: where it stands, what its variables are. */
  note: string;
  /** Characters that fit, without variables. */
  most?: number | undefined;
}

/** The part of the glossaries that can be checked. */
export interface Glossary {
  /** An English text speaks of the term when `english` finds it, and `keys` its key. */
  terms: Record<string, { english: RegExp; keys: RegExp }>;
  /** What words for a term have in them, by language and term. */
  stems: Record<string, Record<string, string[]>>;
  /** Where languages do without the word, and why. */
  exceptions: Exception[];
}

export interface Exception {
  /** With the form of its plural, or without for all of them. */
  key: string;
  term: string;
  /** All, when none are named. */
  languages?: string[] | undefined;
  why: string;
}

/** What stands in `locales/`. */
export interface Locales {
  languages: string[];
  words: ReadonlyMap<string, Words>;
  english: Words;
  notes: ReadonlyMap<string, Note>;
  /** By language: keys whose words are right although they are those of English. */
  same: Record<string, string[]>;
  glossary: Glossary;
}

export interface Fault {
  language: string;
  key: string;
  what: string;
  /** The words that are wrong; none when they are missing. */
  text?: string | undefined;
}

const LANGUAGE = /^[a-z]{2,3}$/;
const PLURAL = /_(zero|one|two|few|many|other)$/;

/** The pseudo-locale that somebody looks at: `pseudo.ts`. */
export const PSEUDO = 'qps';

const nested = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())]));
const noteOf = z.strictObject({ note: z.string().min(1), most: z.int().positive().optional() });
const pattern = z.string().transform((text) => new RegExp(text, 'iu'));
const exceptionOf = z.strictObject({
  ...{ key: z.string(), term: z.string(), languages: z.array(z.string()).min(1).optional(), why: z.string().min(1) },
});
const glossaryOf = z.strictObject({
  terms: z.record(z.string(), z.strictObject({ english: pattern, keys: pattern.default(/^/) })).default({}),
  stems: z.record(z.string(), z.record(z.string(), z.array(z.string().min(1)).min(1))).default({}),
  exceptions: z.array(exceptionOf).default([]),
});

/** Reads `locales/` under `root`. Throws when a file is no JSON, or has another shape. */
export function readLocales(root: string): Locales {
  const folder = join(root, 'locales');
  const languages = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && LANGUAGE.test(entry.name) && entry.name !== PSEUDO)
    .map(({ name }) => name);
  const words = new Map(languages.map((language) => [language, readWords(join(folder, language))]));
  const notes = namespaces(join(folder, 'notes')).flatMap(([name, file]) =>
    Object.entries(read(file, z.record(z.string(), noteOf))).map(([key, note]) => [`${name}:${key}`, note] as const),
  );
  return {
    ...{ languages, words, english: words.get('en') ?? new Map(), notes: new Map(notes) },
    same: readIfThere(join(folder, 'same-as-english.json'), z.record(z.string(), z.array(z.string()))),
    glossary: readIfThere(join(folder, 'terms.json'), glossaryOf),
  };
}

function readWords(folder: string): Words {
  return new Map(
    namespaces(folder).flatMap(([name, file]) =>
      Object.entries(read(file, nested)).flatMap(([key, value]) =>
        typeof value === 'string'
          ? [[`${name}:${key}`, value] as const]
          : Object.entries(value).map(([part, text]) => [`${name}:${key}.${part}`, text] as const),
      ),
    ),
  );
}

const namespaces = (folder: string): [name: string, file: string][] =>
  globSync('*.json', { cwd: folder })
    .toSorted()
    .map((file) => [basename(file, '.json'), join(folder, file)]);

const readIfThere = <S extends z.ZodType>(file: string, schema: S): z.infer<S> =>
  existsSync(file) ? read(file, schema) : schema.parse({});

function read<S extends z.ZodType>(file: string, schema: S): z.infer<S> {
  const { data, error } = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (error) throw new Error(`${file}: ${z.prettifyError(error)}`);
  return data;
}

/** `events:seats` of `events:seats_other`. */
export const baseOf = (key: string): string => key.replace(PLURAL, '');

/** `other` of `events:seats_other`, when English has plural forms there. */
export const pluralOf = (key: string, { english }: Locales): string | undefined =>
  english.has(`${baseOf(key)}_other`) ? PLURAL.exec(key)?.[1] : undefined;

/** What English says there; of a form that English does not have, what it says of several. */
export const englishOf = (key: string, { english }: Locales): string =>
  english.get(key) ?? english.get(`${baseOf(key)}_other`) ?? '';

export const noteFor = (key: string, { notes }: Locales): Note | undefined => notes.get(key) ?? notes.get(baseOf(key));

/** The number itself, which "one person" and the dual of some languages do not say. */
export const NUMBERS = ['count', 'number'];

export const variablesOf = (text: string): Set<string> =>
  new Set([...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name = '']) => name));

/** Without the places for values. */
export const lettersOf = (text: string): string => text.replaceAll(/\{\{.*?\}\}/g, '');

/** Every text that stands in a language, except in English. */
export const translated = (locales: Locales): { language: string; key: string; text: string }[] =>
  [...locales.words].flatMap(([language, words]) =>
    language === 'en'
      ? []
      : [...words].flatMap(([key, text]) => (englishOf(key, locales) ? [{ language, key, text }] : [])),
  );
