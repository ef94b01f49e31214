/** One line of the table. */
export interface Figure {
  what: string;
  /** What it is measured against, in the same run. */
  against: string;
  asked: string;
  measured: string;
  /** Null for a line that only informs. */
  ok: boolean | null;
}

/** What every benchmark gets. */
export interface Bench {
  /** A PostgreSQL server on which databases may be made. */
  server: string;
  /** How long the demonstration is watched. */
  minutes: number;
  /** Lines that go with the table but not into it. */
  say(words: string): void;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The value below which this part of all lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

export const milliseconds = (value: number): string => `${value.toFixed(2)} ms`;

/** How long `work` takes, in milliseconds, each time of `times`. */
export async function timesOf(times: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < times; index++) {
    const started = performance.now();
    await work(index);
    taken.push(performance.now() - started);
  }
  return taken;
}
