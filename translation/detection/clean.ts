import { withLettersForDigits } from './spellings.ts';

// The first 2,000 characters tell the language of any text; more would only cost time.
const MAX_CHARACTERS = 2000;

// Each pattern starts only where a word starts: starting anywhere would make a hostile text slow.
const ADDRESS = /https?:\/\/\S*|(?<![\w.-])www\.\S*|(?<![\w.-])[\w-]+(?:\.[\w-]+)+\/\S*/giu;
const EMAIL = /(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+/gu;
const TAG = /[@#][\p{L}\p{M}\p{N}_]+/gu;
const INVISIBLE = /\p{Cf}+/gu;
// Letters, their accents, and the apostrophes and hyphens that hold words together are what detection reads.
const NOT_PROSE = /[^\p{L}\p{M}'’-]+/gu;

/**
 * What remains of a text when everything that says nothing about its language is gone: words with one space
 * between them. For detection only; never shown or stored.
 */
export function clean(text: string): string {
  const words = text
    .slice(0, MAX_CHARACTERS)
    .normalize('NFKC')
    .slice(0, MAX_CHARACTERS)
    .toWellFormed()
    .replace(ADDRESS, ' ')
    .replace(EMAIL, ' ')
    .replace(TAG, ' ')
    .replace(INVISIBLE, '');
  const prose = withLettersForDigits(words).replace(NOT_PROSE, ' ').trim();
  return isMostlyCapitals(prose) ? prose.toLowerCase() : prose;
}

// A detector trained on sentences takes a text in capitals for a list of names.
function isMostlyCapitals(text: string): boolean {
  return count(text, /\p{Lu}/gu) > count(text, /\p{Ll}/gu);
}

export function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
