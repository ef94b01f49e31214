import { SERBO_CROATIAN } from '../languages.ts';
import { countForeignWords, specialLetters } from './alphabets.ts';
import { count } from './clean.ts';
import { costOf, type LetterTable } from './letters.ts';
import { missingWords, type Lexicon } from './lexicon.ts';
import type { Opinion, Scorer } from './models.ts';
import { passagesOf } from './passages.ts';

export interface Judges {
  scorer: Scorer;
  cld3: (text: string) => Opinion;
  lexicon: Lexicon;
  letters: LetterTable;
}

/**
 * How likely each language is, 0 to 1. The sum stays under 1 by what points at languages that are not enabled.
 * `prior` tells how much more often a language is expected than the others.
 */
export function judge(
  text: string,
  languages: readonly string[],
  judges: Judges,
  prior: (language: string) => number,
): Map<string, number> {
  const passages = passagesOf(text, (half) => bestOf(judges.scorer.score(half, languages), languages));
  const chances = passages.map((passage) => judgePassage(passage, languages, judges, prior));
  const mean = (language: string): number =>
    chances.reduce((sum, each) => sum + (each.get(language) ?? 0), 0) / passages.length;
  return new Map(languages.map((language) => [language, mean(language)]));
}

/** The language with the highest score. */
export function bestOf(scores: ReadonlyMap<string, number>, languages: readonly string[]): string | undefined {
  const scoreIn = (language: string): number => scores.get(language) ?? 0;
  return languages.reduce((best, each) => (scoreIn(each) > scoreIn(best) ? each : best), languages[0] ?? '');
}

// cld3 takes half the time and moves no language by more than 8.2: with this lead 99 % stay 99 %, whatever it says.
const OVERWHELMING = 13;

function judgePassage(
  text: string,
  languages: readonly string[],
  { scorer, cld3, lexicon, letters }: Judges,
  prior: (language: string) => number,
): Map<string, number> {
  const scores = scorer.score(text, languages);
  const evidence = evidenceIn(text, scores, { scorer, lexicon, letters });
  const expected = (language: string): number =>
    Math.log(languages.includes(language) ? prior(language) : scorer.strangers);
  const profiles = new Set(languages.map((language) => PROFILES[language]));
  // Strangers with words in the lexicon compete from the start: else a relative wins before anybody asks cld3.
  const strangers = [...scores.keys(), ...lexicon.languages].filter((language) => !profiles.has(language));
  const known = new Set([...languages, ...strangers]);
  const logarithms = new Map(Array.from(known, (language) => [language, evidence(language) + expected(language)]));
  if (leadIn(logarithms) > OVERWHELMING) return shareOut(logarithms);
  const opinion = cld3(text);
  const votes = votesFor(opinion.language, languages);
  for (const stranger of votes)
    if (!known.has(stranger)) logarithms.set(stranger, evidence(stranger) + expected(stranger));
  // cld3 alone has seen the languages that the scorer cannot know: there its opinion is no second one.
  const isSecond = votes.some((language) => scores.has(language) || scores.has(PROFILES[language] ?? language));
  const weight = isSecond ? scorer.secondOpinion : 1;
  for (const [language, value] of logarithms)
    logarithms.set(language, value + weight * Math.log(chanceBy(opinion, votes.includes(language))));
  return shareOut(logarithms);
}

function leadIn(logarithms: ReadonlyMap<string, number>): number {
  const [first = 0, second = 0] = [...logarithms.values()].toSorted((one, other) => other - one);
  return logarithms.size < 2 ? 0 : first - second;
}

// Beyond this the detectors read no further, so more letters are no more evidence.
const MAX_LETTERS = 350;

/** What the letters and words of a text say for a language, in natural logarithms. */
function evidenceIn(
  text: string,
  scores: ReadonlyMap<string, number>,
  { scorer, lexicon, letters: table }: Omit<Judges, 'cld3'>,
): (language: string) => number {
  // A word said again is no new evidence.
  const words = [...new Set(text.toLowerCase().split(' '))];
  const specials = specialLetters(words);
  const missing = missingWords(words, lexicon);
  const letters = Math.min(count(words.join(''), /\p{L}/gu), MAX_LETTERS);
  const haste = hasteIn(text, specials);
  const pointValue = scorer.weight * letters ** scorer.growth;
  const cost = haste.letters > 0 ? extraCosts(words, table, letters) : () => 0;
  return (language) =>
    pointValue * (scoreOf(language, scores, scorer) + haste.lostPoints * scorer.lostPoints * lostPoints(language)) -
    haste.letters * cost(PROFILES[language] ?? language) -
    alphabetPenalty(countForeignWords(specials, language), words.length) -
    Math.min(MAX_LEXICON_PENALTY, MISSING_WORD_PENALTY * missing(PROFILES[language] ?? language));
}

/** How much it counts that accents may be missing. */
interface Haste {
  /** Weight of the table of letters, which is made of words without accents. */
  letters: number;
  /** Share of the points that a language gets back for them. */
  lostPoints: number;
}

// Whoever types without accents mostly types without capitals, too. All from the fitted half of the texts.
const NO_CAPITALS: Haste = { letters: 0.45, lostPoints: 1 };
const CAPITALS: Haste = { letters: 0.2, lostPoints: 0.5 };
const NO_HASTE: Haste = { letters: 0, lostPoints: 0 };
const JOINS = "'’-";

function hasteIn(text: string, specials: readonly (readonly string[])[]): Haste {
  if (specials.flat().some((letter) => !JOINS.includes(letter))) return NO_HASTE;
  return text === text.toLowerCase() ? NO_CAPITALS : CAPITALS;
}

// A language without such a table pays as much for a letter: what others pay for texts that are not theirs, or less.
const COST_OF_UNKNOWN = 0.4;

function extraCosts(words: readonly string[], table: LetterTable, letters: number): (language: string) => number {
  const cost = costOf(words, table);
  const least = Math.min(...table.languages.map((language) => cost(language) ?? Infinity));
  return (language) => (cost(language) ?? least + COST_OF_UNKNOWN * letters) - least;
}

// Half of the points that texts lose with their accents: the other half may have had none. From the fitted half of the texts.
const LOST_POINTS: Readonly<Record<string, number>> = {
  ...{ bs: 6, ca: 3, cs: 19, da: 5, de: 2, es: 2, et: 6, fi: 6, fr: 6, gl: 3, hr: 6, hu: 17, is: 12, it: 1, lt: 12 },
  ...{ lv: 18, nb: 5, nn: 5, no: 5, pl: 11, pt: 5, ro: 2, sk: 12, sl: 5, sq: 4, sv: 10, tr: 11 },
  // eld does not know them in Latin letters, so it speaks for the others.
  ...{ bg: 30, el: 25 },
};

const lostPoints = (language: string): number => LOST_POINTS[language] ?? 0;

// Found on half the labelled texts, and confirmed on the other half. Names and loan words keep it from being more.
const MISSING_WORD_PENALTY = 2.5;
const MAX_LEXICON_PENALTY = 8;

// eld knows neither Galician nor Macedonian. Each lies between two languages it knows: no stranger to either, and neither.
const BETWEEN: Readonly<Record<string, readonly [string, string]>> = { gl: ['pt', 'es'], mk: ['bg', 'sr'] };
// By these names eld and the lexicon know them. They know Serbian in Cyrillic only.
const PROFILES: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', bs: 'hr', sr: 'hr' };

function scoreOf(language: string, scores: ReadonlyMap<string, number>, { unknown }: Scorer): number {
  const own = Math.max(scores.get(language) ?? 0, scores.get(PROFILES[language] ?? language) ?? 0);
  if (own > 0) return own;
  const [one, other] = (BETWEEN[language] ?? []).map((relative) => scores.get(relative) ?? unknown);
  return one === undefined || other === undefined ? unknown : (one + other) / 2;
}

// cld3 takes short texts for a close relative; where nobody enabled that, it is a vote for the language itself.
// And it tells Greek, Bulgarian and Russian in Latin letters apart from the rest; the scorers do not know them so.
const RELATIVES: Readonly<Record<string, readonly string[]>> = {
  ...{ gd: ['ga'], no: ['nb', 'nn'], bs: SERBO_CROATIAN, hr: SERBO_CROATIAN, sr: SERBO_CROATIAN },
  ...{ 'bg-Latn': ['bg'], 'el-Latn': ['el'], 'ru-Latn': ['ru'] },
};

/** The languages that an opinion of cld3 speaks for. */
function votesFor(opinion: string, languages: readonly string[]): readonly string[] {
  const meant = RELATIVES[opinion]?.filter((language) => languages.includes(language)) ?? [];
  return meant.length > 0 ? meant : [opinion];
}

// When cld3 does not name a language, the language gets this share of the doubt cld3 leaves, and never nothing.
const SHARE_OF_DOUBT = 0.25;
const LEAST_CHANCE = 0.0003;

function chanceBy({ probability }: Opinion, isVoted: boolean): number {
  return LEAST_CHANCE + (isVoted ? probability : (1 - probability) * SHARE_OF_DOUBT);
}

// One word with a letter the language lacks says much in a title and little in a long text, where names are quoted.
const FOREIGN_WORD_PENALTY = 13;
const MAX_PENALTY = 6;

function alphabetPenalty(foreignWords: number, words: number): number {
  return Math.min(MAX_PENALTY, (FOREIGN_WORD_PENALTY * foreignWords) / words ** 0.4);
}

// From logarithms to shares of 1; the largest is taken off first so that nothing overflows.
function shareOut(logarithms: ReadonlyMap<string, number>): Map<string, number> {
  const largest = Math.max(...logarithms.values());
  const weights = Array.from(logarithms, ([language, value]) => [language, Math.exp(value - largest)] as const);
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  return new Map(weights.map(([language, weight]) => [language, weight / sum]));
}
