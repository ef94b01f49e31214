import { EngineError } from '../engines/engine.ts';
import type { Translator } from '../translator.ts';
import type { LanguageOf } from '../validate.ts';
import { chrF } from './chrf.ts';
import { NUMBERS, sentencesIn } from './sentences.ts';

/** What became of one sentence. */
export interface Trial {
  original: string;
  /** Null when the engine failed. */
  answer: string | null;
  milliseconds: number;
  /** A sentence on what is wrong, null when nothing is. */
  fault: string | null;
  error: EngineError | null;
}

export interface Verdict {
  /** Sentences on why the pair cannot be trusted; none: it has passed. */
  faults: string[];
  /** 0 to 100, on average of the sentences; null without references in the target language. */
  chrf: number | null;
  /** Addresses that came back as they were. */
  placeholders: { kept: number; of: number };
  milliseconds: number;
}

export interface ProveOptions {
  source: string;
  target: string;
  /** Null: the language of the answers is not looked at. */
  languageOf: LanguageOf | null;
  onTrial?: (trial: Trial) => void;
  /** When it says so about a failure, the rest is not asked. */
  isHopeless?: (error: EngineError) => boolean;
}

/** Below it a model is damaged or of another language; healthy ones reach 50 to 70. Rough engines stay above it in the pairs they are good for. */
const LEAST_CHRF = 35;
/** One sentence may fail or be taken for another language: the original is then shown, or the detector errs. */
const MOST_FAILED = 1;
const MOST_LOST_PLACEHOLDERS = 1;
const LONGEST_TITLE_RATIO = 2.5;

/** Has a pair translate ten sentences and two titles, and judges what comes. */
export async function prove(translator: Translator, options: ProveOptions): Promise<Verdict> {
  const { source, target } = options;
  const [originals, references] = [sentencesIn(source), sentencesIn(target)];
  if (!originals) throw new Error(`There are no sentences in ${source}.`);
  const begun = performance.now();
  const trials = await tryAll(translator, originals.sentences, options);
  const milliseconds = Math.round((performance.now() - begun) / Math.max(1, trials.length));
  if (trials.length < originals.sentences.length)
    return { faults: ['The engine itself failed.'], chrf: null, placeholders: { kept: 0, of: 0 }, milliseconds };
  const chrf = references ? meanChrF(trials, references.sentences) : null;
  const placeholders = await tryPlaceholders(translator, options);
  const faults = [
    ...trials.filter(({ error }) => error === null).flatMap(({ fault }) => fault ?? []),
    ...ofFailures(trials),
    ...ofLanguage(trials, options),
    ...(chrf !== null && chrf < LEAST_CHRF
      ? [`It is far from a good translation: chrF ${chrf.toFixed(0)}, at least ${LEAST_CHRF} is wanted.`]
      : []),
    ...(placeholders.of - placeholders.kept > MOST_LOST_PLACEHOLDERS
      ? [`It loses addresses: ${placeholders.kept} of ${placeholders.of} came back.`]
      : []),
    ...(await tryTitles(translator, originals.titles, options)),
  ];
  return { faults: [...new Set(faults)], chrf, placeholders, milliseconds };
}

async function tryAll(translator: Translator, originals: readonly string[], options: ProveOptions): Promise<Trial[]> {
  const { onTrial, isHopeless } = options;
  const trials: Trial[] = [];
  for (const original of originals) {
    const begun = performance.now();
    const answer = await ask(translator, options, original);
    const error = typeof answer === 'string' ? null : answer;
    const trial = {
      ...{ original, error, answer: typeof answer === 'string' ? answer : null },
      ...{ milliseconds: performance.now() - begun, fault: faultOf(original, answer) },
    };
    onTrial?.(trial);
    if (error && isHopeless?.(error)) break;
    trials.push(trial);
  }
  return trials;
}

async function ask(
  translator: Translator,
  { source, target, languageOf }: ProveOptions,
  body: string,
): Promise<string | EngineError> {
  try {
    return (await translator.translate({ source, target, body }, languageOf ? { languageOf } : {})).body;
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

function faultOf(original: string, answer: string | EngineError): string | null {
  if (typeof answer !== 'string') return answer.message;
  if (answer === original) return 'It came back untranslated.';
  const lost = NUMBERS.find((number) => original.includes(number) && !answer.includes(number));
  return lost === undefined ? null : `The number ${lost} is lost.`;
}

function ofFailures(trials: readonly Trial[]): string[] {
  const failed = trials.flatMap(({ error }) => error?.message ?? []);
  return failed.length > MOST_FAILED ? [`${failed.length} of ${trials.length} sentences failed: ${failed[0]}`] : [];
}

function ofLanguage(trials: readonly Trial[], { target, languageOf }: ProveOptions): string[] {
  const answers = trials.flatMap(({ answer }) => answer ?? []);
  const isRight = (answer: string): boolean => languageOf?.(answer).language === target.split('-', 1)[0];
  const wrong = languageOf ? answers.filter((answer) => !isRight(answer)) : [];
  return wrong.length > MOST_FAILED ? [`${wrong.length} of ${trials.length} answers are not in ${target}.`] : [];
}

function meanChrF(trials: readonly Trial[], references: readonly string[]): number {
  const scores = trials.map(({ answer }, at) => chrF(answer ?? '', references[at] ?? ''));
  return scores.reduce((sum, each) => sum + each, 0) / scores.length;
}

/** An address before, behind and within words. */
async function tryPlaceholders(translator: Translator, pair: ProveOptions): Promise<Verdict['placeholders']> {
  const { sentences, titles } = sentencesIn(pair.source) ?? { sentences: [], titles: [] };
  const address = 'https://example.eu/plan';
  const probes = [
    ...sentences.filter((sentence) => sentence.includes(address)),
    ...sentences.slice(5, 8).map((sentence) => `${address}: ${sentence}`),
    ...titles.flatMap((title) => [`${address}: ${title}`, `${title}: ${address}`]),
  ];
  let kept = 0;
  for (const probe of probes) {
    const answer = await ask(translator, pair, probe);
    if (typeof answer === 'string' && answer.includes(address)) kept++;
  }
  return { kept, of: probes.length };
}

/** What is short is what such engines say twice, or go on about. */
async function tryTitles(translator: Translator, titles: readonly string[], pair: ProveOptions): Promise<string[]> {
  const faults: string[] = [];
  for (const title of titles) {
    const answer = await ask(translator, pair, title);
    if (typeof answer !== 'string') faults.push(`The title "${title}" failed: ${answer.message}`);
    else if (answer.length > title.length * LONGEST_TITLE_RATIO || /(\p{L}{3,})\s+\1(?!\p{L})/iu.test(answer))
      faults.push(`The title "${title}" became "${answer}".`);
  }
  return faults;
}
