import { missingWords, type Lexicon } from './lexicon.ts';

/** Of 1,000 answers this likely 998 are right, so nobody is asked. */
export const SURE = 0.8;
export const JUST_UNSURE = 0.79;
/** Two words are often a name or a loan word, however certain the detectors are. */
export const MIN_WORDS = 3;

// Few words say less than they seem to. For one word it takes this much (the natural logarithm of the odds), for each of n words an n-th:
// 0.98 in all for three, 0.95 for four, 0.88 for six; from nine on it is less than SURE. From the fitted half of the texts.
const ENOUGH = 12;
// English words stand in texts of every language: of 51 texts mixed with them that were surely wrong, 27 were taken for English.
const ENOUGH_FOR_ENGLISH = 2 * ENOUGH;
const ENOUGH_BESIDE_NEIGHBOUR = 4 * ENOUGH;

/** A language that hardly differs from others in the eyes of the detectors, which do not know it, or not in Latin letters. */
interface Neighbour {
  language: string;
  takenFor: readonly string[];
  /** What it never writes, so that one such word tells them apart. */
  never: RegExp;
}

const NEIGHBOURS: readonly Neighbour[] = [
  { language: 'gl', takenFor: ['pt'], never: /[çãõâêôà]|lh|ss|(?<!u)nh|j|m(?!\p{L})/u },
  { language: 'bg', takenFor: ['cs', 'hr', 'sk', 'sl'], never: /[^a-z'’ -]/u },
];

/** Whether some words, cleaned, are enough to be sure that they are in this language, which is that likely, 0 to 1. */
export function isEnough(
  prose: string,
  { language, confidence }: { language: string; confidence: number },
  lexicon: Lexicon,
): boolean {
  const words = prose.toLowerCase().split(' ');
  if (words.length < MIN_WORDS) return false;
  const evidence = words.length * Math.log(confidence / (1 - confidence));
  if (evidence < (language === 'en' ? ENOUGH_FOR_ENGLISH : ENOUGH)) return false;
  return evidence >= ENOUGH_BESIDE_NEIGHBOUR || !NEIGHBOURS.some((each) => canBe(each, language, words, lexicon));
}

/** Whether no word tells that a text is in this language and not in its neighbour's. */
function canBe(
  { language: neighbour, takenFor, never }: Neighbour,
  language: string,
  words: readonly string[],
  lexicon: Lexicon,
): boolean {
  if (!takenFor.includes(language) || words.some((word) => never.test(word))) return false;
  const missing = missingWords([...new Set(words)], lexicon);
  return missing(neighbour) <= missing(language);
}
