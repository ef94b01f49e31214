import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

/** How likely each language has a letter after two others, in words without accents. */
export interface LetterTable {
  /** ISO 639-1 codes, in the order of the costs. */
  languages: readonly string[];
  /** For each three letters the cost in each language: sixteenths of a bit. */
  costs: Uint8Array;
}

const LINE_BREAK = 0x0a;

/** Reads what `train-lexicon.ts` has written. */
export async function loadLetters(file = new URL('letters.bin', import.meta.url)): Promise<LetterTable> {
  const bytes = await promisify(brotliDecompress)(await readFile(file));
  const start = bytes.indexOf(LINE_BREAK) + 1;
  const languages: string[] = JSON.parse(bytes.toString('utf8', 0, start));
  return { languages, costs: bytes.subarray(start) };
}

// a to z, and one sign for where a word begins and ends.
const ALPHABET = 27;
const EDGE = 26;
const FIRST_LETTER = 0x61;
export const TRIPLES: number = ALPHABET ** 3;

/** The numbers of all three letters in a row of a word in letters a to z; its beginning and end count as one. */
export function triplesOf(word: string): number[] {
  const letters = [EDGE];
  for (let at = 0; at < word.length; at++) {
    const letter = word.charCodeAt(at) - FIRST_LETTER;
    if (letter >= 0 && letter < EDGE) letters.push(letter);
  }
  letters.push(EDGE);
  const triples = [];
  for (let at = 0; at < letters.length - 1; at++)
    triples.push(((letters[at - 1] ?? EDGE) * ALPHABET + (letters[at] ?? 0)) * ALPHABET + (letters[at + 1] ?? 0));
  return triples;
}

/** What the letters of some words without accents cost in each language, in nats: a function of its code, 0 where it is not known. */
export function costOf(
  words: readonly string[],
  { languages, costs }: LetterTable,
): (language: string) => number | undefined {
  const sums = new Float64Array(languages.length);
  for (const word of words)
    for (const triple of triplesOf(word)) {
      const start = triple * languages.length;
      for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (costs[start + at] ?? 0);
    }
  return (language) => {
    const sum = sums[languages.indexOf(language)];
    return sum === undefined ? undefined : sum * NATS;
  };
}

const NATS = Math.LN2 / 16;
