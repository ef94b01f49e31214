/** Awaits `work` and tells for how many milliseconds at most nothing else in the process had its turn meanwhile. */
export async function longestBlock<T>(work: () => Promise<T>): Promise<{ result: T; longestBlockMs: number }> {
  let last = performance.now();
  let longestBlockMs = 0;
  const look = (): void => {
    const now = performance.now();
    longestBlockMs = Math.max(longestBlockMs, now - last - INTERVAL_MS);
    last = now;
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

const INTERVAL_MS = 1;
