import { Worker } from 'node:worker_threads';

import type { Report, Start, Task } from './messages.ts';

export type DirectionFault = 'timeout' | 'refused' | 'crashed' | 'closed';

/** Why a direction gave up; it is closed by then. */
export class DirectionError extends Error {
  readonly kind: DirectionFault;

  constructor(kind: DirectionFault, message: string) {
    super(message);
    this.name = 'DirectionError';
    this.kind = kind;
  }
}

export interface DirectionOptions {
  /** To read and unpack the model. */
  openingMs: number;
  /** To answer one task. */
  taskMs: number;
}

/** One direction in a thread of its own, one task at a time. */
export interface Direction {
  /** @throws DirectionError */
  translate(texts: readonly string[]): Promise<string[]>;
  /** Bytes of its memory. */
  memory(): number;
  /** Ends the thread, which gives all of its memory back. */
  close(): Promise<void>;
}

const WORKER = new URL('./worker.ts', import.meta.url);

/** @throws DirectionError when its files are refused or it takes too long */
export async function openDirection(start: Start, { openingMs, taskMs }: DirectionOptions): Promise<Direction> {
  const worker = new Worker(WORKER, { workerData: start });
  let memory = 0;
  let ended: DirectionError | null = null;
  let waiting: PromiseWithResolvers<string[]> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const end = async (error: DirectionError): Promise<void> => {
    ended ??= error;
    settle()?.reject(ended);
    await worker.terminate();
  };
  worker.on('message', (report: Report) => {
    if (report.kind === 'refused') return void end(new DirectionError('refused', report.reason));
    if (report.kind === 'failed') return void end(new DirectionError('crashed', report.reason));
    memory = report.memory;
    settle()?.resolve(report.kind === 'answer' ? report.texts : []);
  });
  worker.on('error', (error) => void end(new DirectionError('crashed', String(error))));
  worker.on('exit', () => void end(new DirectionError('crashed', 'The thread ended by itself.')));

  await answer(openingMs, 'could not be opened');
  // Whoever waits for an answer has a timer that keeps the program.
  worker.unref();
  return {
    memory: () => memory,
    close: () => end(new DirectionError('closed', 'The direction was closed.')),
    translate: (texts) => {
      if (ended) throw ended;
      worker.postMessage({ texts } satisfies Task, []);
      return answer(taskMs, 'did not answer');
    },
  };

  function answer(withinMs: number, what: string): Promise<string[]> {
    const late = `The model ${what} within ${withinMs / 1_000} s.`;
    timer = setTimeout(() => void end(new DirectionError('timeout', late)), withinMs);
    waiting = Promise.withResolvers<string[]>();
    return waiting.promise;
  }

  /** Who waited is to be answered now. */
  function settle(): PromiseWithResolvers<string[]> | null {
    clearTimeout(timer);
    const settled = waiting;
    waiting = null;
    return settled;
  }
}
