import { countForeignWords, wordsToCheck } from './alphabets.ts';
import { count } from './clean.ts';
import { missingWords, type Lexicon } from './lexicon.ts';
import type { Opinion, Scorer } from './models.ts';
import { passagesOf } from './passages.ts';

export interface Judges {
  scorer: Scorer;
  cld3: (text: string) => Opinion;
  lexicon: Lexicon;
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

function bestOf(scores: ReadonlyMap<string, number>, languages: readonly string[]): string | undefined {
  const scoreIn = (language: string): number => scores.get(language) ?? 0;
  return languages.reduce((best, each) => (scoreIn(each) > scoreIn(best) ? each : best), languages[0] ?? '');
}

// cld3 takes half the time and moves no language by more than 8.2: with this lead 99 % stay 99 %, whatever it says.
const OVERWHELMING = 13;

function judgePassage(
  text: string,
  languages: readonly string[],
  { scorer, cld3, lexicon }: Judges,
  prior: (language: string) => number,
): Map<string, number> {
  const scores = scorer.score(text, languages);
  const evidence = evidenceIn(text, scores, { scorer, lexicon });
  const expected = (language: string): number =>
    Math.log(languages.includes(language) ? prior(language) : scorer.strangers);
  const known = new Set([...languages, ...scores.keys()]);
  const logarithms = new Map(Array.from(known, (language) => [language, evidence(language) + expected(language)]));
  if (leadIn(logarithms) > OVERWHELMING) return shareOut(logarithms);
  const opinion = withinReach(cld3(text), languages);
  const stranger = opinion.language;
  if (!known.has(stranger)) logarithms.set(stranger, evidence(stranger) + expected(stranger));
  // cld3 alone has seen the languages that the scorer cannot know: there its opinion is no second one.
  const weight = scores.has(opinion.language) ? scorer.secondOpinion : 1;
  for (const [language, value] of logarithms)
    logarithms.set(language, value + weight * Math.log(chanceBy(opinion, language)));
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
  { scorer, lexicon }: Pick<Judges, 'scorer' | 'lexicon'>,
): (language: string) => number {
  // A word said again is no new evidence.
  const words = [...new Set(text.toLowerCase().split(' '))];
  const suspects = wordsToCheck(words);
  const missing = missingWords(words, lexicon);
  const letters = Math.min(count(words.join(''), /\p{L}/gu), MAX_LETTERS);
  const pointValue = scorer.weight * letters ** scorer.growth;
  return (language) =>
    pointValue * scoreOf(language, scores, scorer) -
    alphabetPenalty(countForeignWords(suspects, language), words.length) -
    Math.min(MAX_LEXICON_PENALTY, MISSING_WORD_PENALTY * missing(language));
}

// Found on half the labelled texts, and confirmed on the other half. Names and loan words keep it from being more.
const MISSING_WORD_PENALTY = 2;
const MAX_LEXICON_PENALTY = 8;

// eld knows neither Galician nor Macedonian. Each lies between two languages it knows: no stranger to either, and neither.
const BETWEEN: Readonly<Record<string, readonly [string, string]>> = { gl: ['pt', 'es'], mk: ['bg', 'sr'] };

function scoreOf(language: string, scores: ReadonlyMap<string, number>, { unknown }: Scorer): number {
  const own = scores.get(language);
  if (own !== undefined) return own;
  const [one, other] = (BETWEEN[language] ?? []).map((relative) => scores.get(relative) ?? unknown);
  return one === undefined || other === undefined ? unknown : (one + other) / 2;
}

// cld3 takes short texts for a close relative that nobody here enabled; that is a vote for the language itself.
// And it tells Greek, Bulgarian and Russian in Latin letters apart from the rest; the scorers do not know them so.
const VOTES_FOR: Readonly<Record<string, string>> = {
  gd: 'ga',
  bs: 'hr',
  'bg-Latn': 'bg',
  'el-Latn': 'el',
  'ru-Latn': 'ru',
};

function withinReach(opinion: Opinion, languages: readonly string[]): Opinion {
  const meant = VOTES_FOR[opinion.language];
  const helps = meant !== undefined && languages.includes(meant) && !languages.includes(opinion.language);
  return helps ? { ...opinion, language: meant } : opinion;
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
function shareOut(logarithms: ReadonlyMap<string, number>): Map<string, number> {
  const largest = Math.max(...logarithms.values());
  const weights = Array.from(logarithms, ([language, value]) => [language, Math.exp(value - largest)] as const);
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  return new Map(weights.map(([language, weight]) => [language, weight / sum]));
}
