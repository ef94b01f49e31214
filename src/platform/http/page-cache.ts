import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { Middleware } from 'koa';

import type { Line } from '../activity/activity.ts';
import type { State } from './context.ts';

const compress = promisify(gzip);

/** Pages kept a process; at some 60 KB with its compressed twin, 1,000 are 60 MB. */
const PAGES = 1_000;
/** What no activity line tells (dates in words, the week's band) is at most this old. */
const SECONDS = 30;

interface Page {
  headers: Record<string, string>;
  plain: Buffer;
  zipped: Buffer;
  etag: string;
  tags: readonly string[];
  until: number;
}

/** Whole anonymous pages, thrown away by what happens to what they show. */
export interface PageCache {
  middleware: Middleware<State>;
  /** A reader of the activity. */
  drop(lines: readonly Line[]): void;
}

/** `cookieName` is the session's: a request that carries it, or a token, never meets the cache. */
export function createPageCache(cookieName: string): PageCache {
  const pages = new Map<string, Page>();
  const rendering = new Map<string, Promise<void>>();
  let drops = 0;

  const middleware: Middleware<State> = async (ctx, next) => {
    const { req } = ctx;
    const anonymous = !req.headers.authorization && !req.headers.cookie?.includes(`${cookieName}=`);
    if (!anonymous || (req.method !== 'GET' && req.method !== 'HEAD')) return next();
    const key = req.url ?? '/';
    if (serve(key)) return;
    await rendering.get(key);
    if (serve(key)) return;
    const dropsBefore = drops;
    const work = next();
    rendering.set(
      key,
      work.catch(() => {}),
    );
    try {
      await work;
    } finally {
      rendering.delete(key);
    }
    // A page that was being written while something changed may show the old state: it is sent, not kept.
    if (ctx.status === 200 && ctx.state.cacheTags?.length > 0 && typeof ctx.body === 'string' && drops === dropsBefore)
      await keep(key, ctx.body, ctx.state.cacheTags);

    function serve(address: string): boolean {
      const page = pages.get(address);
      if (!page || page.until < Date.now()) return false;
      const same = req.headers['if-none-match'] === page.etag;
      const zipped = !same && req.headers['accept-encoding']?.includes('gzip');
      const body = zipped ? page.zipped : page.plain;
      ctx.respond = false;
      ctx.res.writeHead(same ? 304 : 200, {
        ...page.headers,
        ...(zipped ? { 'content-encoding': 'gzip' } : {}),
        ...(same ? {} : { 'content-length': body.length }),
      });
      ctx.res.end(same || req.method === 'HEAD' ? undefined : body);
      return true;
    }

    async function keep(address: string, text: string, tags: readonly string[]): Promise<void> {
      const plain = Buffer.from(text);
      const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
      ctx.set('ETag', etag);
      ctx.vary('Accept-Encoding');
      const headers = Object.fromEntries(Object.entries(ctx.response.headers).map(([name, value]) => [name, String(value)]));
      delete headers['content-length'];
      const page = { headers, plain, zipped: await compress(plain), etag, tags, until: Date.now() + SECONDS * 1_000 };
      if (drops !== dropsBefore) return;
      pages.delete(address);
      pages.set(address, page);
      const [oldest] = pages.keys();
      if (pages.size > PAGES && oldest !== undefined) pages.delete(oldest);
    }
  };

  return {
    middleware,
    drop(lines) {
      drops++;
      const changed = new Set(lines.flatMap((line) => ['lists', line.subjectId, line.rootId, line.spaceId ?? '']));
      for (const [key, page] of pages) if (page.tags.some((tag) => changed.has(tag))) pages.delete(key);
    },
  };
}
