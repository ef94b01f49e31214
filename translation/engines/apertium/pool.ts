import { EngineError } from '../engine.ts';
import { Lane, type Turn } from './lane.ts';
import { megabytesOf } from './megabytes.ts';
import type { Stage } from './modes.ts';
import type { WarmUp } from './warm-up.ts';

// Starting a mode takes 0.2 to 0.7 s of a core: one that still has work keeps its place at least this long, unless a reader waits.
const KEEP_MS = 3_000;

export interface PoolOptions {
  modes: ReadonlyMap<string, readonly Stage[]>;
  warmUps: ReadonlyMap<string, WarmUp>;
  /** What all that live may take together. */
  megabytes: number;
  timeoutMs: number;
  idleMs: number;
}

/** Decides which modes live: as many as the memory holds, the least recently used gives way, idle ones close. */
export class Pool {
  readonly #lanes: Map<string, Lane>;
  readonly #idle = new Map<Lane, NodeJS.Timeout>();
  readonly #options: PoolOptions;
  #closed = false;
  readonly #killAll = (): void => {
    for (const lane of this.#lanes.values()) lane.kill();
  };

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#lanes = new Map(
      [...options.modes].map(([mode, stages]) => [
        mode,
        new Lane(stages, {
          megabytes: megabytesOf(mode),
          timeoutMs: options.timeoutMs,
          warmUp: options.warmUps.get(mode) ?? null,
        }),
      ]),
    );
    process.once('exit', this.#killAll);
  }

  /** Passes one piece in stream format through a mode. */
  turn(mode: string, stream: string, options: { urgent: boolean; signal: AbortSignal | undefined }): Promise<string> {
    const { urgent, signal } = options;
    const lane = this.#lanes.get(mode);
    if (lane === undefined || this.#closed) throw closedError();
    signal?.throwIfAborted();
    const answer = Promise.withResolvers<string>();
    const turn: Turn = { stream, urgent, signal, answer };
    const abort = (): void => answer.reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    lane.add(turn);
    this.#advance();
    return answer.promise.finally(() => signal?.removeEventListener('abort', abort));
  }

  liveModes(): string[] {
    return [...this.#lanes].filter(([, lane]) => lane.live).map(([mode]) => mode);
  }

  async close(): Promise<void> {
    this.#closed = true;
    process.off('exit', this.#killAll);
    for (const timer of this.#idle.values()) clearTimeout(timer);
    await Promise.all([...this.#lanes.values()].map((lane) => lane.abandon(closedError())));
  }

  #advance(): void {
    if (this.#closed) return;
    const ready = [...this.#lanes.values()].filter((lane) => lane.wanted && !lane.busy);
    ready.sort((a, b) => Number(b.hurried) - Number(a.hurried) || a.usedAt - b.usedAt);
    for (const lane of ready) {
      if (lane.live || this.#makeRoom(lane)) void this.#serve(lane);
    }
  }

  async #serve(lane: Lane): Promise<void> {
    clearTimeout(this.#idle.get(lane));
    await lane.serveNext();
    if (this.#closed) return lane.close();
    if (!lane.wanted) this.#closeWhenIdle(lane);
    this.#advance();
  }

  #closeWhenIdle(lane: Lane): void {
    const timer = setTimeout(() => void lane.close(), this.#options.idleMs);
    this.#idle.set(lane, timer.unref());
  }

  /** Closes who may go, the least recently used first, until the newcomer has its memory. False when it has to wait. */
  #makeRoom(newcomer: Lane): boolean {
    const live = [...this.#lanes.values()].filter((lane) => lane.live);
    let free = this.#options.megabytes - megabytesOfAll([...live, newcomer]);
    const leavers: Lane[] = [];
    const candidates = live
      .filter((lane) => !lane.busy && mayGo(lane, newcomer))
      .toSorted((a, b) => a.usedAt - b.usedAt);
    for (const leaver of candidates) {
      if (free >= 0) break;
      leavers.push(leaver);
      free += leaver.megabytes;
    }
    if (free < 0) return false;
    for (const leaver of leavers) void leaver.close();
    return true;
  }
}

const megabytesOfAll = (lanes: readonly Lane[]): number => lanes.reduce((sum, { megabytes }) => sum + megabytes, 0);

function mayGo(lane: Lane, newcomer: Lane): boolean {
  if (!lane.wanted) return true;
  if (newcomer.hurried && !lane.hurried) return true;
  return performance.now() - lane.openedAt > KEEP_MS;
}

function closedError(): EngineError {
  return new EngineError('unavailable', 'Apertium was closed.');
}
