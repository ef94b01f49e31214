import { LRUCache } from 'lru-cache';

/** Keeps what `make` made for `most` keys, those asked for last: for few things that are dear to make, such as formats of dates. */
export function remember<T extends object>(most: number, make: (key: string) => T): (key: string) => T {
  const known = new LRUCache<string, T>({ max: most, memoMethod: make });
  return (key) => known.memo(key);
}

/** Two a letter, as V8 stores all but Latin ones. */
const LETTER_BYTES = 2;
/** What an entry takes besides its letters, about. */
const ENTRY_BYTES = 200;

/**
 * Keeps words that were made by pure work, for many pages that ask for them again: Markdown as HTML, a date in words.
 * Those asked for longest ago are forgotten when keys and words take more than `bytes`. `make` is called when the key is not known.
 */
export function rememberWords(bytes: number): (key: string, make: () => string) => string {
  const known = new LRUCache<string, string>({
    maxSize: bytes,
    sizeCalculation: (words, key) => ENTRY_BYTES + LETTER_BYTES * (key.length + words.length),
  });
  return (key, make) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make();
    known.set(key, made);
    return made;
  };
}
