import type { Engine } from './engine.ts';

/** Settings of engines by the names they have in `.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Without a setting no text is sent away, and nothing is paid for. */
const EAGER_BY_DEFAULT = 'apertium';
const LOCAL_BY_DEFAULT = 'apertium,none';

/** A setting without blanks around it; an empty one is none. */
export function setting(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

/** What the operator declares an engine to be, in TRANSLATION_EAGER and TRANSLATION_LOCAL. */
export function declared(environment: Environment, name: string): Pick<Engine, 'local' | 'policy'> {
  const names = (variable: string, otherwise: string): string[] =>
    (setting(environment, variable) ?? otherwise).split(',').map((each) => each.trim());
  return {
    local: names('TRANSLATION_LOCAL', LOCAL_BY_DEFAULT).includes(name),
    policy: names('TRANSLATION_EAGER', EAGER_BY_DEFAULT).includes(name) ? 'eager' : 'wish',
  };
}

/** Sentences on what is wrong with an address; none when it is left out. `secret`: a key or password travels with each request. */
export function checkUrl(environment: Environment, name: string, { secret = false } = {}): string[] {
  const value = setting(environment, name);
  if (value === undefined) return [];
  const url = URL.parse(value);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return [`${name} must be an address that begins with http:// or https://.`];
  if (url.username !== '' || url.password !== '') return [`${name} must not hold a name or password.`];
  if (secret && url.protocol === 'http:' && !isLoopback(url))
    return [`${name} must begin with https:// unless it is on this machine: a key or password goes with each request.`];
  return [];
}

/** A sentence when a key could not stand in a header; the key itself is never repeated. */
export function checkSecret(environment: Environment, name: string): string[] {
  const value = setting(environment, name);
  return value === undefined || /^[\x21-\x7e]+$/.test(value)
    ? []
    : [`${name} has blanks or letters that no key has: was something else copied with it?`];
}

/** Sentences for those of the names that are not set. */
export function checkPresent(environment: Environment, engine: string, names: readonly string[]): string[] {
  return names
    .filter((name) => setting(environment, name) === undefined)
    .map((name) => `${name} is needed for the engine ${engine}.`);
}

/** A sentence when a price is none. */
export function checkPrice(environment: Environment, name: string): string[] {
  const value = setting(environment, name);
  return value === undefined || /^\d+([.]\d+)?$/.test(value)
    ? []
    : [`${name} must be a price in euro, such as 20 or 17.50.`];
}

function isLoopback({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

/** An address without slashes at its end, so that paths can follow. */
export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
