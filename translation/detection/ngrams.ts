/** The n-grams of eld, packed into a few arrays: a twentieth of the memory that an object for each would take. */
export interface NgramTable {
  /** ISO 639-1 codes; their places are the numbers in `owners`. */
  languages: readonly string[];
  /** One slot an n-gram, found by its hash; 0 where no n-gram is. */
  keys: Float64Array;
  /** Where the points of a slot begin in `owners` and `points`, and how many languages have any. */
  starts: Uint32Array;
  counts: Uint8Array;
  owners: Uint8Array;
  points: Uint8Array;
}

/** What the points of all n-grams of a text come to, language by language, and among how many n-grams they were won. */
export interface Tally {
  points: Float64Array;
  ngrams: number;
}

// eld leaves this out of its tables to keep them small.
const LEAST_POINTS = 53;

/** The points a text wins in each language of the table, in the order of `languages`. */
export function tally(text: string, table: NgramTable): Tally {
  const points = new Float64Array(table.languages.length);
  const ngrams = ngramsOf(text);
  for (const key of ngrams) {
    const slot = slotOf(key, table.keys);
    const start = table.starts[slot] ?? 0;
    const end = start + (table.counts[slot] ?? 0);
    for (let at = start; at < end; at++) {
      const owner = table.owners[at] ?? 0;
      points[owner] = (points[owner] ?? 0) + LEAST_POINTS + (table.points[at] ?? 0);
    }
  }
  return { points, ngrams: ngrams.size };
}

/** The slot that holds this key, or else the empty one where it belongs. The number of slots is a power of two. */
export function slotOf(key: number, keys: Float64Array | Uint32Array): number {
  const last = keys.length - 1;
  let slot = scatter(key) & last;
  while (keys[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & last;
  return slot;
}

// The number is 2^32 divided by the golden ratio, which spreads neighbours far apart.
function scatter(key: number): number {
  const mixed = Math.imul((key % 2 ** 32) ^ (key / 2 ** 32), 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

const NGRAM_BYTES = 4;
// Neighbouring n-grams share one byte: enough to tell languages apart, at a third of the work.
const STRIDE = 3;
const MAX_WORD_BYTES = 70;
// eld reads no further, and its points stand for texts up to this length.
const MAX_TEXT_BYTES = 350;

const encoder = new TextEncoder();

function ngramsOf(text: string): Set<number> {
  const ngrams = new Set<number>();
  const bytes = encoder.encode(text.toLowerCase().replace(BETWEEN_WORDS, ' ').trim());
  let start = 0;
  while (start < bytes.length && start <= MAX_TEXT_BYTES) {
    const space = bytes.indexOf(SPACE, start);
    const end = space < 0 ? bytes.length : space;
    addWord(bytes.subarray(start, Math.min(end, start + MAX_WORD_BYTES)), ngrams);
    start = end + 1;
  }
  return ngrams;
}

const SPACE = 0x20;
// An apostrophe belongs to the word that follows it.
const BETWEEN_WORDS = /\P{L}+(?<!['`’])/gu;

function addWord(word: Uint8Array, ngrams: Set<number>): void {
  if (word.length === 0) return;
  let at = 0;
  for (; at + NGRAM_BYTES < word.length; at += STRIDE)
    ngrams.add(ngramKey(word.subarray(at, at + NGRAM_BYTES), { starts: at === 0, ends: false }));
  ngrams.add(ngramKey(word.subarray(Math.max(0, word.length - NGRAM_BYTES)), { starts: at === 0, ends: true }));
}

/** One number for up to four bytes and for whether a word starts or ends with them. */
export function ngramKey(bytes: ArrayLike<number>, { starts, ends }: { starts: boolean; ends: boolean }): number {
  let key = 0;
  for (let at = 0; at < NGRAM_BYTES; at++) key = key * 256 + (bytes[at] ?? 0);
  return key * 4 + (starts ? 2 : 0) + (ends ? 1 : 0);
}
