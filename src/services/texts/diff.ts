import { diffWordsWithSpace } from 'diff';

/** So long one page may compare: it holds up everybody else. Past it all old words are shown as taken out. */
const MILLISECONDS = 100;

export interface Piece {
  type: 'same' | 'added' | 'removed';
  words: string;
}

/** What changed from one text to another, word by word. */
export type Compare = (before: string, after: string) => Piece[];

/** For one page: everything on it is compared within the time of one. */
export function createComparing(): Compare {
  let left = MILLISECONDS;
  return (before, after) => {
    const began = performance.now();
    const pieces = diffWords(before, after, left);
    left -= performance.now() - began;
    return pieces;
  };
}

function diffWords(before: string, after: string, milliseconds: number): Piece[] {
  if (before === after) return [{ type: 'same', words: after }];
  const parts = milliseconds > 0 ? diffWordsWithSpace(before, after, { timeout: milliseconds }) : undefined;
  if (!parts)
    return [
      { type: 'removed', words: before },
      { type: 'added', words: after },
    ];
  return parts.map((part) => ({ type: part.added ? 'added' : part.removed ? 'removed' : 'same', words: part.value }));
}
