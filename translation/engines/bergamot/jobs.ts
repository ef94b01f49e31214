/** Sentences of one direction on their way, cut into slices between which others may go first. */
export interface Job {
  direction: string;
  isUrgent: boolean;
  slices: readonly (readonly string[])[];
  answers: string[];
  /** How many slices are answered. */
  done: number;
  /** True while a slice is in work. */
  isRunning: boolean;
  /** True when nobody waits for it any more. */
  isOver: boolean;
  resolve(texts: string[]): void;
  reject(error: unknown): void;
}

export interface JobOptions {
  isUrgent?: boolean;
  signal?: AbortSignal | undefined;
}

/** A second or two of work of a slow model: so long an urgent sentence waits for the one before it. */
const SLICE_CHARACTERS = 1_200;

/** A job, and the promise of its answers. Rejects with `signal.reason` as soon as that aborts; a slice in work then ends for nothing. */
export function jobOf(
  direction: string,
  texts: readonly string[],
  { isUrgent = false, signal }: JobOptions,
): { job: Job; answers: Promise<string[]> } {
  const { promise, resolve, reject } = Promise.withResolvers<string[]>();
  const abort = (): void => job.reject(signal?.reason);
  const over = (): void => {
    job.isOver = true;
    signal?.removeEventListener('abort', abort);
  };
  const job: Job = {
    ...{ direction, isUrgent, slices: slicesOf(texts), answers: [], done: 0, isRunning: false, isOver: false },
    resolve: (answers) => {
      over();
      resolve(answers);
    },
    reject: (error) => {
      over();
      reject(error instanceof Error ? error : new Error(String(error)));
    },
  };
  signal?.addEventListener('abort', abort, { once: true });
  return { job, answers: promise };
}

function slicesOf(texts: readonly string[]): string[][] {
  const slices: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const text of texts) {
    if (size + text.length > SLICE_CHARACTERS) {
      slices.push([]);
      size = 0;
    }
    slices.at(-1)?.push(text);
    size += text.length;
  }
  return slices;
}

/** Characters that are not answered yet. */
export function charactersLeft({ slices, done }: Job): number {
  return slices.slice(done).flat().join('').length;
}
