/** Writes the binary model format that bergamot's fork of Marian reads (version 1). */

/** Element types as they stand in the file. */
const TYPES = { int8: 0x0101, float32: 0x0404, intgemm8: 0x4101 } as const;

export interface Item {
  name: string;
  type: number;
  shape: readonly number[];
  bytes: Uint8Array;
}

/** The header, all names, all shapes, padding up to 256 bytes, then the data of the items, each padded to 256 bytes. */
export function writeMarianFile(items: readonly Item[]): Uint8Array {
  const names = items.map(({ name }) => Buffer.from(`${name}\0`, 'utf8'));
  const headerLength =
    16 + items.length * 32 + sum(names.map(({ length }) => length)) + sum(items.map(({ shape }) => shape.length * 4));
  const start = (Math.floor((headerLength + 8) / 256) + 1) * 256;
  const total = start + sum(items.map(({ bytes }) => bytes.length));
  const file = Buffer.alloc(total);
  let at = 0;
  const uint64 = (value: number): void => {
    file.writeBigUInt64LE(BigInt(value), at);
    at += 8;
  };
  uint64(1);
  uint64(items.length);
  for (const [index, { type, shape, bytes }] of items.entries())
    for (const value of [names[index]?.length ?? 0, type, shape.length, bytes.length]) uint64(value);
  for (const name of names) at += name.copy(file, at);
  for (const { shape } of items) for (const size of shape) at = file.writeInt32LE(size, at);
  uint64(start - headerLength - 8);
  at = start;
  for (const { bytes } of items) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

export function floats(name: string, shape: readonly number[], values: Float32Array | number): Item {
  const count = product(shape);
  const all = typeof values === 'number' ? new Float32Array(count).fill(values) : values;
  if (all.length !== count) throw new Error(`${name}: ${all.length} values for ${count} places`);
  return {
    name,
    type: TYPES.float32,
    shape,
    bytes: padded(new Uint8Array(all.buffer, all.byteOffset, all.byteLength)),
  };
}

/**
 * The runtime multiplies in pairs and cuts their sum off at 16 bits; two weights of 63 beside each other always fit.
 */
const LARGEST = 63;

/**
 * A matrix in 8 bits, its multiplier behind it. `Wemb` is written as it is, all others transposed while their shape
 * stays untransposed.
 */
export function quantized(name: string, rows: number, columns: number, values: Float32Array): Item {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const multiplier = largest === 0 ? 1 : LARGEST / largest;
  const bytes = padded(new Uint8Array(rows * columns + 4));
  const view = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const transposed = name !== 'Wemb';
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = Math.round((values[row * columns + column] ?? 0) * multiplier);
      view[transposed ? column * rows + row : row * columns + column] = value;
    }
  new DataView(bytes.buffer).setFloat32(rows * columns, multiplier, true);
  return { name, type: TYPES.intgemm8, shape: [rows, columns], bytes };
}

export function text(name: string, value: string): Item {
  const bytes = Buffer.from(`${value}\0`, 'utf8');
  return { name, type: TYPES.int8, shape: [bytes.length], bytes };
}

function padded(bytes: Uint8Array): Uint8Array {
  const length = Math.ceil(bytes.length / 256) * 256;
  if (length === bytes.length) return bytes;
  const longer = new Uint8Array(length);
  longer.set(bytes);
  return longer;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const product = (numbers: readonly number[]): number => numbers.reduce((total, each) => total * each, 1);
