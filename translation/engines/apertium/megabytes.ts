import { totalmem } from 'node:os';

/** What the processes of a mode take together while they live, in MB: their proportional share (Pss), the same when new and after 30,000 characters. */
const MEGABYTES: Readonly<Record<string, number>> = {
  'es-pt': 44,
  'pt-es': 46,
  'ro-es': 62,
  'spa-ita': 65,
  'fr-es': 89,
  'es-fr': 93,
  'spa-eng': 100,
  'ita-spa': 106,
  'eng-spa': 113,
  'eng-cat': 156,
  'swe-dan': 162,
  'dan-swe': 188,
  'cat-ita': 192,
  'cat-por': 225,
  'ita-cat': 275,
  'fra-cat': 310,
  'por-cat': 310,
  // Most of it is one table of word forms.
  'cat-fra': 631,
};

/** For a mode that nobody has measured: as much as any but the largest. */
const UNKNOWN_MEGABYTES = 200;

export const megabytesOf = (mode: string): number => MEGABYTES[mode] ?? UNKNOWN_MEGABYTES;

/** Holds each mode between English, French, Italian, Portuguese, Romanian and Spanish. */
export const LEAST_MEGABYTES = 120;
/** Enough that none waits for another for long. */
const MOST_MEGABYTES = 1_000;
/** A server takes 200 MB beside a PostgreSQL, and 550 with the embedded database. */
const OTHERS_MEGABYTES = 600;

/** How much all modes may take together where nothing is set: what the machine, or the container, has beyond what the server needs. */
export function affordableMegabytes(machine = memoryOfMachine()): number {
  return Math.min(MOST_MEGABYTES, Math.max(LEAST_MEGABYTES, Math.floor(machine - OTHERS_MEGABYTES)));
}

/** In MB. A container's bound counts where there is one; without any, Node tells 0 or more than there is. */
function memoryOfMachine(): number {
  const bound = process.constrainedMemory() || Infinity;
  return Math.min(bound, totalmem()) / 2 ** 20;
}
