// Makes lexicon.bin and letters.bin of the word lists inside Tesseract's models (Apache-2.0), which were drawn from texts of the web:
//   apt-get install tesseract-ocr tesseract-ocr-{bul,cat,ces,dan,…}
//   node translation/detection/train-lexicon.ts /usr/share/tesseract-ocr/5/tessdata
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';

import { TRIPLES, triplesOf } from './letters.ts';
import { hashOf, type LexiconHead } from './lexicon.ts';
import { romanised, withoutAccents } from './spellings.ts';

// By the names that Tesseract has for them.
const LISTS: Readonly<Record<string, string>> = {
  ...{ cs: 'ces', da: 'dan', de: 'deu', en: 'eng', es: 'spa', et: 'est', fi: 'fin', fr: 'fra', ga: 'gle', hr: 'hrv' },
  ...{ hu: 'hun', it: 'ita', lt: 'lit', lv: 'lav', mt: 'mlt', nl: 'nld', pl: 'pol', pt: 'por', ro: 'ron', sk: 'slk' },
  ...{ sl: 'slv', sv: 'swe', bg: 'bul', el: 'ell' },
  // Neighbours of the 24, which would be taken for them.
  ...{ no: 'nor', ca: 'cat', gl: 'glg', eu: 'eus', tr: 'tur', cy: 'cym', lb: 'ltz' },
};
// Both are listed as they are written in Latin letters.
const ROMANISED: ReadonlySet<string> = new Set(['bg', 'el']);
// More words are rarer words, which tell little more for the space they take.
const WORDS_A_LANGUAGE = 25_000;
// Each of them has several spellings.
const ROMANISED_WORDS = 12_000;
// The web is full of English, so every other list has the common English words, too: English needs them all.
const ENGLISH_WORDS = 75_000;
const MAX_LETTERS = 15;
// The lists say nothing of frequency, but common words stand in them in small letters, with a capital and in capitals.
const LETTERS_FOR_A_SPELLING = 3;

/** Words of a language, the commonest first. */
interface Words {
  language: string;
  /** As they are listed. */
  written: readonly string[];
  /** As people type them who leave out accents or have a Latin keyboard only. */
  typed: readonly string[];
}

/** The bytes of a lexicon: its head in one line, then for each language the steps from one sorted hash to the next, twice. */
export async function packLexicon(lists: readonly Words[]): Promise<Buffer> {
  const parts = lists.flatMap(({ written, typed }) => {
    const hashes = new Set(written.map(hashOf));
    return [hashes, new Set(typed.map(hashOf)).difference(hashes)].map((each) => [...each].toSorted((a, b) => a - b));
  });
  const head: LexiconHead = {
    languages: lists.map(({ language }) => language),
    words: parts.map(({ length }) => length),
  };
  const steps = parts.flatMap((sorted) => sorted.flatMap((hash, at) => bytesOf(hash - (sorted[at - 1] ?? 0))));
  return pack(JSON.stringify(head), Buffer.from(steps));
}

/** The bytes of a table of letters: the languages in one line, then the costs, see `letters.ts`. */
async function packLetters(lists: readonly Words[]): Promise<Buffer> {
  const costs = new Uint8Array(TRIPLES * lists.length);
  for (const [place, { typed }] of lists.entries())
    for (const [triple, cost] of costsIn(typed).entries()) costs[triple * lists.length + place] = cost;
  return pack(JSON.stringify(lists.map(({ language }) => language)), costs);
}

const pack = (head: string, bytes: Uint8Array): Promise<Buffer> =>
  promisify(brotliCompress)(Buffer.concat([Buffer.from(`${head}\n`), bytes]));

export function wordsOf(language: string, list: readonly string[]): Words {
  if (ROMANISED.has(language)) {
    const typed = commonWords(list, ROMANISED_WORDS).flatMap((word) => romanised(word, language));
    return { language, written: [], typed };
  }
  const written = commonWords(list, language === 'en' ? ENGLISH_WORDS : WORDS_A_LANGUAGE);
  return { language, written, typed: written.flatMap((word) => typedAs(word, language)) };
}

// ä and å are also taken apart into two letters where German and the languages of the North do so.
const TWO_LETTERS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
const TAKEN_APART: ReadonlySet<string> = new Set(['de', 'da', 'no']);

function typedAs(word: string, language: string): string[] {
  const bare = withoutAccents(word);
  const apart = TAKEN_APART.has(language) ? word.replace(/[äöüøå]/gu, (letter) => TWO_LETTERS[letter] ?? letter) : word;
  return [...new Set([bare, withoutAccents(apart), bare.replaceAll("'", '')])];
}

function commonWords(list: readonly string[], most: number): string[] {
  const spellings = new Map<string, Set<string>>();
  for (const entry of list) {
    const spelling = entry
      .normalize('NFC')
      .replaceAll('’', "'")
      .replace(/^\P{L}+|[^\p{L}']+$/gu, '');
    const word = spelling.toLowerCase();
    if (word.length > MAX_LETTERS || !/^[\p{L}\p{M}'-]+$/u.test(word)) continue;
    spellings.set(word, (spellings.get(word) ?? new Set()).add(spellingOf(spelling, word)));
  }
  const rarity = ([word, { size }]: [string, Set<string>]): number => word.length - LETTERS_FOR_A_SPELLING * size;
  const ranked = [...spellings].toSorted((one, other) => rarity(one) - rarity(other) || (one[0] < other[0] ? -1 : 1));
  return ranked.slice(0, most).map(([word]) => word);
}

function spellingOf(spelling: string, word: string): string {
  if (spelling === word) return 'small';
  return spelling === spelling.toUpperCase() ? 'capitals' : 'capital';
}

// Seven bits a byte, the lowest first; the eighth says that more follow.
function bytesOf(step: number): number[] {
  return step < 0x80 ? [step] : [(step & 0x7f) | 0x80, ...bytesOf(step >>> 7)];
}

// Words further down the list count less; how often each is said the lists do not tell.
const HALF_WEIGHT_RANK = 5000;
const LETTERS = 27;
// What two letters alone tell counts as much as this many words of three.
const SHORTER = 0.5;
const SIXTEENTHS = 16;

/** Of each three letters: sixteenths of a bit for the third after the other two. What was never seen is guessed from two and from one. */
function costsIn(words: readonly string[]): Uint8Array {
  const threes = new Float64Array(TRIPLES);
  const twos = new Float64Array(LETTERS ** 2);
  const ones = new Float64Array(LETTERS);
  const count = (counts: Float64Array, at: number, weight: number): void =>
    void (counts[at] = (counts[at] ?? 0) + weight);
  for (const [rank, word] of words.entries())
    for (const triple of triplesOf(word)) {
      const weight = HALF_WEIGHT_RANK / (rank + HALF_WEIGHT_RANK);
      count(threes, triple, weight);
      count(twos, triple % LETTERS ** 2, weight);
      count(ones, triple % LETTERS, weight);
    }
  const all = sumOf(ones);
  const likelihood = (counts: Float64Array, at: number, shorter: number): number => {
    const start = at - (at % LETTERS);
    return ((counts[at] ?? 0) + SHORTER * shorter) / (sumOf(counts.subarray(start, start + LETTERS)) + SHORTER);
  };
  return Uint8Array.from(threes, (_, triple) => {
    const one = ((ones[triple % LETTERS] ?? 0) + SHORTER) / (all + SHORTER * LETTERS);
    const two = likelihood(twos, triple % LETTERS ** 2, one);
    return Math.min(255, Math.round(-SIXTEENTHS * Math.log2(likelihood(threes, triple, two))));
  });
}

const sumOf = (numbers: Float64Array): number => numbers.reduce((sum, each) => sum + each, 0);

async function readList(models: string, code: string): Promise<string[]> {
  const run = promisify(execFile);
  const folder = await mkdtemp(join(tmpdir(), 'words-'));
  try {
    const part = (name: string): string => join(folder, `${code}.${name}`);
    await run('combine_tessdata', ['-u', join(models, `${code}.traineddata`), part('')]);
    await run('dawg2wordlist', [part('lstm-unicharset'), part('lstm-word-dawg'), part('txt')]);
    return (await readFile(part('txt'), 'utf8')).split('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const [models = '/usr/share/tesseract-ocr/5/tessdata'] = process.argv.slice(2);
  const lists = [];
  for (const [language, code] of Object.entries(LISTS)) lists.push(wordsOf(language, await readList(models, code)));
  await writeFile(new URL('lexicon.bin', import.meta.url), await packLexicon(lists));
  await writeFile(new URL('letters.bin', import.meta.url), await packLetters(lists));
}
