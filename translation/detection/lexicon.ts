import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { setImmediate as othersHadTheirTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

import { slotOf } from './ngrams.ts';

/** Which common words each language has. */
export interface Lexicon {
  /** ISO 639-1 codes; the place of a language is its bit in a mask. */
  languages: readonly string[];
  keys: Uint32Array;
  /** The languages that write a word so. */
  masks: Uint32Array;
  /** The languages that have it once accents are left out, or in Latin letters. */
  typed: Uint32Array;
}

/** What stands before the words in the file. */
export interface LexiconHead {
  languages: string[];
  /** How many words each language has, in the same order: as they are written, then what is added to them as people type. */
  words: number[];
}

// More than the words of all languages together, so that there are always empty slots, which end a search.
const SLOTS = 2 ** 21;
const LINE_BREAK = 0x0a;

/** Reads what `train-lexicon.ts` has written, in turns of a few milliseconds. */
export async function loadLexicon(file = new URL('lexicon.bin', import.meta.url)): Promise<Lexicon> {
  const bytes = await promisify(brotliDecompress)(await readFile(file));
  const start = bytes.indexOf(LINE_BREAK) + 1;
  const { languages, words }: LexiconHead = JSON.parse(bytes.toString('utf8', 0, start));
  assert(words.reduce((sum, count) => sum + count, 0) < SLOTS, 'The words of the lexicon find room.');
  const [masks, typed] = [new Uint32Array(SLOTS), new Uint32Array(SLOTS)];
  const lexicon = { languages, keys: new Uint32Array(SLOTS), masks, typed };
  const steps = stepsIn(bytes.subarray(start));
  for (const [part, count] of words.entries()) {
    const language = Math.floor(part / 2);
    let hash = 0;
    for (let word = 0; word < count; word++) {
      hash += steps.next().value ?? 0;
      add(hash, language, lexicon.keys, part % 2 === 0 ? [masks, typed] : [typed]);
      if (word % WORDS_A_TURN === 0) await othersHadTheirTurn();
    }
  }
  return lexicon;
}

// A few milliseconds of work.
const WORDS_A_TURN = 20_000;

/** Numbers of seven bits a byte, the lowest first; the eighth bit says that more follow. */
function* stepsIn(bytes: Uint8Array): Generator<number> {
  let [step, shift] = [0, 0];
  for (const byte of bytes) {
    step += (byte & 0x7f) << shift;
    shift += 7;
    if (byte & 0x80) continue;
    yield step;
    [step, shift] = [0, 0];
  }
}

function add(hash: number, language: number, keys: Uint32Array, tables: readonly Uint32Array[]): void {
  const slot = slotOf(hash, keys);
  keys[slot] = hash;
  for (const masks of tables) masks[slot] = (masks[slot] ?? 0) | (1 << language);
}

/**
 * How many of the common words of a text some language lacks: a function of its code. Words that are common nowhere do
 * not count. Of a language the lexicon does not have it is assumed that it lacks some of what others share. In a text
 * without any accents words count as written that lost theirs.
 */
export function missingWords(
  words: readonly string[],
  { languages, keys, masks, typed }: Lexicon,
): (language: string) => number {
  const table = words.some((word) => ACCENTED.test(word)) ? masks : typed;
  const found = words.flatMap((word) => masksOf(word.replaceAll('’', "'"), keys, table)).filter((mask) => mask !== 0);
  return (language) => {
    const place = languages.indexOf(language);
    if (place < 0) return found.length * MISSING_ELSEWHERE;
    return found.filter((mask) => (mask & (1 << place)) === 0).length;
  };
}

const ACCENTED = /[^a-z'’-]/u;
const MISSING_ELSEWHERE = 0.2;
const MIN_LETTERS_OF_A_PART = 2;

// Words that apostrophes and hyphens hold together are listed as they are, or else in parts.
function masksOf(word: string, keys: Uint32Array, table: Uint32Array): number[] {
  const maskOf = (each: string): number => table[slotOf(hashOf(each), keys)] ?? 0;
  const whole = maskOf(word);
  if (whole !== 0) return [whole];
  return word
    .split(/['-]/u)
    .filter((part) => part.length >= MIN_LETTERS_OF_A_PART)
    .map(maskOf);
}

const HASH_BITS = 28;

/** 28 bits of a lower-case word, never 0: one word in 300 that is none of them is taken for one of some language. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return (hash >>> (32 - HASH_BITS)) + 1;
}
