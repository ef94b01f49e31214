import { clean } from './clean.ts';

// Sentences of a line, and lines.
const ENDS = /(?<=[.!?…:;])\s+|\n+/u;
const MIN_WORDS = 3;
const LONG_ENOUGH = /\p{L}+\P{L}+\p{L}+\P{L}+\p{L}/u;
// Enough of a sentence to know its language.
const MAX_WORDS = 12;
const MAX_CHARACTERS = 200;
// As many from the beginning as from the end: what others wrote mostly stands at one of them.
const AT_EITHER_END = 2;
// Less than this is a title or a name within what somebody says.
const LEAST_SHARE = 0.25;

/**
 * Whether its first sentence or a considerable part of a text is in another language than the whole, as `isOther` tells of
 * a sentence. Then two people speak there, or one who mixes languages, and nobody should be sure.
 */
export function hasOtherVoice(text: string, isOther: (sentence: string) => boolean): boolean {
  const sentences = text.split(ENDS).filter((sentence) => LONG_ENOUGH.test(sentence));
  if (sentences.length < 2) return false;
  const heard = sentences
    .filter((_, at) => at < AT_EITHER_END || at >= sentences.length - AT_EITHER_END)
    .map((sentence) => clean(sentence.slice(0, MAX_CHARACTERS)).split(' ').slice(0, MAX_WORDS))
    .filter((words) => words.length >= MIN_WORDS);
  const others = heard.filter((words) => isOther(words.join(' ')));
  if (others.includes(heard[0] ?? [])) return true;
  return countWords(others) >= LEAST_SHARE * countWords(heard);
}

const countWords = (sentences: readonly (readonly string[])[]): number => sentences.flat().length;
