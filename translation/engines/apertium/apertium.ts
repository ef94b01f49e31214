import { availableParallelism } from 'node:os';
import {
  type Engine,
  EngineError,
  type EngineLimits,
  type EngineRequest,
  type EngineText,
  type Pair,
} from '../engine.ts';
import { type Environment, setting } from '../environment.ts';
import { MODES, pairsOf } from './chains.ts';
import { affordableMegabytes, LEAST_MEGABYTES, megabytesOf } from './megabytes.ts';
import { readMode, type Stage } from './modes.ts';
import { Pool } from './pool.ts';
import { translateTexts } from './texts.ts';
import { readWarmUps } from './warm-up.ts';

const MODES_FOLDER = '/usr/share/apertium/modes';
// A turn takes 0.1 s; a machine under full load may need many times that.
const TIMEOUT_MS = 10_000;
const IDLE_MS = 60_000;
const LIMITS: EngineLimits = {
  // Far above any idea; keeps a mistake from occupying a mode for minutes.
  charactersPerText: 200_000,
  textsPerRequest: 100,
  // Ten turns: a call ends within a second or two.
  charactersPerRequest: 20_000,
  // Each keeps a mode busy, and a mode a core: one more than the cores, and one for readers.
  requestsAtOnce: Math.min(8, availableParallelism() + 2),
};

export interface ApertiumOptions {
  modesFolder?: string;
  /** How long a stage may be silent before the whole mode is killed and started anew. */
  timeoutMs?: number;
  idleMs?: number;
  /** What all modes that live may take together. */
  megabytes?: number | undefined;
}

/** Sentences on what is wrong with its settings. */
export function checkApertium(environment: Environment): string[] {
  const value = setting(environment, 'APERTIUM_MEMORY');
  const isRight = value === undefined || (/^\d{1,6}$/.test(value) && Number(value) >= LEAST_MEGABYTES);
  return isRight ? [] : [`APERTIUM_MEMORY must be a number of megabytes, ${LEAST_MEGABYTES} or more.`];
}

/** What its settings say of memory, if they do. */
export function memoryIn(environment: Environment): number | undefined {
  const value = setting(environment, 'APERTIUM_MEMORY');
  return value === undefined ? undefined : Number(value);
}

/** Debian's Apertium as child processes: free, offline, rough. Null when it is not installed. */
export async function createApertium(options: ApertiumOptions = {}): Promise<Engine | null> {
  const installed = await installedModes(options.modesFolder ?? MODES_FOLDER);
  const megabytes = options.megabytes ?? affordableMegabytes();
  const modes = new Map([...installed].filter(([mode]) => megabytesOf(mode) <= megabytes));
  const pairs = pairsOf(new Set(modes.keys()), megabytes);
  if (pairs.length === 0) return null;
  const pool = new Pool({
    modes,
    warmUps: await readWarmUps(),
    megabytes,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    idleMs: options.idleMs ?? IDLE_MS,
  });
  return engineOf(pairs, pool, {
    modes: new Set(modes.keys()),
    without: tooLarge(pairsOf(new Set(installed.keys()), Infinity), pairs, megabytes),
  });
}

/** Words for operators on the pairs that the memory does not hold. */
function tooLarge(installed: readonly Pair[], pairs: readonly Pair[], megabytes: number): string {
  const offered = new Set(pairs.map(nameOf));
  const without = installed.map(nameOf).filter((name) => !offered.has(name));
  return without.length === 0
    ? ''
    : ` Without ${without.join(', ')}: more than the ${megabytes} MB of APERTIUM_MEMORY.`;
}

const nameOf = ({ source, target }: Pair): string => `${source}>${target}`;

async function installedModes(folder: string): Promise<Map<string, Stage[]>> {
  const read = await Promise.all(
    [...MODES.values()].map(async (name) => [name, await readMode(folder, name)] as const),
  );
  return new Map(read.flatMap(([name, stages]) => (stages === null ? [] : [[name, stages] as const])));
}

interface Offered {
  modes: ReadonlySet<string>;
  /** Said beside the number of pairs. */
  without: string;
}

function engineOf(pairs: readonly Pair[], pool: Pool, { modes, without }: Offered): Engine {
  const translate = async (request: EngineRequest): Promise<EngineText[]> => {
    refuse(request);
    return translateTexts(findMode(modes, request), pool, request);
  };
  return {
    name: 'apertium',
    label: 'Apertium',
    local: true,
    policy: 'eager',
    tier: 'rough',
    appliesGlossary: false,
    limits: LIMITS,
    pairs: () => pairs,
    translate,
    health: () => tryOut(pairs, translate, without),
    cost: () => 0,
    close: () => pool.close(),
  };
}

function refuse({ texts }: EngineRequest): void {
  if (texts.length > LIMITS.textsPerRequest) {
    throw new EngineError('bad_request', `Apertium takes ${LIMITS.textsPerRequest} texts a request.`);
  }
  if (texts.some(({ text }) => text.length > LIMITS.charactersPerText)) {
    throw new EngineError('too_long', `Apertium takes ${LIMITS.charactersPerText} characters a text.`);
  }
  if (texts.some(({ text }) => text.includes('\0'))) {
    throw new EngineError('bad_request', 'A text for Apertium must not contain NUL.');
  }
}

/** Each call is one mode: the translator makes two for a pair with a language in between. */
function findMode(installed: ReadonlySet<string>, { source, target }: EngineRequest): string {
  const mode = MODES.get(`${source}>${target}`);
  if (mode !== undefined && installed.has(mode)) return mode;
  throw new EngineError('unsupported_pair', `Apertium does not translate from ${source} to ${target} in one go.`);
}

async function tryOut(
  pairs: readonly Pair[],
  translate: Engine['translate'],
  without: string,
): Promise<{ ok: boolean; message: string }> {
  const [first] = pairs;
  try {
    if (first !== undefined) {
      const target = first.via ?? first.target;
      await translate({ source: first.source, target, texts: [{ id: 'health', text: 'Europa.' }] });
    }
    return { ok: true, message: `Apertium answers; ${pairs.length} pairs of languages.${without}` };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
