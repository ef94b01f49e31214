import { setTimeout as sleep } from 'node:timers/promises';

/** What `work` gives, or `late` when it takes longer. The clock ends with the work: one that runs on keeps a process from ending. */
export async function within<T, L>(milliseconds: number, work: Promise<T>, late: L): Promise<T | L> {
  const end = new AbortController();
  const clock = sleep(milliseconds, late, { signal: end.signal });
  clock.catch(() => {});
  try {
    return await Promise.race([work, clock]);
  } finally {
    end.abort();
  }
}

/** Waits that `wake` and the end cut short. */
export interface Pauses {
  pause(milliseconds: number): Promise<void>;
  wake(): void;
}

/** For a loop that looks now and then, and at once when there is a reason. After `stop` nothing is waited for. */
export function createPauses(stop: AbortSignal): Pauses {
  const waiting = new Set<() => void>();
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, stop.aborted ? 0 : milliseconds);
      waiting.add(end);
    });
  const wake = () => waiting.forEach((end) => end());
  stop.addEventListener('abort', wake, { once: true });
  return { pause, wake };
}

/** What a look asks for before the next one. */
interface Wanted {
  /** Only the end cuts this short. */
  least?: number;
  /** Being woken cuts this short, too. */
  most: number;
}

/** Looks again and again, at once when woken. `look` tells how many milliseconds later, and must not throw. Closing waits for the last look. */
export function startLoop(look: () => Promise<Wanted>): { wake(): void; close(): Promise<void> } {
  const stop = new AbortController();
  const resting = createPauses(stop.signal);
  const waiting = createPauses(stop.signal);
  let isAwaited = false;
  const running = run();

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      isAwaited = false;
      const { least = 0, most } = await look();
      if (least > 0) await resting.pause(least);
      if (most > least && !isAwaited) await waiting.pause(most - least);
    }
  }

  return {
    wake() {
      isAwaited = true;
      waiting.wake();
    },
    async close() {
      stop.abort();
      await running;
    },
  };
}
