/**
 * Awaits `work` and tells for how many milliseconds at most nothing else in the process had its turn meanwhile, because of what the process
 * itself was doing: on a busy machine it also waits for others, and that is not the work's fault.
 */
export async function longestBlock<T>(work: () => Promise<T>): Promise<{ result: T; longestBlockMs: number }> {
  let last = performance.now();
  let lastBusy = busyMs();
  let longestBlockMs = 0;
  const look = (): void => {
    const [now, busy] = [performance.now(), busyMs()];
    longestBlockMs = Math.max(longestBlockMs, Math.min(now - last, busy - lastBusy) - INTERVAL_MS);
    [last, lastBusy] = [now, busy];
  };
  const timer = setInterval(look, INTERVAL_MS);
  try {
    const result = await work();
    look();
    return { result, longestBlockMs };
  } finally {
    clearInterval(timer);
  }
}

/** For how long this thread has had a processor. */
function busyMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

const INTERVAL_MS = 1;
