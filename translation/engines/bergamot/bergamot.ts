import { availableParallelism, totalmem } from 'node:os';

import {
  EngineError,
  type Engine,
  type EngineErrorKind,
  type EngineRequest,
  type EngineText,
  type Pair,
} from '../engine.ts';
import { declared, setting, type Environment } from '../environment.ts';
import { answersTo, checkRequest, tryOut } from '../requests.ts';
import { type DirectionFault, DirectionError } from './direction.ts';
import { compileRuntime } from './glue.ts';
import type { JobOptions } from './jobs.ts';
import { Pool, type PoolOptions } from './pool.ts';
import { cutSentences, joinSentences } from './sentences.ts';
import { type Installed, listInstalled, pathsOf } from './store.ts';
import { translateWell } from './wording.ts';

const LABEL = 'Bergamot';
const PIVOT = 'en';
const MB = 1_000_000;
/** One direction of the larger architecture, and little else. */
const LEAST_MEMORY_MB = 600;
const MOST_MEMORY_MB = 1_500;
/** What is left to the program, its database and everybody else. */
const SHARE_OF_MEMORY = 1 / 3;
/** Bytes of WebAssembly memory once a model has worked, measured. */
const GUESS_MB: Readonly<Record<string, number>> = { tiny: 470 };
const LARGEST_GUESS_MB = 560;
const IDLE_MS = 120_000;
/** A second or three; many times that on a machine under full load. */
const [OPENING_MS, TASK_MS] = [60_000, 60_000];
const KINDS: Readonly<Record<DirectionFault, EngineErrorKind>> = {
  timeout: 'timeout',
  refused: 'unavailable',
  crashed: 'unavailable',
  closed: 'unavailable',
};
const COMMAND = 'npm run polyphony -- engine install bergamot';

/** Sentences on what is wrong with its settings. */
export function checkBergamot(environment: Environment): string[] {
  const number = (name: string, least: number, unit: string): string[] => {
    const value = setting(environment, name);
    const isRight = value === undefined || (/^\d{1,6}$/.test(value) && Number(value) >= least);
    return isRight ? [] : [`${name} must be a whole number of ${unit}, ${least} or more.`];
  };
  return [...number('BERGAMOT_MEMORY_MB', LEAST_MEMORY_MB, 'megabytes'), ...number('BERGAMOT_WORKERS', 1, 'threads')];
}

export interface BergamotOptions extends Partial<
  Pick<PoolOptions, 'budget' | 'idleMs' | 'taskMs' | 'openingMs' | 'guess'>
> {
  /** Only in checks: directions that no check has passed yet. */
  isTrial?: boolean;
  /** Bytes that the machine has. */
  machineMemory?: number;
}

/** Models of the Bergamot project in worker threads: local, good, as many directions as are installed. Or a sentence on why not. */
export async function createBergamot(
  environment: Environment,
  { isTrial = false, machineMemory = memoryOfMachine(), ...options }: BergamotOptions = {},
): Promise<{ engine: Engine } | { engine: null; reason: string }> {
  const folder = setting(environment, 'BERGAMOT_MODELS');
  const { budget = budgetOf(environment, machineMemory) } = options;
  if (budget < LEAST_MEMORY_MB * MB) return { engine: null, reason: tooSmall(machineMemory) };
  try {
    const installed = folder === undefined ? [] : await listInstalled(folder);
    const usable = installed.filter(({ enabled }) => enabled || isTrial);
    if (folder === undefined || usable.length === 0) return { engine: null, reason: whyNone(installed) };
    return { engine: await engineOver(folder, usable, environment, { ...options, budget }) };
  } catch (error) {
    return { engine: null, reason: error instanceof Error ? error.message : String(error) };
  }
}

const memoryOfMachine = (): number => Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);

function budgetOf(environment: Environment, machineMemory: number): number {
  const said = setting(environment, 'BERGAMOT_MEMORY_MB');
  return said === undefined ? Math.min(machineMemory * SHARE_OF_MEMORY, MOST_MEMORY_MB * MB) : Number(said) * MB;
}

/** A sentence when there is no memory for it on this machine or by its settings, null when there is. */
export function whyTooSmall(environment: Environment): string | null {
  const [fault] = checkBergamot(environment);
  if (fault !== undefined) return fault;
  const machineMemory = memoryOfMachine();
  return budgetOf(environment, machineMemory) < LEAST_MEMORY_MB * MB ? tooSmall(machineMemory) : null;
}

function tooSmall(machineMemory: number): string {
  return `This machine has ${Math.round(machineMemory / MB)} MB of memory, and a third of that is less than the ${LEAST_MEMORY_MB} MB that one direction takes. Use a machine with 2 GB, or set BERGAMOT_MEMORY_MB.`;
}

function whyNone(installed: readonly Installed[]): string {
  return installed.length === 0
    ? `No models are installed. Install them with: ${COMMAND}`
    : `None of ${installed.length} installed directions has passed its check. See: npm run polyphony -- engine list`;
}

async function engineOver(
  folder: string,
  installed: readonly Installed[],
  environment: Environment,
  options: Partial<PoolOptions> & Pick<PoolOptions, 'budget'>,
): Promise<Engine> {
  const compiled = await compileRuntime();
  const workers = Number(setting(environment, 'BERGAMOT_WORKERS') ?? Math.max(1, availableParallelism() - 1));
  const ofName = (name: string): Installed => {
    const found = installed.find(({ direction }) => direction === name);
    if (!found) throw new Error(`${name} is not installed.`);
    return found;
  };
  const pool = new Pool({
    ...{ workers, idleMs: IDLE_MS, openingMs: OPENING_MS, taskMs: TASK_MS },
    guess: (name) => (GUESS_MB[ofName(name).architecture] ?? LARGEST_GUESS_MB) * MB,
    startOf: (name) => ({ compiled, ...pathsOf(folder, ofName(name)) }),
    ...options,
  });
  const direct = installed.map(({ source, target }) => ({ source, target, via: null }));
  const limits = {
    ...{ charactersPerText: 5_000, textsPerRequest: 50, charactersPerRequest: 20_000 },
    // The last one is for readers.
    requestsAtOnce: workers + 1,
  };
  const offer = { label: LABEL, limits, pairs: direct };
  const translate = async (request: EngineRequest): Promise<EngineText[]> => {
    checkRequest(offer, request);
    return answersTo(LABEL, request.texts, await translateOver(pool, request));
  };
  const pairs = [...direct, ...overPivot(direct)];
  return {
    ...{ name: 'bergamot', label: LABEL, tier: 'good', appliesGlossary: false, limits },
    // Its threads run on this machine, whatever is declared.
    ...{ ...declared(environment, 'bergamot'), local: true },
    pairs: () => pairs,
    translate,
    health: async () => {
      const resting = pool.resting();
      if (resting.length > 0) return { ok: false, message: `Left alone after failures: ${resting.join(', ')}.` };
      return tryOut(offer, translate);
    },
    workings: () => ({ memory: pool.memory(), budget: options.budget, directions: pool.open() }),
    openPairs: () => {
      const open = new Set(pool.open().map(({ name }) => name));
      return pairs.filter((pair) => legsOf(pair).every((name) => open.has(name)));
    },
    cost: () => 0,
    close: () => pool.close(),
  };
}

async function translateOver(pool: Pool, { source, target, texts, urgent, signal }: EngineRequest): Promise<string[]> {
  const options: JobOptions = { isUrgent: urgent ?? false, signal };
  const cuts = texts.map(({ text }) => cutSentences(text, source));
  try {
    const answers = await translateWell(
      cuts.flatMap(({ sentences }) => sentences),
      (sentences) => pool.translate(`${source}-${target}`, sentences, options),
    );
    return cuts.map((cut) => joinSentences(cut, answers.splice(0, cut.sentences.length)));
  } catch (error) {
    if (!(error instanceof DirectionError)) throw error;
    throw new EngineError(KINDS[error.kind], `From ${source} to ${target}: ${error.message}`, { cause: error });
  }
}

const legsOf = ({ source, target, via }: Pair): string[] =>
  via === null ? [`${source}-${target}`] : [`${source}-${via}`, `${via}-${target}`];

/** All pairs in two steps over English. */
function overPivot(direct: readonly Pair[]): Pair[] {
  const sources = direct.filter(({ target }) => target === PIVOT).map(({ source }) => source);
  const targets = direct.filter(({ source }) => source === PIVOT).map(({ target }) => target);
  const isDirect = (source: string, target: string): boolean =>
    direct.some((pair) => pair.source === source && pair.target === target);
  return sources.flatMap((source) =>
    targets
      .filter((target) => target !== source && !isDirect(source, target))
      .map((target) => ({ source, target, via: PIVOT })),
  );
}
