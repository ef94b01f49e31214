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
