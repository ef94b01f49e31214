import type { EngineError, EngineErrorKind } from '#translation/engines/engine.ts';
import { variablesOf } from '#translation/engines/registry.ts';

/** Failures that the next sentence would meet again. */
const LASTING: ReadonlySet<EngineErrorKind> = new Set(['auth', 'quota', 'rate_limited', 'timeout', 'unavailable']);

/** Whether it makes no sense to go on. */
export function isLasting({ kind }: EngineError): boolean {
  return LASTING.has(kind);
}

/** What an operator can do about a failure of this engine. */
export function adviceOn(name: string, { kind, retryAfterMs }: EngineError): string {
  const address = named(name, /_URL$/, 'its address');
  const advice: Record<EngineErrorKind, string> = {
    unsupported_pair: 'It does not serve this pair: try another with --from and --to.',
    bad_request: `It does not take what it is sent: look at ${address}${modelOf(name)}, and whether its version is the one the README speaks of.`,
    too_long: 'It takes shorter texts than its documentation says: look at the limits in its own settings.',
    auth: `It does not let us in: look at ${named(name, /_(KEY|USER|PASSWORD)$/, 'its key')}, and whether the account is active.`,
    quota:
      'Nothing is left of what was bought or granted: wait until its period ends, or get more. Until then the next engine in TRANSLATION_ENGINES serves.',
    rate_limited: `It got too many requests: try again ${retryAfterMs === undefined ? 'in a few minutes' : `in ${Math.ceil(retryAfterMs / 1000)} seconds`}, or ask for a higher limit.`,
    timeout: 'It is too slow: give it more of a machine, or wait until it has loaded its models.',
    unavailable: `It cannot be reached or is broken: does it run, can this machine reach ${address}, and what does its own log say? Or it answers nonsense: is ${address} the service itself, not a page or a proxy before it${modelOf(name)}?`,
    bad_output: `It makes nonsense of this text: is ${address} the service itself${modelOf(name)}?`,
  };
  return advice[kind];
}

function named(name: string, pattern: RegExp, otherwise: string): string {
  const variables = variablesOf(name).filter((variable) => pattern.test(variable));
  return variables.length === 0 ? otherwise : variables.join(' and ');
}

function modelOf(name: string): string {
  return variablesOf(name).includes('OPENAI_MODEL') ? ', and is OPENAI_MODEL one that can follow instructions' : '';
}
