import { scriptOf } from '../languages.ts';
import { clean } from './clean.ts';
import { loadEld } from './eld.ts';
import { judge, type Judges } from './judge.ts';
import { loadLexicon } from './lexicon.ts';
import { loadCld3, loadFranc } from './models.ts';
import { ownWords } from './own-words.ts';
import { scriptOfText } from './scripts.ts';

export interface Detection {
  /** ISO 639-1 code; null when the text is in none of the candidates, or when neither it nor the options point at any. */
  language: string | null;
  /** 0 to 1: how likely `language` is right. */
  confidence: number;
  /** True when nobody need be asked: confidence of 0.8 or more. */
  sure: boolean;
  /**
   * True when the text is in a language, and everything points at one that is no candidate: three words or more, or a
   * script that no candidate is written in. Then `language` is null, and `alternatives` are the candidates least unlike it.
   */
  undetermined: boolean;
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
  /**
   * Answers at once and throws on no text. `text` may be Markdown: its quotations and its code do not count. Title and
   * body of a contribution belong together, with a line break between them.
   */
  detect(text: string, options?: DetectOptions): Detection;
}

export interface DetectorOptions {
  /** Memory at work: 'small' 110 MB, 'large' 145 MB and a little better, 'light' 125 MB (30 at rest), slower and worse. */
  model: 'small' | 'large' | 'light';
  candidates: readonly string[];
}

/**
 * Loads the tables of a model, which takes 0.1 to 1 second in turns of some ten milliseconds, so that a server can go
 * on answering. Detectors of several models live side by side.
 * cld3 helps each of them, as the only one that knows Irish and Maltese.
 */
export async function loadDetector({ model, candidates: usual }: DetectorOptions): Promise<Detector> {
  const [scorer, cld3, lexicon] = await Promise.all([
    model === 'light' ? loadFranc() : loadEld(model),
    loadCld3(),
    loadLexicon(),
  ]);
  return {
    detect: (text, { candidates = usual, interfaceLanguage } = {}) => {
      const expected = candidates.find((language) => language === interfaceLanguage);
      return detect(text, candidates, expected, { scorer, cld3, lexicon });
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
// Few write Greek, Bulgarian or Russian in Latin letters, and a text that looks like it is mostly something else.
const ROMANISED_PRIOR = 0.1;
const ROMANISED: readonly string[] = ['bg', 'el', 'ru'];
// Scripts that several languages share; any other script is its language at once.
const SHARED_SCRIPTS: readonly string[] = ['Latn', 'Cyrl', 'Arab'];
// More likely than this in some language that is no candidate: 1 in 6,000 texts that are in one say so, all of them short.
const UNDETERMINED = 0.8;
const MAX_ALTERNATIVES = 4;
const MIN_ALTERNATIVE = 0.01;

interface Guess {
  language: string;
  confidence: number;
}

function detect(text: string, candidates: readonly string[], expected: string | undefined, judges: Judges): Detection {
  const prose = clean(ownWords(text));
  const { script, share } = scriptOfText(prose);
  const languages = languagesOf(script, candidates);
  if (prose !== '' && languages.length === 0)
    return undetermined(script, expected === undefined ? [] : [{ language: expected, confidence: 0 }]);
  const shared = SHARED_SCRIPTS.includes(script);
  const short = shared && prose.split(' ').length < MIN_WORDS;
  const chances = shared ? judge(prose, languages, judges, priorOf(script, expected)) : certain(languages);
  const guesses = rank(chances, Math.min(share, short ? JUST_UNSURE : 1));
  if (!short && isStranger(chances))
    return undetermined(
      script,
      guesses.filter(({ language }) => scriptOf(language) === script),
    );
  return describe(choose(guesses, expected, short), guesses, script);
}

// Text in Han alone is Japanese only where Chinese is not a candidate.
function languagesOf(script: string, candidates: readonly string[]): readonly string[] {
  const written = candidates.filter((language) => scriptOf(language) === script);
  if (script === 'Hans' && written.length === 0) return languagesOf('Jpan', candidates);
  return script === 'Latn' ? [...written, ...candidates.filter((language) => ROMANISED.includes(language))] : written;
}

function priorOf(script: string, expected: string | undefined): (language: string) => number {
  return (language) =>
    (language === expected ? INTERFACE_PRIOR : 1) * (scriptOf(language) === script ? 1 : ROMANISED_PRIOR);
}

function certain(languages: readonly string[]): Map<string, number> {
  return new Map(languages.slice(0, 1).map((language) => [language, 1]));
}

// The languages that are no candidates share what the candidates lack to 1.
function isStranger(chances: ReadonlyMap<string, number>): boolean {
  return chances.size > 0 && [...chances.values()].reduce((sum, chance) => sum + chance, 0) < 1 - UNDETERMINED;
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
  return {
    language,
    confidence,
    sure: confidence >= SURE,
    undetermined: false,
    alternatives: others.slice(0, MAX_ALTERNATIVES),
    script,
  };
}

function undetermined(script: string, guesses: readonly Guess[]): Detection {
  const alternatives = guesses.slice(0, MAX_ALTERNATIVES);
  return { language: null, confidence: 0, sure: false, undetermined: true, alternatives, script };
}
