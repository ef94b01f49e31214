import type { EngineError, Term } from './engines/engine.ts';
import { missedTerms } from './glossary.ts';
import { travel } from './leg.ts';
import { createTakingApart, type Piece, type TakenApart } from './pieces.ts';
import type { BatchOptions } from './ports.ts';
import type { Way } from './ways.ts';

export interface BatchText {
  /** Plain text, one line. */
  title?: string | null;
  /** Markdown. */
  body: string;
}

export type Outcome =
  | {
      state: 'ready';
      title: string | null;
      body: string;
      /** What of the memory stands in it. */
      keys: readonly string[];
      /** Terms of the glossary that the engine did not use. */
      missed: readonly Term[];
    }
  /** `isNew` when something of it was handed in just now, not only awaited. */
  | { state: 'submitted'; isNew: boolean }
  | { state: 'failed'; error: EngineError };

/**
 * Translates texts of one pair along a way: takes them apart, looks into the memory, sends what is new, checks each
 * answer, puts them together. A text comes out whole or not at all, and one that fails takes no other with it.
 * @throws only `signal.reason`, or what a port throws
 */
export async function translateBatch(
  way: Way,
  texts: readonly BatchText[],
  options: BatchOptions = {},
): Promise<Outcome[]> {
  const longest = longestOf(way);
  const takeApart = createTakingApart(longest);
  const apart = texts.map(({ title = null, body }) => takeApart({ title, body }));
  const pieces = new Set(apart.flatMap((each) => each.pieces));
  const waiting = new Set<Piece>();
  for (const leg of way.legs) {
    const going = [...pieces].filter((piece) => piece.error === null && !waiting.has(piece));
    for (const piece of await travel(leg, going, options)) waiting.add(piece);
  }
  const terms = options.glossary?.(way.legs.at(0)?.source ?? '', way.legs.at(-1)?.target ?? '') ?? [];
  return apart.map((each) => outcomeOf(each, waiting, terms));
}

// Between two legs a text may grow by half.
const GROWTH = 1.5;

function longestOf({ legs }: Way): number {
  const longest = Math.min(...legs.map(({ engine }) => engine.limits.charactersPerText));
  return legs.length > 1 ? Math.floor(longest / GROWTH) : longest;
}

function outcomeOf({ pieces, title, body }: TakenApart, waiting: ReadonlySet<Piece>, terms: readonly Term[]): Outcome {
  const failed = pieces.find(({ error }) => error !== null);
  if (failed?.error) return { state: 'failed', error: failed.error };
  if (pieces.some((piece) => waiting.has(piece)))
    return { state: 'submitted', isNew: pieces.some(({ handedIn }) => handedIn) };
  return {
    state: 'ready',
    title: title(),
    body: body(),
    keys: [...new Set(pieces.flatMap(({ keys }) => keys))],
    missed: [...new Set(pieces.flatMap(({ original, text }) => missedTerms(original, text, terms)))],
  };
}
