import { UNDETERMINED } from '#translation/languages.ts';
import { detect } from './texts.ts';
import type { Languages } from '../../platform/languages.ts';
import type { ShownText } from './texts.reads.ts';

/** At this confidence the detector is right so often that nobody is asked. */
const SURE = 0.8;
/** Below it, a guess is not worth showing as an answer. */
const LIKELY = 0.6;
/** Two words are often a name or a loan word. The script of the forms knows these numbers too. */
const LEAST_WORDS = 3;
/** The likeliest and the second, which is right in most cases where the first is not; the list of all languages stands below. */
const GUESSES = 2;

/** How far the language of a text is to be doubted, and which ones it could be, the likeliest first. */
export interface Doubt {
  certainty: 'sure' | 'likely' | 'unsure';
  guesses: readonly string[];
}

export const NO_DOUBT: Doubt = { certainty: 'sure', guesses: [] };

/**
 * Whether the author of a text is to be asked for its language. The author's answer is not doubted, nor a text not detected yet.
 * The text is looked at once more for the other languages it could be: they are worth nothing to anybody but its author, so nothing keeps them.
 */
export function doubtOf(languages: Languages, text: ShownText, interfaceLanguage: string): Doubt {
  const { title, body, language, decidedBy, confidence } = text;
  if (decidedBy !== 'detector' || (confidence ?? 0) >= SURE) return NO_DOUBT;
  if ((confidence ?? 0) >= LIKELY && countWords(text) >= LEAST_WORDS) return { certainty: 'likely', guesses: [] };
  const others = detect(languages, { title, body, interfaceLanguage })?.alternatives ?? [];
  const all = [language, ...others.map((each) => each.language), interfaceLanguage];
  const known = [...new Set(all)].filter((each) => each !== UNDETERMINED && languages.all.includes(each));
  return { certainty: 'unsure', guesses: known.slice(0, GUESSES) };
}

const countWords = ({ title, body }: ShownText): number => `${title ?? ''} ${body}`.trim().split(/\s+/).length;
