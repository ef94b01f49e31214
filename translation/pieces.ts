import type { EngineError } from './engines/engine.ts';
import { cut } from './text/cut.ts';
import { protect, withoutPlaceholders } from './text/protect.ts';
import { split } from './text/split.ts';
import { trim } from './text/trim.ts';

/** A piece of text as engines get it: no blanks around it, placeholders for what is no language. Equal pieces are one. */
export interface Piece {
  /** As the author wrote it, then as the last leg left it. */
  readonly original: string;
  text: string;
  /** The keys under which the memory has what was made of it. */
  readonly keys: string[];
  error: EngineError | null;
  /** It was handed to an asynchronous engine just now. */
  handedIn: boolean;
}

/** A text taken apart, and how to put it together once its pieces are translated. */
export interface TakenApart {
  pieces: readonly Piece[];
  title(): string | null;
  body(): string;
}

/** Takes texts apart so that equal pieces of all of them are translated once. */
export function createTakingApart(longest: number): (text: { title: string | null; body: string }) => TakenApart {
  const pieces = new Map<string, Piece>();
  const pieceOf = (text: string): Piece =>
    pieces.getOrInsertComputed(text, () => ({ original: text, text, keys: [], error: null, handedIn: false }));

  return ({ title, body }) => {
    const heading = title === null ? null : takeApart(title);
    const parts = split(body);
    const paragraphs = parts.paragraphs.map((paragraph) => takeApart(paragraph));
    return {
      pieces: [...(heading ? [heading] : []), ...paragraphs].flatMap((each) => each.pieces),
      title: () => heading?.join() ?? null,
      body: () => parts.join(paragraphs.map((paragraph) => paragraph.join())),
    };
  };

  function takeApart(paragraph: string): { pieces: Piece[]; join(): string } {
    const { text, restore } = protect(paragraph);
    const parts = cut(text, longest).map((part) => {
      const { core, wrap } = trim(part);
      return { wrap, core, piece: hasWords(core) ? pieceOf(core) : null };
    });
    return {
      pieces: parts.map(({ piece }) => piece).filter((piece) => piece !== null),
      join: () => restore(parts.map(({ wrap, core, piece }) => wrap(piece?.text ?? core)).join('')),
    };
  }
}

function hasWords(text: string): boolean {
  return /\p{L}/u.test(withoutPlaceholders(text));
}
