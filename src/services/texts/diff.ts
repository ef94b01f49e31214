import { diffWordsWithSpace } from 'diff';

/** Past this the comparison would hold up everybody else; then all old words are shown as taken out. */
const MILLISECONDS = 100;

export interface Piece {
  type: 'same' | 'added' | 'removed';
  words: string;
}

/** What changed from one text to another, word by word. */
export function diffWords(before: string, after: string): Piece[] {
  if (before === after) return [{ type: 'same', words: after }];
  const parts = diffWordsWithSpace(before, after, { timeout: MILLISECONDS });
  if (!parts)
    return [
      { type: 'removed', words: before },
      { type: 'added', words: after },
    ];
  return parts.map((part) => ({ type: part.added ? 'added' : part.removed ? 'removed' : 'same', words: part.value }));
}
