import { clean } from './clean.ts';

// Sentences of a line, and lines.
const ENDS = /(?<=[.!?…:;])\s+|\n+/u;
const MIN_WORDS = 3;
// Enough of a sentence to know its language.
const MAX_WORDS = 12;
// As many from the beginning as from the end: what others wrote mostly stands at one of them.
const AT_EITHER_END = 2;
// More than these are looked at in a hurry: each costs as much as a title.
const FEW = 3;
// Less than this is a title or a name within what somebody says.
const LEAST_SHARE = 0.25;

/**
 * Whether its first sentence or a considerable part of a text is in another language than the whole, as `isOther` tells of
 * a sentence. Then two people speak there, or one who mixes languages, and nobody should be sure.
 */
export function hasOtherVoice(text: string, isOther: (sentence: string, inHurry: boolean) => boolean): boolean {
  const sentences = text
    .split(ENDS)
    .map((sentence) => clean(sentence).split(' ').slice(0, MAX_WORDS))
    .filter((words) => words.length >= MIN_WORDS);
  if (sentences.length < 2) return false;
  const heard = sentences.filter((_, at) => at < AT_EITHER_END || at >= sentences.length - AT_EITHER_END);
  const others = heard.filter((words) => isOther(words.join(' '), sentences.length > FEW));
  if (others.includes(heard[0] ?? [])) return true;
  return countWords(others) >= LEAST_SHARE * countWords(heard);
}

const countWords = (sentences: readonly (readonly string[])[]): number => sentences.flat().length;
