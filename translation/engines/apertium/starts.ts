import { setTimeout } from 'node:timers/promises';

let free = Promise.resolve();

/**
 * Starts a process when all that were asked for before it, of any mode, have been started; rejects with what
 * `start` throws.
 *
 * Nothing else runs while a process is started, and from a process as large as the server that takes 20 to 60 ms.
 * The four modes of the first Spanish text have 36 stages: started without a pause, they kept every reader waiting
 * for 0.9 s, on a busy machine for 3 s. So each start is followed by a pause of the same length, in which requests
 * are answered: the longest wait is now 0.1 s, and the translations come hardly later.
 */
export async function queueStart(start: () => void): Promise<void> {
  const started = free.then(() => timed(start));
  free = started.catch(() => 0).then((milliseconds) => setTimeout(milliseconds));
  await started;
}

function timed(work: () => void): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}
