import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { Engine } from './engine.ts';
import type { Environment } from './environment.ts';

/** What each member of an engine is, for modules that no compiler has checked. */
const MEMBERS: Readonly<Record<keyof Omit<Engine, 'callbacks' | 'canBeTalkedTo' | 'workings' | 'openPairs'>, string>> =
  {
    name: 'string',
    label: 'string',
    local: 'boolean',
    policy: 'string',
    tier: 'string',
    appliesGlossary: 'boolean',
    limits: 'object',
    pairs: 'function',
    translate: 'function',
    health: 'function',
    cost: 'function',
    close: 'function',
  };
const LIMITS = ['charactersPerText', 'textsPerRequest', 'charactersPerRequest', 'requestsAtOnce'];
const POLICIES = ['eager', 'wish'];
const TIERS = ['rough', 'good', 'best'];
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** A sentence when there is no such file. */
export function checkModulePath(path: string): string[] {
  return existsSync(fileURLToPath(addressOf(path))) ? [] : [`There is no engine module ${path}.`];
}

/**
 * The engine of an operator's module, which exports `createEngine(environment)`; null when it says that it cannot be had here.
 * @throws Error with a sentence that names the file and what is wrong with it
 */
export async function openModule(path: string, environment: Environment): Promise<Engine | null> {
  const create = await load(path);
  const engine: unknown = await run(path, () => create(environment));
  if (engine === null) return null;
  if (isEngine(engine)) return engine;
  throw new Error(`The engine module ${path} is not right: ${faultsOf(engine).join(' ')}`);
}

async function load(path: string): Promise<(environment: Environment) => unknown> {
  const module: unknown = await run(path, () => import(addressOf(path)));
  const create = isRecord(module) ? module['createEngine'] : undefined;
  if (typeof create !== 'function') throw new Error(`The engine module ${path} exports no function createEngine.`);
  return (environment) => Reflect.apply(create, undefined, [environment]);
}

async function run(path: string, work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The engine module ${path} cannot be opened: ${reason}`, { cause: error });
  }
}

function addressOf(path: string): string {
  return path.startsWith('file:') ? path : pathToFileURL(resolve(path)).href;
}

function isEngine(value: unknown): value is Engine {
  return faultsOf(value).length === 0;
}

function faultsOf(value: unknown): string[] {
  if (!isRecord(value)) return ['createEngine returns no engine.'];
  const wrong = Object.entries(MEMBERS).filter(([member, type]) => typeof value[member] !== type);
  if (wrong.length > 0) return wrong.map(([member, type]) => `"${member}" must be a ${type}.`);
  return [...faultsOfWords(value), ...faultsOfLimits(value['limits']), ...faultsOfPairs(value['pairs'])];
}

function faultsOfWords({ name, policy, tier, callbacks }: Readonly<Record<string, unknown>>): string[] {
  const faults = [];
  if (!NAME.test(String(name))) faults.push('"name" must be small letters, digits and hyphens, 40 at most.');
  if (!POLICIES.includes(String(policy))) faults.push(`"policy" must be ${POLICIES.join(' or ')}.`);
  if (!TIERS.includes(String(tier))) faults.push(`"tier" must be ${TIERS.join(', ')}.`);
  const answersLater = callbacks !== undefined;
  if (answersLater && !(isRecord(callbacks) && typeof callbacks['patienceMs'] === 'number'))
    faults.push('"callbacks" must have "patienceMs".');
  const missing = ['submit', 'receive'].filter((each) => isRecord(callbacks) && typeof callbacks[each] !== 'function');
  return [...faults, ...missing.map((each) => `"callbacks.${each}" must be a function.`)];
}

function faultsOfLimits(limits: unknown): string[] {
  return LIMITS.filter(
    (name) => !(isRecord(limits) && Number.isSafeInteger(limits[name]) && Number(limits[name]) > 0),
  ).map((name) => `"limits.${name}" must be a whole number above 0.`);
}

function faultsOfPairs(pairs: unknown): string[] {
  const list: unknown = typeof pairs === 'function' ? Reflect.apply(pairs, undefined, []) : null;
  if (!Array.isArray(list)) return ['"pairs" must return a list.'];
  const wrong = list.findIndex((pair) => !isPair(pair));
  return wrong === -1
    ? []
    : [`pair ${wrong + 1} must have "source" and "target", two codes such as pt or pt-BR, and "via".`];
}

function isPair(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { source, target, via } = value;
  return isCode(source) && isCode(target) && source !== target && (via === null || isCode(via));
}

function isCode(value: unknown): boolean {
  try {
    return typeof value === 'string' && Intl.getCanonicalLocales(value)[0] === value;
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
