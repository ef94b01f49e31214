import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { EngineError } from '../engine.ts';
import type { Stage } from './modes.ts';
import { queueStart } from './starts.ts';

const NUL = 0;

/** The living processes of one mode, each reading what the one before it writes. One text at a time. */
export class Pipeline {
  /** Comes true when all stages are there and turns may be asked. */
  readonly started: Promise<void>;
  readonly #children: ChildProcess[] = [];
  #answer: PromiseWithResolvers<string> | null = null;
  #received: Buffer[] = [];
  #turns = 0;
  #failure: EngineError | null = null;

  constructor(stages: readonly Stage[]) {
    this.started = this.#start(stages);
    this.started.catch(() => this.kill());
  }

  get alive(): boolean {
    return this.#failure === null;
  }

  /**
   * Sends one text in stream format and waits for what comes out at the other end.
   * The number must come back: a stage that died or fell behind would otherwise give us
   * the wrong text without any error.
   */
  async turn(stream: string, timeoutMs: number): Promise<string> {
    if (this.#failure !== null) throw this.#failure;
    const marker = `[${++this.#turns}]`;
    const answer = Promise.withResolvers<string>();
    this.#answer = answer;
    const watchdog = setTimeout(() => this.#fail('timeout', `Apertium was silent for ${timeoutMs} ms.`), timeoutMs);
    this.#children[0]?.stdin?.write(`${stream}${marker}\0`);
    try {
      return this.#checked(await answer.promise, marker);
    } finally {
      clearTimeout(watchdog);
      this.#answer = null;
    }
  }

  /** Kills every stage, stopped ones too. */
  kill(): void {
    this.#failure ??= new EngineError('unavailable', 'Apertium was closed.');
    this.#answer?.reject(this.#failure);
    for (const child of this.#children) child.kill('SIGKILL');
  }

  /** Kills and waits until no child is left. */
  async close(): Promise<void> {
    const running = this.#children.filter((child) => child.exitCode === null && child.signalCode === null);
    // Their end is worth waiting for.
    for (const child of running) child.ref();
    const gone = running.filter((child) => child.pid !== undefined).map((child) => once(child, 'exit'));
    this.kill();
    await Promise.allSettled(gone);
  }

  async #start(stages: readonly Stage[]): Promise<void> {
    await Promise.all(stages.map((stage) => queueStart(() => this.#startStage(stage))));
    this.#children.at(-1)?.stdout?.on('data', (chunk: Buffer) => this.#receive(chunk));
  }

  #startStage(stage: Stage): void {
    // Closed while it waited, or a stage died.
    if (this.#failure !== null) throw this.#failure;
    const neighbour = this.#children.at(-1);
    const input = neighbour?.stdout;
    // The end of its output may be known before its exit is.
    if (input?.destroyed) throw new EngineError('unavailable', `${neighbour?.spawnfile} ended.`);
    const child = spawn(stage.command, stage.args, {
      stdio: [input ?? 'pipe', 'pipe', 'ignore'],
      // Apertium reads and writes the locale's encoding.
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
    });
    this.#children.push(child);
    letIdle(child);
    // This stage owns that end now; a copy held here would hide that a neighbour died.
    input?.destroy();
    child.once('error', (error) => this.#fail('unavailable', `${stage.command}: ${error.message}`));
    child.once('exit', (code, signal) => this.#fail('unavailable', `${stage.command} ended (${signal ?? code}).`));
    // A write to a dead stage: its exit is what gets reported.
    child.stdin?.on('error', () => {});
  }

  #receive(chunk: Buffer): void {
    this.#received.push(chunk);
    if (chunk.at(-1) !== NUL) return;
    const text = Buffer.concat(this.#received).subarray(0, -1).toString('utf8');
    this.#received = [];
    this.#answer?.resolve(text);
  }

  #checked(answer: string, marker: string): string {
    if (answer.endsWith(marker) && !answer.includes('\0')) return answer.slice(0, -marker.length);
    this.#fail('unavailable', 'Apertium answered out of turn.');
    throw new EngineError('unavailable', 'Apertium answered out of turn.');
  }

  #fail(kind: 'timeout' | 'unavailable', message: string): void {
    this.#failure ??= new EngineError(kind, message);
    this.kill();
  }
}

/** While nothing is asked, the processes do not keep ours alive; during a turn the watchdog does. */
function letIdle(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout]) {
    if (stream instanceof Socket) stream.unref();
  }
}
