import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync, zstdCompressSync } from 'node:zlib';

import { sha256Of } from './installed.ts';
import { type Schooling, toyOf } from './toys.ts';

export interface DownloadFault {
  /** Breaks the connection after so many bytes, so many times. */
  cutAfter?: number;
  times?: number;
  status?: number;
  /** Sends other bytes than the list says. */
  isSpoilt?: boolean;
  /** Says nothing more after the headers, or after `cutAfter` bytes. */
  isSilent?: boolean;
  /** Sends everything again, as a server does that unpacks on the way. */
  hasNoRange?: boolean;
}

export interface Registry {
  url: string;
  /** What is wrong with a file, by its path. */
  faults: Map<string, DownloadFault>;
  requests: { path: string; range: string | undefined }[];
  close(): void;
}

interface RegistryOptions {
  packing?: 'zst' | 'gz' | 'plain';
  /** How well each direction was made. */
  schooling?: Readonly<Record<string, Schooling>>;
  version?: string;
}

const PACK = { zst: zstdCompressSync, gz: gzipSync, plain: (content: Uint8Array) => Buffer.from(content) };

/** A registry as Firefox has one, on loopback, with toys in it. */
export async function serveRegistry(directions: readonly string[], options: RegistryOptions = {}): Promise<Registry> {
  const contents = new Map<string, Buffer>();
  const faults: Registry['faults'] = new Map();
  const requests: Registry['requests'] = [];
  const data = directions.flatMap((direction) => recordsOf(direction, options, contents));
  // What a reader has to leave out: a nightly model, one without its vocabulary, and what is no record.
  const nightly = { ...data[0], version: '9.9', filter_expression: "env.channel == 'nightly'" };
  const list = JSON.stringify({ data: [...data, nightly, { ...data[0], sourceLanguage: 'mt' }, { schema: 1 }] });

  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push({ path, range: request.headers.range });
    if (path === '/records') return response.setHeader('Content-Type', 'application/json').end(list);
    const fault = faults.get(path) ?? {};
    const content = contents.get(path);
    if (!content || fault.status) return response.writeHead(fault.status ?? 404).end();
    return answer(request, response, fault.isSpoilt ? spoilt(content) : content, fault);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}/`, faults, requests },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function recordsOf(direction: string, options: RegistryOptions, contents: Map<string, Buffer>) {
  const { packing = 'zst', schooling = {}, version = '3.0' } = options;
  const [sourceLanguage, targetLanguage] = direction.split('-');
  return Object.entries(toyOf(direction, schooling[direction])).map(([fileType, content]: [string, Uint8Array]) => {
    const packed = PACK[packing](content);
    const location = `files/${fileType}.${direction}.${packing}`;
    contents.set(`/${location}`, packed);
    return {
      ...{ name: `${fileType}.${direction}`, fileType, version, architecture: 'tiny', sourceLanguage, targetLanguage },
      ...{ filter_expression: '', decompressedHash: sha256Of(content), decompressedSize: content.length },
      attachment: { hash: sha256Of(packed), size: packed.length, location, mimetype: 'application/zstd' },
    };
  });
}

const spoilt = (content: Buffer): Buffer => Buffer.from(content.map((byte, at) => (at === 100 ? byte ^ 1 : byte)));

function answer(request: IncomingMessage, response: ServerResponse, content: Buffer, fault: DownloadFault): void {
  const begin = fault.hasNoRange ? 0 : Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (begin >= content.length) return void response.writeHead(416).end();
  response.writeHead(begin > 0 ? 206 : 200, { 'Content-Length': content.length - begin });
  if (fault.isSilent) {
    response.flushHeaders();
    response.write(content.subarray(begin, begin + (fault.cutAfter ?? 0)));
    return;
  }
  if (fault.cutAfter === undefined || (fault.times ?? 1) <= 0) return void response.end(content.subarray(begin));
  fault.times = (fault.times ?? 1) - 1;
  response.write(content.subarray(begin, begin + fault.cutAfter), () => setTimeout(() => response.destroy(), 20));
}
