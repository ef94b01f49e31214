import { scriptOf } from '../languages.ts';
import { clean } from './clean.ts';
import { judge, type Judges } from './judge.ts';
import { loadCld3, loadEld, loadFranc } from './models.ts';
import { scriptOfText } from './scripts.ts';

export interface Detection {
  /** ISO 639-1 code; null when nothing in the text or the options points at a language. */
  language: string | null;
  /** 0 to 1: how likely `language` is right. */
  confidence: number;
  /** True when nobody need be asked: confidence of 0.8 or more. */
  sure: boolean;
  /** The other likely languages, best first. */
  alternatives: { language: string; confidence: number }[];
  /** ISO 15924 code of the script of the text; 'Zzzz' when there is none. */
  script: string;
}

export interface DetectOptions {
  /** The language the author reads the site in: expected twice as often, and the answer when the text says too little. */
  interfaceLanguage?: string;
  /** Instead of the candidates the detector was loaded with. */
  candidates?: readonly string[];
}

export interface Detector {
  /** Answers at once and throws on no text. Title and body of a contribution belong together in `text`. */
  detect(text: string, options?: DetectOptions): Detection;
}

export interface DetectorOptions {
  /** Memory at work: 'small' 230 MB, 'large' 470 MB and a little better, 'light' 60 MB and worse, mostly with titles. */
  model: 'small' | 'large' | 'light';
  candidates: readonly string[];
}

/**
 * Loads the tables of a model, which takes 0.1 to 2 seconds. Detectors of several models live side by side.
 * cld3 helps each of them, as the only one that knows Irish and Maltese.
 */
export async function loadDetector({ model, candidates: usual }: DetectorOptions): Promise<Detector> {
  const [scorer, cld3] = await Promise.all([model === 'light' ? loadFranc() : loadEld(model), loadCld3()]);
  return {
    detect: (text, { candidates = usual, interfaceLanguage } = {}) => {
      const expected = candidates.find((language) => language === interfaceLanguage);
      return detect(text, candidates, expected, { scorer, cld3 });
    },
  };
}

// Of 1,000 answers this likely 998 are right, so nobody is asked.
const SURE = 0.8;
const JUST_UNSURE = 0.79;
// Less likely than this, the language the author reads is the better answer.
const ACCEPTED = 0.6;
// Two words are often a name or a loan word, however certain the detectors are.
const MIN_WORDS = 3;
// Authors mostly write in the language they read. More than 4 would overrule clear texts of those who do not.
const INTERFACE_PRIOR = 2;
// Scripts that several languages share; any other script is its language at once.
const SHARED_SCRIPTS: readonly string[] = ['Latn', 'Cyrl', 'Arab'];
const MAX_ALTERNATIVES = 4;
const MIN_ALTERNATIVE = 0.01;

interface Guess {
  language: string;
  confidence: number;
}

function detect(text: string, candidates: readonly string[], expected: string | undefined, judges: Judges): Detection {
  const prose = clean(text);
  const { script, share } = scriptOfText(prose);
  const languages = languagesOf(script, candidates);
  const prior = (language: string): number => (language === expected ? INTERFACE_PRIOR : 1);
  const chances = SHARED_SCRIPTS.includes(script)
    ? judge(prose, languages, judges, prior)
    : new Map(languages.slice(0, 1).map((language) => [language, 1]));
  const short = prose.split(' ').length < MIN_WORDS && SHARED_SCRIPTS.includes(script);
  const guesses = rank(chances, Math.min(share, short ? JUST_UNSURE : 1));
  return describe(choose(guesses, expected, short), guesses, script);
}

// Text in Han alone is Japanese only where Chinese is not a candidate.
function languagesOf(script: string, candidates: readonly string[]): readonly string[] {
  const written = candidates.filter((language) => scriptOf(language) === script);
  return script === 'Hans' && written.length === 0 ? languagesOf('Jpan', candidates) : written;
}

function rank(chances: ReadonlyMap<string, number>, most: number): Guess[] {
  return [...chances]
    .toSorted(([, one], [, other]) => other - one)
    .map(([language, chance]) => ({ language, confidence: Math.min(chance, most) }));
}

// A language in another script than the text's is never guessed; it is only the answer when nothing is.
function choose([first, ...others]: readonly Guess[], expected: string | undefined, short: boolean): Guess | undefined {
  if (!first) return expected === undefined ? undefined : { language: expected, confidence: 0 };
  if (first.confidence >= ACCEPTED && !short) return first;
  return others.find(({ language }) => language === expected) ?? first;
}

function describe(chosen: Guess | undefined, guesses: readonly Guess[], script: string): Detection {
  const { language, confidence } = chosen ?? { language: null, confidence: 0 };
  const others = guesses.filter((guess) => guess !== chosen && guess.confidence >= MIN_ALTERNATIVE);
  return { language, confidence, sure: confidence >= SURE, alternatives: others.slice(0, MAX_ALTERNATIVES), script };
}
