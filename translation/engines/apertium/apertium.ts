import { availableParallelism } from 'node:os';
import {
  type Engine,
  EngineError,
  type EngineLimits,
  type EngineRequest,
  type EngineText,
  type Pair,
} from '../engine.ts';
import { MODES, modesOf, PAIRS } from './chains.ts';
import { readMode, type Stage } from './modes.ts';
import { Pool } from './pool.ts';
import { translateTexts } from './texts.ts';
import { readWarmUps } from './warm-up.ts';

const MODES_FOLDER = '/usr/share/apertium/modes';
// A turn takes 0.1 s; a machine under full load may need many times that.
const TIMEOUT_MS = 10_000;
const IDLE_MS = 60_000;
// Places for modes: one takes some 100 MB, so that all stay under 1 GB.
const LIVE_MODES = 8;
const LIMITS: EngineLimits = {
  // Far above any idea; keeps a mistake from occupying a mode for minutes.
  charactersPerText: 200_000,
  textsPerRequest: 100,
  // Ten turns: a call ends within a second or two.
  charactersPerRequest: 20_000,
  // Each keeps a mode busy, and a mode a core: one more than the cores, and one for readers.
  requestsAtOnce: Math.min(LIVE_MODES, availableParallelism() + 2),
};

export interface ApertiumOptions {
  modesFolder?: string;
  /** How long a stage may be silent before the whole mode is killed and started anew. */
  timeoutMs?: number;
  idleMs?: number;
  liveModes?: number;
}

/** Debian's Apertium as child processes: free, offline, rough. Null when it is not installed. */
export async function createApertium(options: ApertiumOptions = {}): Promise<Engine | null> {
  const modes = await installedModes(options.modesFolder ?? MODES_FOLDER);
  const pairs = PAIRS.filter((pair) => modesOf(pair).every((mode) => modes.has(mode)));
  if (pairs.length === 0) return null;
  const pool = new Pool({
    modes,
    warmUps: await readWarmUps(),
    liveModes: options.liveModes ?? LIVE_MODES,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    idleMs: options.idleMs ?? IDLE_MS,
  });
  return engineOf(pairs, pool, new Set(modes.keys()));
}

async function installedModes(folder: string): Promise<Map<string, Stage[]>> {
  const read = await Promise.all(
    [...MODES.values()].map(async (name) => [name, await readMode(folder, name)] as const),
  );
  return new Map(read.flatMap(([name, stages]) => (stages === null ? [] : [[name, stages] as const])));
}

function engineOf(pairs: readonly Pair[], pool: Pool, modes: ReadonlySet<string>): Engine {
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
    health: () => tryOut(pairs, translate),
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
): Promise<{ ok: boolean; message: string }> {
  const [first] = pairs;
  try {
    if (first !== undefined) {
      const target = first.via ?? first.target;
      await translate({ source: first.source, target, texts: [{ id: 'health', text: 'Europa.' }] });
    }
    return { ok: true, message: `Apertium answers; ${pairs.length} pairs of languages.` };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
