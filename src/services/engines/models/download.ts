import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { OfferedFile } from './catalogue.ts';

export interface DownloadOptions {
  /** Without a byte for so long a download counts as broken. */
  silenceMs?: number;
  attempts?: number;
  /** Told after each piece, in bytes. */
  onProgress?: (received: number) => void;
}

const SILENCE_MS = 30_000;
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 200;
const USER_AGENT = 'Polyphony (participation platform)';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Trying again would end in the same way. */
class Final extends Error {}

/**
 * Fetches a file, and goes on where it broke off, now or when it is called again. A proxy of HTTP(S)_PROXY is used.
 * @throws Error with a sentence when it cannot be had, or is not what the catalogue says; then nothing of it stays
 */
export async function download(path: string, file: OfferedFile, options: DownloadOptions = {}): Promise<void> {
  const name = basename(new URL(file.url).pathname);
  refuseInsecure(file.url);
  const { attempts = ATTEMPTS } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      await fetchRest(path, file, options);
      break;
    } catch (error) {
      if (error instanceof Final || isNowhere(error) || attempt >= attempts)
        throw new Error(`${name}: ${reasonOf(error)}`, { cause: error });
      await wait(FIRST_PAUSE_MS * 2 ** attempt);
    }
  }
  if ((await sumOf(path)) === file.sha256) return;
  await rm(path, { force: true });
  throw new Error(`${name} is not what the catalogue says: its SHA-256 differs. Nothing was installed.`);
}

/** @throws Error for an address on which somebody between could change what comes */
export function refuseInsecure(address: string): void {
  const url = URL.parse(address);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname))) return;
  throw new Error(`${address} must begin with https:// unless it is on this machine.`);
}

async function fetchRest(path: string, { url, bytes }: OfferedFile, options: DownloadOptions): Promise<void> {
  const { silenceMs = SILENCE_MS, onProgress } = options;
  const have = (await stat(path).catch(() => null))?.size ?? 0;
  if (have === bytes) return;
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error(`nothing came for ${silenceMs / 1_000} s.`)), silenceMs);
  try {
    const response = await ask(url, have, silence.signal);
    const received = await append(path, response, {
      have: response.status === 206 ? have : 0,
      most: bytes,
      onChunk: (sum) => {
        timer.refresh();
        onProgress?.(sum);
      },
    });
    if (received < bytes) throw new Error(`it broke off at ${received} of ${bytes} bytes.`);
  } catch (error) {
    if (error instanceof Final) await rm(path, { force: true });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

interface Appending {
  /** Bytes that are here already; 0: begin anew. */
  have: number;
  most: number;
  onChunk(received: number): void;
}

/** Returns how many bytes are here then. */
async function append(path: string, { body }: Response, { have, most, onChunk }: Appending): Promise<number> {
  const file = await open(path, have > 0 ? 'a' : 'w');
  let received = have;
  try {
    for await (const chunk of body ?? []) {
      received += chunk.length;
      if (received > most) throw new Final('it is larger than the catalogue says.');
      await file.appendFile(chunk);
      onChunk(received);
    }
    return received;
  } finally {
    await file.close();
  }
}

async function ask(url: string, have: number, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, {
    // What is unpacked on the way breaks the sums; another host is none that was announced.
    headers: {
      'Accept-Encoding': 'identity',
      'User-Agent': USER_AGENT,
      ...(have > 0 ? { Range: `bytes=${have}-` } : {}),
    },
    redirect: 'error',
    signal,
  });
  if (response.ok) return response;
  await response.body?.cancel();
  const isPassing = response.status >= 500 || response.status === 429;
  if (response.status === 416) throw new Final('more is here of it than the server has.');
  const words = `the server answers ${response.status}.`;
  throw isPassing ? new Error(words) : new Final(words);
}

/** True when nobody knows the host, as on a machine without internet: there is nothing to wait for. */
function isNowhere(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof Error && 'code' in cause && ['ENOTFOUND', 'EAI_AGAIN'].includes(String(cause.code));
}

/** fetch says "fetch failed" and tells the reason as its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
