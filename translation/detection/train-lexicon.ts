// Makes lexicon.bin of the word lists inside Tesseract's models (Apache-2.0), which were drawn from texts of the web:
//   apt-get install tesseract-ocr tesseract-ocr-{bul,ces,dan,deu,…}
//   node translation/detection/train-lexicon.ts /usr/share/tesseract-ocr/5/tessdata
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';

import { hashOf, type LexiconHead } from './lexicon.ts';

// Of the languages in Latin letters, by the names that Tesseract has for them.
const LISTS: Readonly<Record<string, string>> = {
  ...{ cs: 'ces', da: 'dan', de: 'deu', en: 'eng', es: 'spa', et: 'est', fi: 'fin', fr: 'fra', ga: 'gle', hr: 'hrv' },
  ...{ hu: 'hun', it: 'ita', lt: 'lit', lv: 'lav', mt: 'mlt', nl: 'nld', pl: 'pol', pt: 'por', ro: 'ron', sk: 'slk' },
  ...{ sl: 'slv', sv: 'swe' },
};
// More words are rarer words, which tell little more for the space they take.
const WORDS_A_LANGUAGE = 25_000;
// The web is full of English, so every other list has the common English words, too: English needs them all.
const ENGLISH_WORDS = 75_000;
const MAX_LETTERS = 15;
// The lists say nothing of frequency, but common words stand in them in small letters, with a capital and in capitals.
const LETTERS_FOR_A_SPELLING = 3;

/** The bytes of a lexicon: its head in one line, then for each language the steps from one sorted hash to the next. */
export async function packLexicon(lists: ReadonlyMap<string, readonly string[]>): Promise<Buffer> {
  const hashes = Array.from(lists, ([language, list]) =>
    [...new Set(commonWords(list, language === 'en' ? ENGLISH_WORDS : WORDS_A_LANGUAGE).map(hashOf))].toSorted(
      (one, other) => one - other,
    ),
  );
  const head: LexiconHead = { languages: [...lists.keys()], words: hashes.map(({ length }) => length) };
  const steps = hashes.flatMap((sorted) => sorted.flatMap((hash, at) => bytesOf(hash - (sorted[at - 1] ?? 0))));
  return promisify(brotliCompress)(Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), Buffer.from(steps)]));
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
  const lists = new Map<string, string[]>();
  for (const [language, code] of Object.entries(LISTS)) lists.set(language, await readList(models, code));
  const packed = await packLexicon(lists);
  await writeFile(new URL('lexicon.bin', import.meta.url), packed);
}
