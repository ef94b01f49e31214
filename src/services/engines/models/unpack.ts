import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';

import type { StoredFile } from '#translation/engines/bergamot/store.ts';
import type { OfferedFile } from './catalogue.ts';

/** No file of a model is larger; what unpacks to more is no model. */
const MOST_BYTES = 256 * 1024 * 1024;
const [GZIP, ZSTD] = ['1f8b', '28b52ffd'];

/**
 * Unpacks zstd, gzip or neither, by what the file begins with. `expected` is null for files whose sums nobody knows.
 * @throws Error when it is not what the catalogue says; then nothing of it stays
 */
export async function unpack(
  packed: string,
  to: string,
  expected: Pick<OfferedFile, 'unpackedBytes' | 'unpackedSha256'> | null,
): Promise<StoredFile> {
  const name = basename(to);
  const begins = await firstBytes(packed);
  const unpacker = begins.startsWith(GZIP ?? '') ? createGunzip() : begins === ZSTD ? createZstdDecompress() : null;
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(
        bytes > (expected?.unpackedBytes ?? MOST_BYTES) ? new Error('it unpacks to more than it should.') : null,
        chunk,
      );
    },
  });
  try {
    const stages = unpacker ? [unpacker, count] : [count];
    await pipeline([createReadStream(packed), ...stages, createWriteStream(to)]);
    const sha256 = hash.digest('hex');
    if (expected && (bytes !== expected.unpackedBytes || sha256 !== expected.unpackedSha256))
      throw new Error('unpacked it is not what the catalogue says.');
    return { name, bytes, sha256 };
  } catch (error) {
    await Promise.all([packed, to].map((path) => rm(path, { force: true })));
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead).toString('hex');
  } finally {
    await file.close();
  }
}
