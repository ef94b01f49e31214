import { countForeignWords, wordsToCheck } from './alphabets.ts';
import { count } from './clean.ts';
import type { Opinion, Scorer } from './models.ts';

export interface Judges {
  scorer: Scorer;
  cld3: (text: string) => Opinion;
}

// Beyond this the detectors read no further, so more letters are no more evidence.
const MAX_LETTERS = 350;
// A passage this long is enough to be judged alone; a longer text is read in passages, so that two languages show.
const PASSAGE_CHARACTERS = 300;
const MAX_PASSAGES = 3;
// The chance that a text is in a language nobody here enabled, against one enabled language: it makes such texts unsure.
const STRANGER_PRIOR = 0.02;

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
  const passages = passagesOf(text);
  const chances = passages.map((passage) => judgePassage(passage, languages, judges, prior));
  const mean = (language: string): number =>
    chances.reduce((sum, each) => sum + (each.get(language) ?? 0), 0) / passages.length;
  return new Map(languages.map((language) => [language, mean(language)]));
}

function passagesOf(text: string): string[] {
  const words = text.split(' ');
  const passages = Math.min(MAX_PASSAGES, Math.ceil(text.length / PASSAGE_CHARACTERS), words.length);
  const size = Math.ceil(words.length / passages);
  return Array.from({ length: Math.ceil(words.length / size) }, (_, i) =>
    words.slice(i * size, (i + 1) * size).join(' '),
  );
}

function judgePassage(
  text: string,
  languages: readonly string[],
  { scorer, cld3 }: Judges,
  prior: (language: string) => number,
): Map<string, number> {
  const scores = scorer.score(text, languages);
  const opinion = withinReach(cld3(text), languages);
  // A word said again is no new evidence.
  const words = [...new Set(text.toLowerCase().split(' '))];
  const suspects = wordsToCheck(words);
  const letters = Math.min(count(words.join(''), /\p{L}/gu), MAX_LETTERS);
  const pointValue = scorer.weight * letters ** scorer.growth;
  const evidence = (language: string): number =>
    pointValue * scoreOf(language, scores, scorer) +
    scorer.secondOpinion * Math.log(chanceBy(opinion, language)) -
    alphabetPenalty(countForeignWords(suspects, language), words.length);
  const strangers = new Set([...scores.keys(), opinion.language]).difference(new Set(languages));
  return shareOut([
    ...languages.map((language) => [language, evidence(language) + Math.log(prior(language))] as const),
    ...[...strangers].map((language) => [language, evidence(language) + Math.log(STRANGER_PRIOR)] as const),
  ]);
}

// No scorer but franc knows Galician, which lies between two languages they know: no stranger to either, and neither.
const BETWEEN: Readonly<Record<string, readonly [string, string]>> = { gl: ['pt', 'es'] };

function scoreOf(language: string, scores: ReadonlyMap<string, number>, { unknown }: Scorer): number {
  const own = scores.get(language);
  if (own !== undefined) return own;
  const [one, other] = (BETWEEN[language] ?? []).map((relative) => scores.get(relative) ?? unknown);
  return one === undefined || other === undefined ? unknown : (one + other) / 2;
}

// cld3 takes short texts for a close relative that nobody here enabled; that is a vote for the language itself.
const RELATIVES: Readonly<Record<string, string>> = { gd: 'ga', bs: 'hr' };

function withinReach(opinion: Opinion, languages: readonly string[]): Opinion {
  const relative = RELATIVES[opinion.language];
  const helps = relative !== undefined && languages.includes(relative) && !languages.includes(opinion.language);
  return helps ? { ...opinion, language: relative } : opinion;
}

// When cld3 does not name a language, the language gets this share of the doubt cld3 leaves, and never nothing.
const SHARE_OF_DOUBT = 0.25;
const LEAST_CHANCE = 0.0003;

function chanceBy({ language, probability }: Opinion, asked: string): number {
  return LEAST_CHANCE + (language === asked ? probability : (1 - probability) * SHARE_OF_DOUBT);
}

// One word with a letter the language lacks says much in a title and little in a long text, where names are quoted.
const FOREIGN_WORD_PENALTY = 13;
const MAX_PENALTY = 6;

function alphabetPenalty(foreignWords: number, words: number): number {
  return Math.min(MAX_PENALTY, (FOREIGN_WORD_PENALTY * foreignWords) / words ** 0.4);
}

// From logarithms to shares of 1; the largest is taken off first so that nothing overflows.
function shareOut(logarithms: readonly (readonly [string, number])[]): Map<string, number> {
  const largest = Math.max(...logarithms.map(([, value]) => value));
  const weights = logarithms.map(([language, value]) => [language, Math.exp(value - largest)] as const);
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  return new Map(weights.map(([language, weight]) => [language, weight / sum]));
}
