import { EngineError, type EngineErrorKind } from './engine.ts';

/** A service that asks for more is treated as if it had asked for this. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

interface Meaning {
  kind: EngineErrorKind;
  words: string;
}

const MEANINGS: Readonly<Record<number, Meaning>> = {
  400: { kind: 'bad_request', words: 'refuses the request' },
  401: { kind: 'auth', words: 'refuses the key or password' },
  // Chat services of several makers say so when nothing is left of what was paid.
  402: { kind: 'quota', words: 'asks to be paid first' },
  403: { kind: 'auth', words: 'does not let this key or address in' },
  // No text would be known there, no way of asking served.
  404: { kind: 'unavailable', words: 'knows nothing at this address' },
  405: { kind: 'unavailable', words: 'does not take what it is asked' },
  408: { kind: 'timeout', words: 'took too long' },
  413: { kind: 'too_long', words: 'finds the request too long' },
  429: { kind: 'rate_limited', words: 'got too many requests' },
  456: { kind: 'quota', words: 'has used up its quota' },
  // A service that has too much to do says 503, or 529 as DeepL does; one that is broken says 500.
  503: { kind: 'rate_limited', words: 'has too much to do' },
  504: { kind: 'timeout', words: 'took too long' },
  529: { kind: 'rate_limited', words: 'has too much to do' },
};

/** What an answer with such a status means. `explained` is what the engine itself read out of the body. */
export function refusalOf(
  label: string,
  { status, headers }: { status: number; headers: Headers },
  explained: EngineErrorKind | null,
): EngineError {
  const { kind, words } = MEANINGS[status] ?? otherMeaning(status);
  const retryAfterMs = readRetryAfter(headers.get('Retry-After'), Date.now());
  return new EngineError(explained ?? kind, `${label} ${words} (HTTP ${status}).`, {
    ...(retryAfterMs !== null && { retryAfterMs }),
  });
}

/**
 * What it means that no answer came. The error of `fetch` goes along as a cause when it comes from the network:
 * others quote what was sent.
 */
export function silenceOf(label: string, error: unknown): EngineError {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && cause.message.includes('redirect'))
    return new EngineError(
      'unavailable',
      `${label} sends us to another address; only the one in the settings is asked.`,
    );
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
  return new EngineError('unavailable', `${label} cannot be reached${code === null ? '' : ` (${code})`}.`, {
    ...(code !== null && { cause }),
  });
}

/** Milliseconds a Retry-After header asks for, in seconds or as a date; null when it says nothing that makes sense. */
function readRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), LONGEST_WAIT_MS);
}

function otherMeaning(status: number): Meaning {
  if (status >= 500) return { kind: 'unavailable', words: 'is out of order' };
  if (status >= 400) return { kind: 'bad_request', words: 'refuses the request' };
  return { kind: 'unavailable', words: 'answers in a way nobody expects' };
}
