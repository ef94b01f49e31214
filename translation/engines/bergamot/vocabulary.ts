// How a field of a protocol buffer is written.
const [VARINT, EIGHT_BYTES, WITH_LENGTH, FOUR_BYTES] = [0, 1, 2, 5];
const PIECE = 1;
const LONGEST_VARINT_BITS = 63;

/**
 * How many pieces a SentencePiece model (a protocol buffer) has.
 * @throws Error when it is none
 */
export function countPieces(file: Uint8Array): number {
  let at = 0;
  let pieces = 0;
  while (at < file.length) {
    const tag = varint();
    skip(tag % 8);
    if (!(at <= file.length)) throw new Error('it ends in the middle.');
    if (Math.floor(tag / 8) === PIECE) pieces++;
  }
  if (pieces === 0) throw new Error('it has no pieces.');
  return pieces;

  function varint(): number {
    let value = 0;
    for (let shift = 0; shift < LONGEST_VARINT_BITS; shift += 7) {
      const byte = file[at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error('it ends in the middle.');
  }

  function skip(wire: number): void {
    if (wire === WITH_LENGTH) {
      const length = varint();
      at += length;
    } else if (wire === VARINT) varint();
    else if (wire === FOUR_BYTES) at += 4;
    else if (wire === EIGHT_BYTES) at += 8;
    else throw new Error('it is no SentencePiece model.');
  }
}
