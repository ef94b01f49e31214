import type { Logger } from 'pino';

import { createLog } from '../../src/platform/log.ts';

/** A log that keeps its lines, each one JSON; after so many milliseconds, a minute otherwise, it says how often an error came again. */
export function keepLog(quietMilliseconds?: number): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  return { lines, log: createLog('debug', { write: (line: string) => void lines.push(line) }, quietMilliseconds) };
}

/** What a platform complained about: errors of its own, not of the people who use it. */
export const complaints = (lines: readonly string[]): string[] => lines.filter((line) => JSON.parse(line).level >= 50);
