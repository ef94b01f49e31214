const MAGIC = 0xf11a48d5013417f5n;
const HEADER_BYTES = 48;
/** Magic and checksum stand before what the checksum covers. */
const COVERED_FROM = 16;
const GOLDEN = 0x9e3779b9;

/**
 * Looks at a lexical shortlist (which pieces may stand for which) of vocabularies of so many pieces. The runtime in
 * WebAssembly cannot: its checksum uses numbers of 32 bits and never agrees with the one that is written.
 * @throws Error when it is damaged or of other vocabularies
 */
export function checkShortlist(file: Uint8Array, { source, target }: { source: number; target: number }): void {
  if (file.length < HEADER_BYTES) throw new Error('it is too short.');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getBigUint64(0, true) !== MAGIC) throw new Error('it does not begin as a shortlist does.');
  const [offsets, entries] = [view.getBigUint64(32, true), view.getBigUint64(40, true)];
  if (BigInt(file.length) !== BigInt(HEADER_BYTES) + offsets * 8n + entries * 4n)
    throw new Error(`it has ${file.length} bytes, which is not what it says.`);
  if (Number(offsets) < source || Number(offsets) > source + 1)
    throw new Error(`it is made for ${offsets} pieces, not ${source}.`);
  if (checksumOf(view) !== view.getBigUint64(8, true)) throw new Error('its checksum is wrong.');
  for (let at = HEADER_BYTES + Number(offsets) * 8; at < file.length; at += 4)
    if (view.getUint32(at, true) >= target) throw new Error('it names pieces that the vocabulary lacks.');
}

/** boost's hash_combine over everything behind the checksum; in halves, because BigInt takes seconds for a real one. */
function checksumOf(view: DataView): bigint {
  let [high, low] = [0, 0];
  for (let at = COVERED_FROM; at + 8 <= view.byteLength; at += 8) {
    // seed << 6 and seed >> 2
    const [leftHigh, leftLow] = [((high << 6) | (low >>> 26)) >>> 0, (low << 6) >>> 0];
    const [rightHigh, rightLow] = [high >>> 2, ((low >>> 2) | (high << 30)) >>> 0];
    const lowSum = view.getUint32(at, true) + GOLDEN + leftLow + rightLow;
    const highSum = view.getUint32(at + 4, true) + leftHigh + rightHigh + Math.floor(lowSum / 2 ** 32);
    low = (low ^ lowSum) >>> 0;
    high = (high ^ highSum) >>> 0;
  }
  return (BigInt(high) << 32n) | BigInt(low);
}
