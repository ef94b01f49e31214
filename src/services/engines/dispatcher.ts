import type { Engine } from '#translation/engines/engine.ts';
import type { Em } from '../../platform/db/database.ts';
import type { EngineState } from './engine-states.ts';
import { claim, pairKey, type Claimed } from './queue.ts';
import { countOpen } from './submissions.ts';
import type { Serving } from './suspension.ts';
import { BACKGROUND, READER } from '../texts/translations.ts';

/** More rows than this in one go would keep readers of the same engine waiting, and be done twice after a crash. */
const ROWS_AT_ONCE = 100;
/** About what one contribution is long. */
const CHARACTERS_A_ROW = 2_000;
/** An engine that takes one request at a time gets small ones: a reader's wish waits for the one before it. */
const ROWS_OF_A_NARROW_ENGINE = 5;

export interface Workbench {
  em(): Em;
  serving(): Serving;
  states(): ReadonlyMap<string, EngineState>;
  /** Translates what was claimed, and never rejects. */
  make(claimed: readonly Claimed[]): Promise<void>;
  onError(error: unknown): void;
  /** Until the next look, or until it is woken. */
  pause(): Promise<void>;
  wake(): void;
  stop: AbortSignal;
}

/** Keeps the places of one engine busy until it is stopped. The last of several places is for readers, who wait in front of a page. */
export async function dispatch(engine: Engine, bench: Workbench): Promise<void> {
  const { requestsAtOnce } = engine.limits;
  const busy = new Set<Promise<void>>();
  const probes = new Set<Promise<void>>();
  let last: Claimed | null = null;
  while (!bench.stop.aborted) {
    const claimed = await takeSome();
    if (claimed.length === 0) await bench.pause();
    else start(claimed);
  }
  await Promise.all(busy);

  function start(claimed: readonly Claimed[]): void {
    const work = bench.make(claimed).finally(() => {
      busy.delete(work);
      probes.delete(work);
      last = claimed[0] ?? null;
      bench.wake();
    });
    busy.add(work);
    if (claimed[0]?.state === 'suspended') probes.add(work);
  }

  async function takeSome(): Promise<Claimed[]> {
    const free = requestsAtOnce - busy.size;
    if (free <= 0) return [];
    const isLast = free === 1 && requestsAtOnce > 1;
    const prefers = last;
    last = null;
    return take(engine, bench, {
      ...{ least: isLast ? READER : BACKGROUND, prefers },
      ...{ isIdle: busy.size === 0, isProbing: probes.size > 0 },
    }).catch((error: unknown) => {
      bench.onError(error);
      return [];
    });
  }
}

interface Place {
  least: number;
  /** Nothing of this engine is in work. */
  isIdle: boolean;
  /** A suspended text is in work, to see whether an engine is back. */
  isProbing: boolean;
  /** What has just been done: its pair goes on, so that an engine with a process for each pair starts few. */
  prefers: Claimed | null;
}

async function take(
  engine: Engine,
  { em, serving, states }: Workbench,
  { least, isIdle, isProbing, prefers }: Place,
): Promise<Claimed[]> {
  const pairs = serving().pairsOf(engine.name);
  const isTrying = states().get(engine.name)?.is === 'trying';
  if (pairs.length === 0 || (isTrying && !isIdle)) return [];
  if (engine.callbacks && (await countOpen(em(), engine)) >= engine.limits.requestsAtOnce) return [];
  const warm = [...(prefers ? [prefers] : []), ...openPairs(engine)];
  const isServed = (pair: WarmPair) => pairs.includes(pairKey(pair.source, pair.language, pair.localOnly));
  const slice = { pairs, least, limit: isTrying ? 1 : rowsAtOnce(engine), prefers: warm.filter(isServed) };
  const probe = () => claim(em(), { ...slice, pairs: serving().tryingOf(engine.name), limit: 1, state: 'suspended' });
  // Another engine on the way may have been away: this one has other work, and would never come to the texts that wait.
  const probed = isTrying || isProbing ? [] : await probe();
  if (probed.length > 0) return probed;
  const queued = await claim(em(), { ...slice, state: 'queued' });
  return queued.length === 0 && isTrying ? probe() : queued;
}

type WarmPair = Pick<Claimed, 'source' | 'language' | 'localOnly'>;

/** Pairs for which it has to open nothing: they are drained before others are begun. */
function openPairs(engine: Engine): WarmPair[] {
  const open = engine.openPairs?.() ?? [];
  return open.flatMap(({ source, target: language }) =>
    [false, true].map((localOnly) => ({ source, language, localOnly })),
  );
}

function rowsAtOnce({ limits, canBeTalkedTo }: Engine): number {
  if (canBeTalkedTo) return 1;
  const fitting = Math.ceil(limits.charactersPerRequest / CHARACTERS_A_ROW);
  const most = limits.requestsAtOnce === 1 ? ROWS_OF_A_NARROW_ENGINE : ROWS_AT_ONCE;
  return Math.min(fitting, limits.textsPerRequest, most);
}
