import {
  EngineError,
  type Engine,
  type EngineLimits,
  type EngineRequest,
  type EngineText,
  type Pair,
} from './engine.ts';

/** What an engine says of itself, as far as a request is measured by it. */
export interface Offer {
  label: string;
  limits: EngineLimits;
  pairs: readonly Pair[];
}

/**
 * Refuses what the service would refuse, before anything is sent.
 * @throws EngineError, or `signal.reason`
 */
export function checkRequest({ label, limits, pairs }: Offer, { source, target, texts, signal }: EngineRequest): void {
  signal?.throwIfAborted();
  if (!pairs.some((pair) => pair.source === source && pair.target === target))
    throw new EngineError('unsupported_pair', `${label} does not translate from ${source} to ${target}.`);
  if (texts.length > limits.textsPerRequest)
    throw new EngineError('bad_request', `${label} takes ${limits.textsPerRequest} texts a request.`);
  const lengths = texts.map(({ text }) => text.length);
  if (lengths.some((length) => length > limits.charactersPerText))
    throw new EngineError('too_long', `${label} takes ${limits.charactersPerText} characters a text.`);
  if (lengths.reduce((sum, length) => sum + length, 0) > limits.charactersPerRequest)
    throw new EngineError('too_long', `${label} takes ${limits.charactersPerRequest} characters a request.`);
}

/**
 * The answers with the ids of the questions.
 * @throws EngineError when there are more or fewer
 */
export function answersTo(label: string, texts: readonly EngineText[], answers: readonly string[]): EngineText[] {
  if (answers.length !== texts.length)
    throw new EngineError('unavailable', `${label} got ${texts.length} texts and answers with ${answers.length}.`);
  return texts.map(({ id }, at) => ({ id, text: answers[at] ?? '' }));
}

/** Every pair of a source and a target that is another language, not only another country's. */
export function pairsOf(sources: readonly string[], targets: readonly string[]): Pair[] {
  return sources.flatMap((source) =>
    targets
      .filter((target) => languageOf(target) !== languageOf(source))
      .map((target) => ({ source, target, via: null })),
  );
}

/** Health by a word that is translated for real, over the first pair there is. */
export async function tryOut(
  { label, pairs }: Offer,
  translate: Engine['translate'],
): Promise<{ ok: boolean; message: string }> {
  const [first] = pairs;
  try {
    if (first !== undefined) await translate({ ...first, texts: [{ id: 'health', text: 'Europa.' }] });
    return { ok: true, message: `${label} answers; ${pairs.length} pairs of languages.` };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** 'pt' for 'pt-BR'. */
export function languageOf(code: string): string {
  return code.split('-', 1)[0] ?? code;
}
