import { scriptOf, sharesLabelWith } from '../languages.ts';
import { clean } from './clean.ts';
import { loadEld } from './eld.ts';
import { bestOf, judge, type Judges } from './judge.ts';
import { loadLetters } from './letters.ts';
import { loadLexicon } from './lexicon.ts';
import { loadCld3, loadFranc } from './models.ts';
import { hasLetters, ownWords, withoutQuotations } from './own-words.ts';
import { scriptOfText, type WrittenIn } from './scripts.ts';
import { isEnough, JUST_UNSURE, MIN_WORDS, SURE } from './sureness.ts';
import { hasOtherVoice } from './voices.ts';

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
  /** What to ask the author when nobody is sure: the likeliest language and the second. Empty when sure, or when nothing is likely. */
  ask: string[];
  /** Languages that `language` stands for as well, because the candidates have one label for all of them: bs and sr for hr. */
  alsoFor: string[];
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
   * Answers at once and throws on no text. `text` may be Markdown: its code does not count, nor what its author quotes,
   * within lines or as lines, nor a signature. Title and body of a contribution belong together, with a line break between.
   */
  detect(text: string, options?: DetectOptions): Detection;
}

export interface DetectorOptions {
  /** Memory at work: 'small' and 'large' 170 MB, 'large' a little better, 'light' 125 MB, slower and worse. */
  model: 'small' | 'large' | 'light';
  candidates: readonly string[];
}

/**
 * Loads the tables of a model, which takes 0.1 to 1 second in turns of some ten milliseconds, so that a server can go
 * on answering. Detectors of several models live side by side.
 * cld3 helps each of them, as the only one that knows Irish and Maltese.
 */
export async function loadDetector({ model, candidates: usual }: DetectorOptions): Promise<Detector> {
  const [scorer, cld3, lexicon, letters] = await Promise.all([
    model === 'light' ? loadFranc() : loadEld(model),
    loadCld3(),
    loadLexicon(),
    loadLetters(),
  ]);
  return {
    detect: (text, { candidates = usual, interfaceLanguage } = {}) => {
      const expected = candidates.find((language) => language === interfaceLanguage);
      return detect(text, { candidates, expected, judges: { scorer, cld3, lexicon, letters } });
    },
  };
}

// Less likely than this, the language the author reads is the better answer.
const ACCEPTED = 0.6;
// Authors mostly write in the language they read. More than 4 would overrule clear texts of those who do not.
const INTERFACE_PRIOR = 2;
// Few write Greek, Bulgarian or Russian in Latin letters, and a text that looks like it is mostly something else.
const ROMANISED_PRIOR = 0.1;
const ROMANISED: readonly string[] = ['bg', 'el', 'ru'];
const IN_LATIN_TOO: readonly string[] = [...ROMANISED, 'sr'];
// Scripts that several languages share; any other script is its language at once.
const SHARED_SCRIPTS: readonly string[] = ['Latn', 'Cyrl', 'Arab'];
// More likely than this in some language that is no candidate: 1 in 6,000 texts that are in one say so, all of them short.
const UNDETERMINED = 0.8;
// A sentence this unlikely to be in a language was written by somebody else, or in another language.
const UNLIKELY = 0.2;
// As many own words need no help.
const ENOUGH_WORDS = 12;
// Few own words contradict their quotation no more when this likely in its language.
const PLAUSIBLE = 0.2;
// The second is right in six of ten cases where the first is not.
const ASKED = 2;
const MAX_ALTERNATIVES = 4;
const MIN_ALTERNATIVE = 0.01;

interface Guess {
  language: string;
  confidence: number;
}

interface Asked {
  candidates: readonly string[];
  expected: string | undefined;
  judges: Judges;
}

type Judged = WrittenIn & { chances: ReadonlyMap<string, number> };
type Judgement = Omit<Detection, 'ask' | 'alsoFor'>;

function detect(text: string, asked: Asked): Detection {
  const judgement = judgeOwnWords(text, asked);
  const { language, sure, alternatives, script } = judgement;
  const likely = [language, ...alternatives.map((each) => each.language)].filter((each) => each !== null);
  return {
    ...judgement,
    ask: sure ? [] : likely.slice(0, ASKED),
    alsoFor: language === null || script !== 'Latn' ? [] : sharesLabelWith(language, asked.candidates),
  };
}

/** Own words decide against what they quote. Where they say too little, the whole decides, and both must agree for anybody to be sure. */
function judgeOwnWords(text: string, asked: Asked): Judgement {
  const written = ownWords(text);
  const own = withoutQuotations(written);
  if (own === written || !hasLetters(own)) return judgeText(written, asked);
  const decided = judgeText(own, asked);
  const words = wordsIn(clean(own));
  if (words >= ENOUGH_WORDS) return decided;
  const whole = judgeText(written, asked);
  const chance = chanceOf(whole.language, decided);
  const isShort = words < MIN_WORDS;
  if (isShort ? chance >= PLAUSIBLE : decided.language === whole.language) return whole;
  if (decided.sure) return decided;
  const confidence = Math.min(whole.confidence, JUST_UNSURE);
  const differs = decided.language !== null && decided.language !== whole.language;
  const others = differs ? [{ language: decided.language ?? '', confidence: decided.confidence }] : [];
  const rest = whole.alternatives.filter(({ language }) => language !== decided.language);
  return { ...whole, confidence, sure: false, alternatives: [...others, ...rest].slice(0, MAX_ALTERNATIVES) };
}

function chanceOf(language: string | null, { language: first, confidence, alternatives }: Judgement): number {
  if (language === first) return confidence;
  return alternatives.find((each) => each.language === language)?.confidence ?? 0;
}

function judgeText(text: string, asked: Asked): Judgement {
  const prose = clean(text);
  const judged = chancesOf(prose, asked);
  const { script, share, chances } = judged;
  const { candidates, expected } = asked;
  if (prose !== '' && languagesOf(script, candidates).length === 0)
    return undetermined(script, expected === undefined ? [] : [{ language: expected, confidence: 0 }]);
  const guesses = rank(chances, Math.min(share, mostOf(prose, judged, asked)));
  const isShort = SHARED_SCRIPTS.includes(script) && wordsIn(prose) < MIN_WORDS;
  if (!isShort && isStranger(chances))
    return undetermined(
      script,
      guesses.filter(({ language }) => scriptOf(language) === script),
    );
  const chosen = choose(guesses, expected, isShort);
  if (
    !chosen ||
    chosen.confidence < SURE ||
    !hasOtherVoice(text, (sentence) => isOther(sentence, chosen.language, asked))
  )
    return describe(chosen, guesses, script);
  const doubtful = guesses.map((guess) => ({ ...guess, confidence: Math.min(guess.confidence, JUST_UNSURE) }));
  return describe(choose(doubtful, expected, isShort), doubtful, script);
}

/** As sure as its words can make a detector of a text. */
function mostOf(prose: string, { script, chances }: Judged, { judges }: Asked): number {
  if (!SHARED_SCRIPTS.includes(script)) return 1;
  const [first] = rank(chances, 1);
  return first && !isEnough(prose, first, judges.lexicon) ? JUST_UNSURE : 1;
}

const wordsIn = (prose: string): number => prose.split(' ').length;

/** Whether a sentence is hardly in this language. Mostly the scorer clearly finds it there, and nothing else need be asked. */
function isOther(sentence: string, language: string, asked: Asked): boolean {
  const { scorer } = asked.judges;
  const scores = scorer.score(sentence, asked.candidates);
  if (bestOf(scores, asked.candidates) === language && (scores.get(language) ?? 0) >= scorer.clear) return false;
  return (chancesOf(sentence, asked).chances.get(language) ?? 0) < UNLIKELY;
}

function chancesOf(prose: string, { candidates, expected, judges }: Asked): Judged {
  const { script, share } = scriptOfText(prose);
  const languages = languagesOf(script, candidates);
  const isShared = SHARED_SCRIPTS.includes(script) && languages.length > 0;
  const chances = isShared ? judge(prose, languages, judges, priorOf(script, expected)) : certain(languages);
  return { script, share, chances };
}

// Text in Han alone is Japanese only where Chinese is not a candidate.
function languagesOf(script: string, candidates: readonly string[]): readonly string[] {
  const written = candidates.filter((language) => scriptOf(language) === script);
  if (script === 'Hans' && written.length === 0) return languagesOf('Jpan', candidates);
  return script === 'Latn'
    ? [...written, ...candidates.filter((language) => IN_LATIN_TOO.includes(language))]
    : written;
}

function priorOf(script: string, expected: string | undefined): (language: string) => number {
  return (language) =>
    (language === expected ? INTERFACE_PRIOR : 1) *
    (script === 'Latn' && ROMANISED.includes(language) ? ROMANISED_PRIOR : 1);
}

function certain(languages: readonly string[]): Map<string, number> {
  return new Map(languages.slice(0, 1).map((language) => [language, 1]));
}

// The languages that are no candidates share what the candidates lack to 1.
function isStranger(chances: ReadonlyMap<string, number>): boolean {
  return chances.size > 0 && sumOf(chances) < 1 - UNDETERMINED;
}

const sumOf = (chances: ReadonlyMap<string, number>): number =>
  [...chances.values()].reduce((sum, each) => sum + each, 0);

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

function describe(chosen: Guess | undefined, guesses: readonly Guess[], script: string): Judgement {
  const { language, confidence } = chosen ?? { language: null, confidence: 0 };
  const sure = confidence >= SURE;
  const others = guesses.filter((guess) => guess !== chosen);
  // Who is asked needs a second to choose, however unlikely.
  const alternatives = others
    .filter((guess, place) => guess.confidence >= MIN_ALTERNATIVE || (place === 0 && !sure))
    .slice(0, MAX_ALTERNATIVES);
  return { language, confidence, sure, undetermined: false, alternatives, script };
}

function undetermined(script: string, guesses: readonly Guess[]): Judgement {
  const alternatives = guesses.slice(0, MAX_ALTERNATIVES);
  return { language: null, confidence: 0, sure: false, undetermined: true, alternatives, script };
}
