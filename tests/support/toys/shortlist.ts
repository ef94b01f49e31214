/** Writes the binary lexical shortlist: which pieces may stand for which. */

const MAGIC = 0xf11a48d5013417f5n;
const MASK = (1n << 64n) - 1n;

/** `candidates[piece]` are the pieces that may stand for it; the `always` first pieces of the vocabulary are always allowed. */
export function writeShortlist(candidates: readonly (readonly number[])[], { always = 8, best = 50 } = {}): Uint8Array {
  const total = candidates.reduce((count, each) => count + each.length, 0);
  const even = total + (total % 2); // the checksum reads words of eight bytes
  const file = Buffer.alloc(48 + (candidates.length + 1) * 8 + even * 4);
  let at = 0;
  const uint64 = (value: bigint): void => {
    file.writeBigUInt64LE(value, at);
    at += 8;
  };
  for (const value of [MAGIC, 0n, BigInt(always), BigInt(best), BigInt(candidates.length + 1), BigInt(even)])
    uint64(value);
  let offset = 0;
  for (const each of candidates) {
    uint64(BigInt(offset));
    offset += each.length;
  }
  uint64(BigInt(even));
  for (const each of candidates) for (const piece of each.toSorted((a, b) => a - b)) at = file.writeUInt32LE(piece, at);
  file.writeBigUInt64LE(checksumOf(file), 8);
  return file;
}

/** boost's hash_combine over everything behind the checksum. */
function checksumOf(file: Uint8Array): bigint {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let seed = 0n;
  for (let at = 16; at + 8 <= file.length; at += 8) {
    const value = view.getBigUint64(at, true);
    seed ^= (value + 0x9e3779b9n + ((seed << 6n) & MASK) + (seed >> 2n)) & MASK;
  }
  return seed;
}
