/** Writes a SentencePiece model (a protocol buffer) of given pieces. */

export interface Piece {
  text: string;
  score: number;
  /** 1 normal, 2 unknown, 3 control, 4 user defined. */
  type: 1 | 2 | 3 | 4;
}

/** Marian wants the end of the sentence as piece 0 and the unknown as piece 1. */
export const SPECIAL: readonly Piece[] = [
  { text: '</s>', score: 0, type: 3 },
  { text: '<unk>', score: 0, type: 2 },
];

export function writeVocabulary(pieces: readonly Piece[]): Uint8Array {
  const trainer = Buffer.concat([
    varintField(3, 1), // unigram
    varintField(4, pieces.length),
    varintField(40, 1), // unknown
    varintField(41, -1), // no beginning
    varintField(42, 0), // end
    varintField(43, -1), // no padding
  ]);
  const normalizer = Buffer.concat([
    bytesField(1, Buffer.from('identity')),
    varintField(3, 1), // ▁ before the first word
    varintField(4, 1), // blanks in a row count as one
    varintField(5, 1), // blanks become ▁
  ]);
  return Buffer.concat([
    ...pieces.map(({ text, score, type }) =>
      bytesField(
        1,
        Buffer.concat([bytesField(1, Buffer.from(text, 'utf8')), floatField(2, score), varintField(3, type)]),
      ),
    ),
    bytesField(2, trainer),
    bytesField(3, normalizer),
  ]);
}

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Buffer.from(bytes);
}

const tag = (field: number, wire: number): Buffer => varint(BigInt((field << 3) | wire));

function varintField(field: number, value: number): Buffer {
  return Buffer.concat([tag(field, 0), varint(BigInt(value))]);
}

function bytesField(field: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([tag(field, 2), varint(BigInt(bytes.length)), bytes]);
}

function floatField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([tag(field, 5), bytes]);
}
