import { z } from 'zod';

import { type Delivery, EngineError, type EngineErrorKind, type EngineText } from './engine.ts';

const LABEL = 'eTranslation';

/** Numbers come as such or as their digits. */
export const Numeric = z.union([z.number(), z.string().regex(/^-?\d+$/)]).transform(Number);
/** How it says no, at once or at the callback. */
export const Refusal = z.object({ errorCode: Numeric, errorMessage: z.string().nullish() });

/** A snippet's translation is in the notification; `result` is the same in a delivery. */
const Success = z.union([
  z.object({ translatedText: z.string() }).transform(({ translatedText }) => translatedText),
  z.object({ result: z.string() }).transform(({ result }) => result),
]);

/** The codes its documentation explains and a caller can do something about. */
const CODES: Readonly<Record<number, EngineErrorKind>> = {
  [-11200]: 'quota',
  [-20028]: 'rate_limited',
  [-90000]: 'auth',
};
/** The names of other codes tell as much; the numbers differ between versions of the service. */
const WORDS: readonly (readonly [RegExp, EngineErrorKind])[] = [
  [/concurren|too_?many/i, 'rate_limited'],
  [/quota/i, 'quota'],
  [/not_?(authori[sz]ed|allowed)|unauthori[sz]ed|forbidden/i, 'auth'],
  [/time_?out|timed out|expired/i, 'timeout'],
  [/too[ _]?(long|large|big)|max(imum)?[ _](size|length)|exceeds/i, 'too_long'],
  [/language|domain/i, 'unsupported_pair'],
];
/** From here down to the next ten thousand it is the request that is wrong; below, something in the service broke. */
const REQUEST_CODES = { from: -10_000, to: -29_999 };

/** What a refusal means for whoever wants the text translated. */
export function failureOf({ errorCode, errorMessage }: z.infer<typeof Refusal>): EngineErrorKind {
  const [, byWords] = WORDS.find(([words]) => words.test(errorMessage ?? '')) ?? [];
  const isRequest = errorCode <= REQUEST_CODES.from && errorCode >= REQUEST_CODES.to;
  return CODES[errorCode] ?? byWords ?? (isRequest ? 'bad_request' : 'unavailable');
}

/** One text a line: line ends within a text become blanks. */
export function inOneSnippet(texts: readonly EngineText[]): string {
  return texts.map(({ text }) => text.replaceAll(/\s*[\n\v\f\r\u0085\u2028\u2029]\s*/g, ' ').trim()).join('\n');
}

/**
 * The lines of an answer as translations of the texts handed in.
 * @throws EngineError when it is a failure, no answer of the service, or has more or fewer lines
 */
export function readDelivery({ body }: Delivery, texts: readonly EngineText[]): EngineText[] {
  const value = parse(body);
  const refusal = Refusal.safeParse(value);
  if (refusal.success)
    throw new EngineError(failureOf(refusal.data), `${LABEL} could not translate this (${refusal.data.errorCode}).`);
  const success = Success.safeParse(value);
  if (!success.success)
    throw new EngineError('unavailable', `${LABEL} answers in another form than its documentation says.`);
  const lines = success.data.replace(/(\r\n|\n|\r)+$/, '').split(/\r\n|\n|\r/);
  // What a text says may make two lines of one: unlike a list of the wrong length, this need not be the service's fault.
  if (lines.length !== texts.length)
    throw new EngineError('bad_output', `${LABEL} got ${texts.length} lines and answers with ${lines.length}.`);
  return texts.map(({ id }, at) => ({ id, text: lines[at]?.trim() ?? '' }));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new EngineError('unavailable', `${LABEL} answers something that is not JSON.`);
  }
}
