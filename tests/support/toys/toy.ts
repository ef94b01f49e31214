import { floats, type Item, quantized, text, writeMarianFile } from './marian-file.ts';
import { writeShortlist } from './shortlist.ts';
import { type Piece, SPECIAL, writeVocabulary } from './vocabulary.ts';

/**
 * A translator that knows a list of words and sentences and copies everything else letter by letter, as a real Marian transformer: its
 * weights are not learned but set, so that each step looks at the piece in its own position and answers with that
 * piece's partner. So an answer can be foretold in a test, and every part of the real engine does its work.
 */
export interface ToyFiles {
  model: Uint8Array;
  vocab: Uint8Array;
  lex: Uint8Array;
}

const DIM = 256;
const HEADS = 8;
const PER_HEAD = DIM / HEADS;
const HALF = DIM / 2;
/** Sixteen rotors of different speed tell positions apart; their sines and cosines fill one head. */
const ROTORS = Array.from({ length: 16 }, (_, index) => index);
const POSITION_DIMS = [...ROTORS, ...ROTORS.map((rotor) => HALF + rotor)];
/** The slowest rotor stands still: its sine is 0 and its cosine 1, which tells what the normalization took away. */
const [ZERO, ONE] = [HALF - 1, DIM - 1];
const FEED_FORWARD = 64;
const EMBEDDED = 8;
const SHARPNESS = 6;
const ANSWER = 8;
/** What vectors may measure before they are cut off: positions are small, pieces large. */
const RANGES: Readonly<Record<string, number>> = { q: 3, k: 3, v: 20, o: 20 };

const LETTERS = [
  ...Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)),
  ...Array.from('ÄÖÜäöüßéèàçñáíóúłąęčšžőåø–„“’'),
];

export function makeToy(words: Readonly<Record<string, string>>): ToyFiles {
  const pieces = piecesOf(words);
  const idOf = new Map(pieces.map((piece, id) => [piece.text, id]));
  const partner = pieces.map((piece, id) => {
    const word = words[piece.text.slice(1).replaceAll('▁', ' ')];
    return piece.text.startsWith('▁') && word !== undefined ? (idOf.get(pieceOf(word)) ?? id) : id;
  });
  const dims = placesOf(pieces);

  const items: Item[] = [
    quantized('Wemb', pieces.length, DIM, embeddings(dims)),
    floats('decoder_ff_logit_out_b', [1, pieces.length], biasOf(pieces.length)),
    alpha('Wemb', 127 / 16),
    alpha('none', 127 / 16),
  ];
  items.push(...attention('encoder_l1_self', silent()), ...feed('encoder_l1_ffn', FEED_FORWARD));
  items.push(...memory('decoder_l1_rnn'), ...attention('decoder_l1_context', looking(dims, partner)));
  items.push(...feed('decoder_l1_ffn', FEED_FORWARD), text('special:model.yml', settings(pieces.length)));
  return {
    model: writeMarianFile(items),
    vocab: writeVocabulary(pieces),
    lex: writeShortlist(partner.map((id) => [id])),
  };
}

/** Words in a row are one piece too. */
const pieceOf = (words: string): string => `▁${words.replaceAll(' ', '▁')}`;

function piecesOf(words: Readonly<Record<string, string>>): Piece[] {
  const all = [...new Set(Object.entries(words).flat())];
  const pieces: Piece[] = [
    ...SPECIAL,
    { text: '▁', score: -3, type: 1 },
    ...LETTERS.map((letter): Piece => ({ text: letter, score: -4, type: 1 })),
    // Words win over their letters.
    ...all.map((word): Piece => ({ text: pieceOf(word), score: -1, type: 1 })),
  ];
  while (pieces.length % 8 !== 0) pieces.push({ text: `<spare${pieces.length}>`, score: -50, type: 1 });
  return pieces;
}

/** Where each piece is written into the vectors: one place each, away from those that tell positions. */
function placesOf(pieces: readonly Piece[]): number[] {
  const taken = new Set([...POSITION_DIMS, ZERO, ONE]);
  // Words, of which several may have one partner, get the slow rotors, where a position hardly disturbs.
  const free = Array.from({ length: DIM }, (_, dim) => dim)
    .filter((dim) => !taken.has(dim))
    .toSorted((a, b) => (b % HALF) - (a % HALF));
  if (pieces.length > free.length) throw new Error(`A toy holds ${free.length} pieces at most, not ${pieces.length}.`);
  const words = pieces
    .map((piece, id) => ({ id, isWord: piece.text.length > 1 }))
    .toSorted((a, b) => +b.isWord - +a.isWord);
  const places: number[] = [];
  for (const [order, { id }] of words.entries()) places[id] = free[order] ?? 0;
  return places;
}

function embeddings(dims: readonly number[]): Float32Array {
  const values = new Float32Array(dims.length * DIM);
  for (const [piece, dim] of dims.entries()) values[piece * DIM + dim] = EMBEDDED / 16;
  return values;
}

function biasOf(count: number): Float32Array {
  const bias = new Float32Array(count);
  bias[1] = -100; // never answer with the unknown piece
  return bias;
}

interface Attention {
  query: Float32Array;
  key: Float32Array;
  value: Float32Array;
  out: Float32Array;
}

function silent(): Attention {
  const none = new Float32Array(DIM * DIM);
  return { query: none, key: none, value: none, out: none };
}

function looking(dims: readonly number[], partner: readonly number[]): Attention {
  const [query, value, out] = [matrix(), matrix(), matrix()];
  for (let head = 0; head < HEADS; head++)
    for (const [index, dim] of POSITION_DIMS.entries()) {
      query[dim * DIM + head * PER_HEAD + index] = SHARPNESS;
      query[ZERO * DIM + head * PER_HEAD + index] = -SHARPNESS;
    }
  for (const dim of dims) {
    value[dim * DIM + dim] = 1;
    value[(dim < HALF ? ZERO : ONE) * DIM + dim] = -1;
  }
  for (const [piece, dim] of dims.entries()) out[dim * DIM + (dims[partner[piece] ?? 0] ?? 0)] = ANSWER;
  return { query, key: query, value, out };
}

const matrix = (): Float32Array => new Float32Array(DIM * DIM);

function attention(prefix: string, { query, key, value, out }: Attention): Item[] {
  const parts: [string, Float32Array][] = [
    ['q', query],
    ['k', key],
    ['v', value],
    ['o', out],
  ];
  return [
    ...parts.flatMap(([letter, values]) => [
      quantized(`${prefix}_W${letter}`, DIM, DIM, values),
      floats(`${prefix}_b${letter}`, [1, DIM], 0),
      alpha(`${prefix}_W${letter}`, 127 / (RANGES[letter] ?? 1)),
    ]),
    ...norm(`${prefix}_Wo`),
  ];
}

function feed(prefix: string, width: number): Item[] {
  return [
    quantized(`${prefix}_W1`, DIM, width, new Float32Array(DIM * width)),
    floats(`${prefix}_b1`, [1, width], 0),
    alpha(`${prefix}_W1`, 127 / 6),
    quantized(`${prefix}_W2`, width, DIM, new Float32Array(width * DIM)),
    floats(`${prefix}_b2`, [1, DIM], 0),
    alpha(`${prefix}_W2`, 127 / 6),
    ...norm(`${prefix}_ffn`),
  ];
}

function memory(prefix: string): Item[] {
  const none = new Float32Array(DIM * DIM);
  return [
    quantized(`${prefix}_W`, DIM, DIM, none),
    alpha(`${prefix}_W`, 127 / 6),
    quantized(`${prefix}_Wf`, DIM, DIM, none),
    alpha(`${prefix}_Wf`, 127 / 6),
    floats(`${prefix}_bf`, [1, DIM], 0),
    ...norm(`${prefix}_ffn`),
  ];
}

const norm = (prefix: string): Item[] => [
  floats(`${prefix}_ln_scale`, [1, DIM], 1),
  floats(`${prefix}_ln_bias`, [1, DIM], 0),
];

const alpha = (name: string, value: number): Item => floats(`${name}_QuantMultA`, [1], value);

function settings(vocabulary: number): string {
  return Object.entries({
    'bert-train-type-embeddings': true,
    'bert-type-vocab-size': 2,
    'dec-cell': 'ssru',
    'dec-cell-base-depth': 2,
    'dec-cell-high-depth': 1,
    'dec-depth': 1,
    'dim-emb': DIM,
    'dim-rnn': 1024,
    'dim-vocabs': `\n  - ${vocabulary}\n  - ${vocabulary}`,
    'enc-cell': 'gru',
    'enc-cell-depth': 1,
    'enc-depth': 1,
    'enc-type': 'bidirectional',
    'input-types': '[]',
    'layer-normalization': false,
    'lemma-dim-emb': 0,
    'output-omit-bias': false,
    'right-left': false,
    skip: false,
    'tied-embeddings': false,
    'tied-embeddings-all': true,
    'tied-embeddings-src': false,
    'transformer-aan-activation': 'swish',
    'transformer-aan-depth': 2,
    'transformer-aan-nogate': false,
    'transformer-decoder-autoreg': 'rnn',
    'transformer-dim-aan': 2048,
    'transformer-dim-ffn': FEED_FORWARD,
    'transformer-ffn-activation': 'relu',
    'transformer-ffn-depth': 2,
    'transformer-guided-alignment-layer': 'last',
    'transformer-heads': HEADS,
    'transformer-no-projection': false,
    'transformer-pool': false,
    'transformer-postprocess': 'dan',
    'transformer-postprocess-emb': 'd',
    'transformer-postprocess-top': '""',
    'transformer-preprocess': '""',
    'transformer-tied-layers': '[]',
    'transformer-train-position-embeddings': false,
    type: 'transformer',
    ulr: false,
    'ulr-dim-emb': 0,
    'ulr-trainable-transformation': false,
    version: 'synthetic',
  })
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');
}
