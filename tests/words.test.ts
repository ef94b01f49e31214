import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { checkWords } from './support/check-words.ts';
import { workList } from './support/wording/work-list.ts';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

type Files = Record<string, Record<string, unknown>>;

const SOURCE = "t('ideas:title'); t('ideas:count'); t('ideas:by'); t(`ideas:mode.${mode}`); const MODES = ['online'];";

/** Ivana translates four texts into Croatian and makes no mistake; Jean does the same in French, Amal in Arabic. */
const GOOD: Files = {
  'locales/en/ideas.json': {
    ...{ title: 'Ideas', count_one: '{{count}} idea', count_other: '{{count}} ideas', by: 'From {{name}}' },
    'mode.online': 'Where, by the way? “Online”',
  },
  'locales/hr/ideas.json': {
    ...{ title: 'Ideje', count_one: '{{count}} ideja', count_few: '{{count}} ideje', count_other: '{{count}} ideja' },
    ...{ by: 'Ime: {{name}}', 'mode.online': 'Gdje? „Online”' },
  },
  'locales/fr/ideas.json': {
    ...{ title: 'Idées', count_one: '{{count}} idée', count_many: '{{count}} d’idées', count_other: '{{count}} idées' },
    ...{ by: 'Nom\u00A0: {{name}}', 'mode.online': 'Où, au fait\u202F? «\u00A0En ligne\u00A0»' },
  },
  'locales/ar/ideas.json': {
    ...{ title: 'الأفكار', count_zero: 'لا أفكار', count_one: 'فكرة واحدة', count_two: 'فكرتان' },
    ...{ count_few: '{{count}} أفكار', count_many: '{{count}} فكرة', count_other: '{{count}} فكرة' },
    ...{ by: 'الاسم: {{name}}', 'mode.online': 'أين؟ «عبر الإنترنت»' },
  },
  'locales/notes/ideas.json': {
    title: { note: 'A heading', most: 9 },
    count: { note: 'Above a list' },
    by: { note: 'Below a title; {{name}} of its author' },
    'mode.online': { note: 'Where an event is' },
  },
  'locales/same-as-english.json': {},
  'locales/terms.json': {
    terms: { idea: { english: '\\bideas?\\b' } },
    stems: { hr: { idea: ['idej'] }, fr: { idea: ['idée'] }, ar: { idea: ['فكر', 'أفكار'] } },
  },
};

/** A tree of the good files, with other texts at some keys; at a key that is null, with none. */
function plant(changes: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'polyphony-words-'));
  folders.push(root);
  for (const [path, good] of Object.entries({ 'src/ideas.ts': SOURCE, ...GOOD })) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    const content = typeof good === 'string' ? good : JSON.stringify(merged(good, changes[path] ?? {}));
    writeFileSync(join(root, path), content);
  }
  return root;
}

const merged = (good: Record<string, unknown>, change: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...good, ...change }).filter(([, value]) => value !== null));

const said = (changes: Files): string[] =>
  checkWords(plant(changes)).faults.map(({ language, key, what }) => `${language} ${key}: ${what}`);

test('Words without a fault are left in peace', () => {
  expect(said({})).toEqual([]);
});

test.each<[fault: string, changes: Files, says: string[]]>([
  ['a missing text', { 'locales/hr/ideas.json': { title: null } }, ['hr ideas:title: missing']],
  ['an empty text', { 'locales/hr/ideas.json': { by: '' } }, ['hr ideas:by: missing', 'hr ideas:by: lacks {{name}}']],
  [
    'an unknown key',
    { 'locales/hr/ideas.json': { old: 'Staro' } },
    ['hr ideas:old: not in English, or no plural of this language'],
  ],
  ['a missing plural form', { 'locales/hr/ideas.json': { count_few: null } }, ['hr ideas:count_few: missing']],
  [
    'a plural form of another language',
    { 'locales/hr/ideas.json': { count_two: '{{count}} ideje' } },
    ['hr ideas:count_two: not in English, or no plural of this language'],
  ],
  [
    'a key for which nobody asks, although a template begins like it',
    {
      'locales/en/ideas.json': { 'mode.gone': 'Gone' },
      'locales/hr/ideas.json': { 'mode.gone': 'Prošlo' },
      ...without('mode.gone'),
    },
    ['en ideas:mode.gone: unused', 'notes ideas:mode.gone: needs a note'],
  ],
  ['a variable too few', { 'locales/hr/ideas.json': { by: 'Ime' } }, ['hr ideas:by: lacks {{name}}']],
  [
    'a variable of another name',
    { 'locales/fr/ideas.json': { by: '{{nom}} {{name}}' } },
    ['fr ideas:by: {{nom}} is not in English'],
  ],
  [
    'a number left out where the form is also for 21',
    { 'locales/hr/ideas.json': { count_one: 'Jedna ideja' } },
    ['hr ideas:count_one: lacks {{count}}'],
  ],
  [
    'a number left out where the form is also for 0',
    { 'locales/fr/ideas.json': { count_one: 'Une idée' } },
    ['fr ideas:count_one: lacks {{count}}'],
  ],
  [
    'too long a text',
    { 'locales/hr/ideas.json': { title: 'Sve ideje tu' } },
    ['hr ideas:title: 12 characters where 9 fit'],
  ],
  ['a copy of English', { 'locales/hr/ideas.json': { by: 'From {{name}}' } }, ['hr ideas:by: the words of English']],
  [
    'an allowed copy that is none',
    { 'locales/same-as-english.json': { hr: ['ideas:by'] } },
    ['hr ideas:by: not the words of English: take it out of same-as-english.json'],
  ],
  [
    'a straight quote',
    { 'locales/hr/ideas.json': { 'mode.online': '"Online"' } },
    ['hr ideas:mode.online: a straight quote'],
  ],
  [
    'the quotes of another language',
    { 'locales/hr/ideas.json': { 'mode.online': '“Online”' } },
    ['hr ideas:mode.online: quotes unlike „”'],
  ],
  ['a doubled blank', { 'locales/hr/ideas.json': { by: 'Ime:  {{name}}' } }, ['hr ideas:by: a blank too many']],
  ['a blank at the end', { 'locales/hr/ideas.json': { title: 'Ideje ' } }, ['hr ideas:title: a blank too many']],
  ['a Latin comma in Arabic', { 'locales/ar/ideas.json': { by: 'الاسم, {{name}}' } }, ['ar ideas:by: a Latin sign']],
  [
    'a wide blank in French',
    { 'locales/fr/ideas.json': { 'mode.online': 'Où ?' } },
    ['fr ideas:mode.online: no U+202F before ; ! ?'],
  ],
  [
    'a bare colon in French',
    { 'locales/fr/ideas.json': { by: 'Nom: {{name}}' } },
    ['fr ideas:by: no U+00A0 before : or inside « »'],
  ],
  [
    'another word than the glossary’s',
    { 'locales/hr/ideas.json': { title: 'Zamisli' } },
    ['hr ideas:title: does not say idej for idea'],
  ],
  [
    'the glossary’s word that is missing where it may be, and where it may not',
    {
      'locales/hr/ideas.json': { title: 'Zamisli', count_one: '{{count}} zamisao' },
      'locales/fr/ideas.json': { title: 'Pensées' },
      'locales/terms.json': { exceptions: [{ key: 'ideas:title', term: 'idea', why: 'short' }] },
    },
    ['hr ideas:count_one: does not say idej for idea'],
  ],
  [
    'an exception that nobody needs',
    { 'locales/terms.json': { exceptions: [{ key: 'ideas:title', term: 'idea', languages: ['hr'], why: 'short' }] } },
    ['hr ideas:title: needs no exception for idea in terms.json'],
  ],
  [
    'a note that is missing, of a short text or of one with a variable',
    { 'locales/notes/ideas.json': { count: null, by: null } },
    ['notes ideas:count: needs a note', 'notes ideas:by: needs a note'],
  ],
  [
    'a note about nothing',
    { 'locales/notes/ideas.json': { old: { note: 'A button' } } },
    ['notes ideas:old: there is no such key'],
  ],
])('%s is found', (_fault, changes, says) => {
  expect(said(changes)).toEqual(says);
});

/** The same key in the languages that a story is not about. */
function without(key: string): Files {
  return { 'locales/fr/ideas.json': { [key]: 'Passé' }, 'locales/ar/ideas.json': { [key]: 'انتهى' } };
}

test('The list gives Ivana all she needs to write what is missing', () => {
  const { faults, locales } = checkWords(plant({ 'locales/hr/ideas.json': { title: null } }));
  expect(workList(faults, locales)).toBe(
    [
      'hr: 1',
      '',
      '  ideas.json',
      '    title: missing',
      '      en: Ideas',
      '      note: A heading',
      '      at most 9 characters',
      '',
    ].join('\n'),
  );
});
