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
  keys: Float64Array;
  masks: Uint32Array;
}

/** What stands before the words in the file. */
export interface LexiconHead {
  languages: string[];
  /** How many words each language has, in the same order. */
  words: number[];
}

// More than the words of all languages together, so that there are always empty slots, which end a search.
const SLOTS = 2 ** 20;
const LINE_BREAK = 0x0a;

/** Reads what `train-lexicon.ts` has written, in turns of a few milliseconds. */
export async function loadLexicon(file = new URL('lexicon.bin', import.meta.url)): Promise<Lexicon> {
  const bytes = await promisify(brotliDecompress)(await readFile(file));
  const start = bytes.indexOf(LINE_BREAK) + 1;
  const { languages, words }: LexiconHead = JSON.parse(bytes.toString('utf8', 0, start));
  assert(words.reduce((sum, count) => sum + count, 0) < SLOTS, 'The words of the lexicon find room.');
  const lexicon = { languages, keys: new Float64Array(SLOTS), masks: new Uint32Array(SLOTS) };
  const steps = stepsIn(bytes.subarray(start));
  for (const [language, count] of words.entries()) {
    let hash = 0;
    for (let word = 0; word < count; word++) {
      hash += steps.next().value ?? 0;
      add(hash, language, lexicon);
    }
    await othersHadTheirTurn();
  }
  return lexicon;
}

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

function add(hash: number, language: number, { keys, masks }: Lexicon): void {
  const slot = slotOf(hash, keys);
  keys[slot] = hash;
  masks[slot] = (masks[slot] ?? 0) | (1 << language);
}

/**
 * How many of the common words of a text some language lacks: a function of its code. Words that are common nowhere do
 * not count. Of a language the lexicon does not have it is assumed that it lacks some of what others share.
 */
export function missingWords(words: readonly string[], lexicon: Lexicon): (language: string) => number {
  const masks = words.flatMap((word) => masksOf(word.replaceAll('’', "'"), lexicon)).filter((mask) => mask !== 0);
  return (language) => {
    const place = lexicon.languages.indexOf(language);
    if (place < 0) return masks.length * MISSING_ELSEWHERE;
    return masks.filter((mask) => (mask & (1 << place)) === 0).length;
  };
}

const MISSING_ELSEWHERE = 0.2;
const MIN_LETTERS_OF_A_PART = 2;

// Words that apostrophes and hyphens hold together are listed as they are, or else in parts.
function masksOf(word: string, lexicon: Lexicon): number[] {
  const whole = maskOf(word, lexicon);
  if (whole !== 0) return [whole];
  const parts = word.split(/['-]/u).filter((part) => part.length >= MIN_LETTERS_OF_A_PART);
  return parts.map((part) => maskOf(part, lexicon));
}

function maskOf(word: string, { keys, masks }: Lexicon): number {
  return masks[slotOf(hashOf(word), keys)] ?? 0;
}

const HASH_BITS = 24;

/** 24 bits of a lower-case word, never 0: with 25,000 words a language, one in 670 others is taken for one of them. */
export function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return (hash >>> (32 - HASH_BITS)) + 1;
}
