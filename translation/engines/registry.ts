import { checkApertium, createApertium, memoryIn } from './apertium/apertium.ts';
import { checkBergamot, createBergamot } from './bergamot/bergamot.ts';
import { checkDeepL, createDeepL } from './deepl.ts';
import type { Engine } from './engine.ts';
import { declared, type Environment } from './environment.ts';
import { checkETranslation, createETranslation } from './etranslation.ts';
import { checkLibreTranslate, createLibreTranslate } from './libretranslate.ts';
import { createNone } from './none.ts';
import { checkOpenAi, createOpenAi } from './openai-compatible.ts';
import { checkModulePath, openModule } from './operator-module.ts';

export type Opened = { engine: Engine } | { engine: null; reason: string };

interface Entry {
  open(environment: Environment): Promise<Opened>;
  /** Sentences on what its settings lack or have wrong. */
  check?(environment: Environment): string[];
  /** The settings it reads. */
  variables?: readonly string[];
}

// A new engine is one entry here and a file of its own.
const ENGINES = new Map<string, Entry>([
  ['apertium', { open: openApertium, check: checkApertium, variables: ['APERTIUM_MEMORY'] }],
  ['none', { open: async () => ({ engine: createNone() }) }],
  [
    'bergamot',
    {
      open: createBergamot,
      check: checkBergamot,
      variables: ['BERGAMOT_MODELS', 'BERGAMOT_MEMORY_MB', 'BERGAMOT_WORKERS'],
    },
  ],
  [
    'libretranslate',
    {
      open: async (environment) => ({ engine: await createLibreTranslate(environment) }),
      check: checkLibreTranslate,
      variables: ['LIBRETRANSLATE_URL', 'LIBRETRANSLATE_API_KEY'],
    },
  ],
  [
    'etranslation',
    {
      open: async (environment) => ({ engine: createETranslation(environment) }),
      check: checkETranslation,
      variables: ['ETRANSLATION_URL', 'ETRANSLATION_USER', 'ETRANSLATION_PASSWORD', 'ETRANSLATION_DOMAIN'],
    },
  ],
  [
    'deepl',
    {
      open: async (environment) => ({ engine: await createDeepL(environment) }),
      check: checkDeepL,
      variables: ['DEEPL_URL', 'DEEPL_API_KEY', 'DEEPL_EURO_PER_MILLION'],
    },
  ],
  [
    'openai-compatible',
    {
      open: async (environment) => ({ engine: createOpenAi(environment) }),
      check: checkOpenAi,
      variables: ['OPENAI_URL', 'OPENAI_MODEL', 'OPENAI_API_KEY', 'OPENAI_EURO_PER_MILLION'],
    },
  ],
]);

/** What may stand in TRANSLATION_ENGINES, beside paths of modules. */
export const ENGINE_NAMES: readonly string[] = [...ENGINES.keys()];

/** Every setting that the engines in the box read, beside TRANSLATION_EAGER and TRANSLATION_LOCAL. */
export const ENGINE_VARIABLES: readonly string[] = [...ENGINES.values()].flatMap(({ variables = [] }) => variables);

/** The settings that one engine reads. */
export function variablesOf(name: string): readonly string[] {
  return ENGINES.get(name)?.variables ?? [];
}

/** Whether an entry of TRANSLATION_ENGINES is the path of an operator's own module. */
export function isModulePath(name: string): boolean {
  return /^(?:[.]?\/|file:)/.test(name);
}

/**
 * Sentences on what is missing or wrong in the settings of these engines; none when all can be opened. Values of
 * settings are never quoted.
 */
export function checkEngineSettings(names: readonly string[], environment: Environment): string[] {
  const twins = names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} stands there twice.`);
  return [...twins, ...[...new Set(names)].flatMap((name) => checkOne(name, environment))];
}

function checkOne(name: string, environment: Environment): string[] {
  if (isModulePath(name)) return checkModulePath(name);
  const entry = ENGINES.get(name);
  return entry === undefined ? [unknownName(name)] : (entry.check?.(environment) ?? []);
}

/**
 * Opens an engine by its name, or an operator's module by its path, or tells why it cannot be had here.
 * @throws Error when there is no engine of that name, or a module is not right
 */
export async function openEngine(name: string, environment: Environment = {}): Promise<Opened> {
  if (isModulePath(name)) return openOperators(name, environment);
  const entry = ENGINES.get(name);
  if (entry === undefined) throw new Error(unknownName(name));
  const faults = entry.check?.(environment) ?? [];
  return faults.length > 0 ? { engine: null, reason: faults.join(' ') } : entry.open(environment);
}

/**
 * Opens engines in order of preference, without those that cannot be had here.
 * @throws Error when a name is unknown, a module is not right, or two engines call themselves the same
 */
export async function openEngines(
  names: readonly string[],
  environment: Environment,
  onSkip?: (name: string, reason: string) => void,
): Promise<Engine[]> {
  const engines: Engine[] = [];
  try {
    for (const name of names) {
      const opened = await openEngine(name, environment);
      if (opened.engine === null) onSkip?.(name, opened.reason);
      else engines.push(opened.engine);
    }
    refuseTwins(engines);
    return engines;
  } catch (error) {
    await Promise.all(engines.map((engine) => engine.close()));
    throw error;
  }
}

function refuseTwins(engines: readonly Engine[]): void {
  const names = engines.map(({ name }) => name);
  const twin = names.find((name, at) => names.indexOf(name) !== at);
  if (twin !== undefined)
    throw new Error(`Two translation engines call themselves "${twin}"; each needs a name of its own.`);
}

async function openApertium(environment: Environment): Promise<Opened> {
  const engine = await createApertium({ megabytes: memoryIn(environment) });
  if (engine === null) return { engine, reason: 'Apertium and its language pairs are not installed.' };
  // Its processes run on this machine, whatever is declared.
  return { engine: { ...engine, policy: declared(environment, 'apertium').policy } };
}

async function openOperators(path: string, environment: Environment): Promise<Opened> {
  const engine = await openModule(path, environment);
  if (engine === null) return { engine, reason: 'The module says that its engine cannot be had here.' };
  if (!ENGINES.has(engine.name)) return { engine };
  await engine.close();
  throw new Error(`The engine module ${path} is not right: the name "${engine.name}" is that of an engine in the box.`);
}

function unknownName(name: string): string {
  const [apertium, none, ...others] = ENGINE_NAMES;
  return `There is no translation engine "${name}"; there are: ${apertium}, ${none}. With settings of their own: ${others.join(', ')}, or a module of yours (./mine.ts).`;
}
