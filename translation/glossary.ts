import { createHash } from 'node:crypto';
import type { Term } from './engines/engine.ts';

// Languages bend words at their end: the letters before are enough to tell that a term was used.
const ENDING_LETTERS = 3;
const LEAST_STEM_LETTERS = 3;

/** The terms that occur in a text, as whole words in any case. */
export function termsIn(text: string, terms: readonly Term[]): Term[] {
  const lower = text.toLowerCase();
  return terms.filter(({ source }) => hasWords(lower, source.toLowerCase()));
}

/** The terms of the original that a translation does not use, however it bends them. */
export function missedTerms(sent: string, received: string, terms: readonly Term[]): Term[] {
  const words = wordsOf(received);
  return termsIn(sent, terms).filter(({ target }) => !wordsOf(target).every((word) => words.some(startsLike(word))));
}

/** Names a set of terms: the same for the same terms, whatever their order; empty without any. */
export function glossaryVersion(terms: readonly Term[]): string {
  if (terms.length === 0) return '';
  const lines = terms.map(({ source, target }) => JSON.stringify([source, target])).toSorted();
  return createHash('sha256').update(lines.join('\n')).digest('base64url').slice(0, 16);
}

function hasWords(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) {
    if (!isLetter(text, at - 1) && !isLetter(text, at + wanted.length)) return true;
  }
  return false;
}

const isLetter = (text: string, at: number): boolean => /[\p{L}\p{M}\p{N}]/u.test(text.charAt(at));

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

function startsLike(word: string): (other: string) => boolean {
  const stem = word.slice(0, Math.max(LEAST_STEM_LETTERS, word.length - ENDING_LETTERS));
  return (other) => other.startsWith(stem);
}
