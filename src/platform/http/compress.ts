import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

import type { Middleware } from 'koa';

/** How an answer is packed, as `Content-Encoding` names it. */
export type Coding = 'br' | 'gzip';

/** Less than a packet: nobody waits for fewer bytes of it. */
export const SMALL_BYTES = 1_024;

const WORDS = /^text\/|json|xml|javascript/;

const packings = { br: promisify(brotliCompress), gzip: promisify(gzip) };
/** A tenth smaller than gzip in twice its time. The best quality takes fifty times as long: only files that stay as they are are worth it. */
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Packs an answer in a millisecond or two, in a thread of its own. */
export const pack = (plain: Buffer, coding: Coding): Promise<Buffer> =>
  coding === 'br' ? packings.br(plain, QUICK) : packings.gzip(plain);

/** Packs as small as possible. */
export const packSmall = (plain: Buffer, coding: Coding): Promise<Buffer> => packings[coding](plain);

/** The first of `codings` that `Accept-Encoding` likes as much as any other of them; null when it takes none. */
export function codingOf(accepted: string | undefined, codings: readonly Coding[] = ['br', 'gzip']): Coding | null {
  if (!accepted) return null;
  const likes = new Map(accepted.toLowerCase().split(',').map(likeOf));
  let best: { coding: Coding | null; like: number } = { coding: null, like: 0 };
  for (const coding of codings) {
    const like = likes.get(coding) ?? likes.get('*') ?? 0;
    if (like > best.like) best = { coding, like };
  }
  return best.coding;
}

function likeOf(part: string): [name: string, like: number] {
  const [name = '', ...parameters] = part.split(';').map((each) => each.trim());
  const quality = parameters.find((each) => each.startsWith('q='))?.slice(2);
  return [name, quality === undefined ? 1 : Number(quality) || 0];
}

/**
 * Packs whatever words are sent and not packed yet: pages of those who are signed in, errors, JSON, XML, CSV. It prefers gzip, which is
 * quicker: these are packed for one reader. How long a packed answer is tells a listener whether what the address repeats stands in it a
 * second time (BREACH). No page has a token that could be stolen so; to guess a name or an address of mail, another site would have to make
 * the browser ask with its cookie a thousand times: such requests are answered plain.
 */
export function compress(): Middleware {
  return async (ctx, next) => {
    await next();
    if (ctx.respond === false || ctx.response.get('Content-Encoding')) return;
    if (ctx.status === 304 || WORDS.test(ctx.type)) ctx.vary('Accept-Encoding');
    const coding = codingOf(ctx.get('Accept-Encoding'), ['gzip', 'br']);
    if (!coding || !WORDS.test(ctx.type) || isForeign(ctx.get('Cookie'), ctx.get('Sec-Fetch-Site'))) return;
    const plain = bytesOf(ctx.body);
    if (!plain || plain.length < SMALL_BYTES) return;
    ctx.set('Content-Encoding', coding);
    ctx.body = await pack(plain, coding);
  };
}

const isForeign = (cookie: string, site: string): boolean => cookie !== '' && /^(?:cross|same)-site$/.test(site);

/** As Koa would send it; null when there is nothing. */
function bytesOf(body: unknown): Buffer | null {
  if (body === null || body === undefined) return null;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
