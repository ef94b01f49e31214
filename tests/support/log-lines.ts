import type { Logger } from 'pino';

import { createLog } from '../../src/platform/log.ts';

/** A log that keeps its lines, each one JSON. */
export function keepLog(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  return { lines, log: createLog('debug', { write: (line: string) => void lines.push(line) }) };
}

/** What a platform complained about: errors of its own, not of the people who use it. */
export const complaints = (lines: readonly string[]): string[] => lines.filter((line) => JSON.parse(line).level >= 50);
