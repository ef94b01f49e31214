import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { setImmediate as othersHadTheirTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { ngramKey, slotOf, type NgramTable } from './ngrams.ts';

// A few milliseconds of work; then the rest of the process has its turn.
const NGRAMS_A_TURN = 4000;
// Powers of two that leave a third or more empty, so that a slot is found at the first or second look.
const SLOTS = { small: 2 ** 17, large: 2 ** 19 };

/**
 * Reads the tables that eld ships for itself. Imported as the programs they are, they would block everything for
 * 1.6 seconds and take 430 MB, each n-gram being an object; read as text they take 0.3 seconds and 10 MB.
 * Throws when they are not written as in the version of eld that package.json names.
 */
export async function readTables(size: 'small' | 'large'): Promise<NgramTable> {
  const bytes = await readAlphabet();
  const source = await readFile(new URL(`ngrams/${size}.js`, sourceFolder()), 'utf8');
  const table = new TableUnderWay(SLOTS[size]);
  let read = 0;
  for (const { ngram, points } of ngramsIn(source)) {
    table.add(keyOf(ngram, bytes), points);
    if (++read % NGRAMS_A_TURN === 0) await othersHadTheirTurn();
  }
  return table.packed(languagesIn(source));
}

function sourceFolder(): URL {
  const manifest = findPackageJSON('eld', import.meta.url);
  assert(manifest, 'The package eld is installed.');
  return new URL('src/', pathToFileURL(manifest));
}

const FIRST_BYTE_BEYOND_ASCII = 0x80;

// eld writes each byte beyond ASCII as some character that no lower-case word has.
async function readAlphabet(): Promise<ReadonlyMap<string, number>> {
  const { dictionary }: { dictionary: readonly string[] } = await import(new URL('dictionary.js', sourceFolder()).href);
  const beyond = dictionary.map((character, byte) => [character, byte] as const).slice(FIRST_BYTE_BEYOND_ASCII);
  return new Map(beyond.filter(([character]) => character !== ' '));
}

/** In the source an n-gram is a key with or without quotes, and its points are an object: `' abc':{4:17,52:3}`. */
function* ngramsIn(source: string): Generator<{ ngram: string; points: string }> {
  const entry = /(?:'((?:\\'|[^'])+)'|([^'"{}:,]+)):\{([\d:,]+)\}(,|\}\})/gy;
  const start = 'ngrams:{';
  entry.lastIndex = source.indexOf(start) + start.length;
  for (let match = entry.exec(source); match; match = entry.exec(source)) {
    const [, quoted, bare = '', points = '', after] = match;
    yield { ngram: quoted?.replace(String.raw`\'`, "'") ?? bare, points };
    if (after !== ',') return;
  }
  assert.fail('The tables of eld are not written as they were.');
}

function languagesIn(source: string): string[] {
  const list = /languages:\{([^}]*)\}/.exec(source)?.[1] ?? '';
  return list.split(',').map((entry) => entry.slice(entry.indexOf("'") + 1, -1));
}

function keyOf(ngram: string, bytes: ReadonlyMap<string, number>): number {
  const letters = Array.from(ngram.trim(), (character) => bytes.get(character) ?? character.charCodeAt(0));
  return ngramKey(letters, { starts: ngram.startsWith(' '), ends: ngram.endsWith(' ') });
}

class TableUnderWay {
  readonly #keys: Float64Array;
  readonly #starts: Uint32Array;
  readonly #counts: Uint8Array;
  readonly #owners: number[] = [];
  readonly #points: number[] = [];

  constructor(slots: number) {
    this.#keys = new Float64Array(slots);
    this.#starts = new Uint32Array(slots);
    this.#counts = new Uint8Array(slots);
  }

  /** `points` as eld writes them: number of the language, colon, points, comma. */
  add(key: number, points: string): void {
    const slot = slotOf(key, this.#keys);
    this.#keys[slot] = key;
    this.#starts[slot] = this.#owners.length;
    for (const pair of points.split(',')) {
      const colon = pair.indexOf(':');
      this.#owners.push(Number(pair.slice(0, colon)));
      this.#points.push(Number(pair.slice(colon + 1)));
    }
    this.#counts[slot] = this.#owners.length - (this.#starts[slot] ?? 0);
  }

  packed(languages: readonly string[]): NgramTable {
    return {
      languages,
      keys: this.#keys,
      starts: this.#starts,
      counts: this.#counts,
      owners: Uint8Array.from(this.#owners),
      points: Uint8Array.from(this.#points),
    };
  }
}
