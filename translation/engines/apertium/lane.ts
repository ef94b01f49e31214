import type { EngineError } from '../engine.ts';
import type { Stage } from './modes.ts';
import { Pipeline } from './pipeline.ts';
import type { WarmUp } from './warm-up.ts';

/** A piece of text on its way through one mode. */
export interface Turn {
  stream: string;
  urgent: boolean;
  signal: AbortSignal | undefined;
  answer: PromiseWithResolvers<string>;
}

// A killed or hung stage deserves a second chance; a text that breaks a fresh pipeline does not.
const TRIES = 2;
/** A canary costs a few milliseconds: about a hundredth of the work between two. */
const TURNS_BETWEEN_CANARIES = 100;

interface LaneOptions {
  /** What its pipeline takes while it lives. */
  megabytes: number;
  timeoutMs: number;
  /** Goes through a new pipeline before anything else: some stages choose by what they saw before, and begin with a wrong choice. */
  warmUp: WarmUp | null;
}

/** The queue in front of one mode, and its pipeline while it lives. */
export class Lane {
  busy = false;
  /** When it last worked and since when it has lived: decides who goes when room is short. */
  usedAt = 0;
  openedAt = 0;
  readonly megabytes: number;
  readonly #urgent: Turn[] = [];
  readonly #patient: Turn[] = [];
  readonly #stages: readonly Stage[];
  readonly #timeoutMs: number;
  #pipeline: Pipeline | null = null;
  #abandoned = false;

  readonly #warmUp: WarmUp | null;
  /** What the pipeline said to the canary when it was new. */
  #known = '';
  #turns = 0;

  constructor(stages: readonly Stage[], { megabytes, timeoutMs, warmUp }: LaneOptions) {
    this.megabytes = megabytes;
    this.#stages = stages;
    this.#timeoutMs = timeoutMs;
    this.#warmUp = warmUp;
  }

  /** Has processes, or is about to start them again. */
  get live(): boolean {
    return this.busy || this.#pipeline !== null;
  }

  get wanted(): boolean {
    return this.hurried || this.#patient.length > 0;
  }

  get hurried(): boolean {
    return this.#urgent.length > 0;
  }

  add(turn: Turn): void {
    (turn.urgent ? this.#urgent : this.#patient).push(turn);
  }

  /** Serves the turn whose time has come; its promise settles, this one never rejects. */
  async serveNext(): Promise<void> {
    const turn = this.#urgent.shift() ?? this.#patient.shift();
    if (turn === undefined || turn.signal?.aborted) return;
    this.busy = true;
    try {
      turn.answer.resolve(await this.#attempt(turn, TRIES));
    } catch (error) {
      turn.answer.reject(error);
    } finally {
      this.busy = false;
      this.usedAt = performance.now();
    }
  }

  /** Fails all who wait and ends the processes. */
  async abandon(error: EngineError): Promise<void> {
    this.#abandoned = true;
    for (const turn of [...this.#urgent.splice(0), ...this.#patient.splice(0)]) turn.answer.reject(error);
    await this.close();
  }

  async close(): Promise<void> {
    const pipeline = this.#pipeline;
    this.#pipeline = null;
    await pipeline?.close();
  }

  /** For the end of our own process, where nothing can be awaited. */
  kill(): void {
    this.#pipeline?.kill();
  }

  async #attempt(turn: Turn, triesLeft: number): Promise<string> {
    try {
      const pipeline = await this.#settled();
      this.#turns += 1;
      return await pipeline.turn(turn.stream, this.#timeoutMs);
    } catch (error) {
      await this.close();
      if (triesLeft === 1 || this.#abandoned) throw error;
      return this.#attempt(turn, triesLeft - 1);
    }
  }

  /** A pipeline that no text before has bent: one whose canary sings otherwise is opened anew. */
  async #settled(): Promise<Pipeline> {
    const pipeline = await this.#open();
    if (this.#warmUp === null || this.#turns === 0 || this.#turns % TURNS_BETWEEN_CANARIES > 0) return pipeline;
    if ((await pipeline.turn(this.#warmUp.canary, this.#timeoutMs)) === this.#known) return pipeline;
    await this.close();
    return this.#open();
  }

  async #open(): Promise<Pipeline> {
    if (this.#pipeline?.alive === false) await this.close();
    if (this.#pipeline !== null) return this.#pipeline;
    const pipeline = new Pipeline(this.#stages);
    this.#pipeline = pipeline;
    await pipeline.started;
    this.#turns = 0;
    if (this.#warmUp !== null) await pipeline.turn(this.#warmUp.words, this.#timeoutMs);
    if (this.#warmUp !== null) this.#known = await pipeline.turn(this.#warmUp.canary, this.#timeoutMs);
    this.openedAt = performance.now();
    return pipeline;
  }
}
