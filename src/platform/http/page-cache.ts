import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { Middleware, Next } from 'koa';
import { LRUCache } from 'lru-cache';

import { takes, tells, type Verbs } from '../activity/verbs.ts';
import type { Line } from '../activity/activity.ts';
import type { Context, State } from './context.ts';

const compress = promisify(gzip);

/** What a process keeps, old pages included: some 1,000 of 60 KB with their compressed twins, more where they are short. */
const BYTES = 64_000_000;
/** The objects, headers and tags around the words of a page, about. */
const AROUND_BYTES = 2_000;
/** Everything that no activity line tells (dates in words, the week's band) is at most this old. */
const SECONDS = 30;
/** So much longer it stands in for a page that cannot be made. */
const STALE_SECONDS = 60;

/** Whoever waits for somebody else's rendering longer than this makes the page alone. */
const WAIT_MILLISECONDS = 4_000;

/** Batches of lines that may come while one page is rendered. */
const CHANGES = 100;

interface Page {
  headers: Record<string, string>;
  plain: Buffer;
  zipped: Buffer;
  etag: string;
  tags: readonly string[];
  until: number;
}

/** Whole anonymous pages. What happens to what they show makes them old; what takes words away throws them away. */
export interface PageCache {
  middleware: Middleware<State>;
  /** A reader of the activity. */
  drop(lines: readonly Line[]): void;
}

/** `cookieName` is the session's: a request that carries it, or a token, never meets the cache. */
export function createPageCache(cookieName: string, verbs: Verbs): PageCache {
  const pages = new LRUCache<string, Page>({ maxSize: BYTES, sizeCalculation: bytesOf });
  const rendering = new Map<string, Promise<unknown>>();
  /** What each batch of lines changed, the latest last; `drops` counts all there ever were. */
  const changes: ReadonlySet<string>[] = [];
  let drops = 0;

  const middleware: Middleware<State> = async (ctx, next) => {
    const key = ctx.req.url ?? '/';
    if (!isAnonymousRead(ctx, cookieName)) return next();
    if (serveFresh(ctx, key)) return;
    const ahead = rendering.get(key); // one rendering at a time for a page
    if (ahead) await Promise.race([ahead, setTimeout(WAIT_MILLISECONDS, null, { ref: false })]);
    if (serveFresh(ctx, key)) return;
    const work = render(ctx, next, key);
    const ended = work.catch(() => null);
    rendering.set(key, ended);
    try {
      await work;
    } finally {
      if (rendering.get(key) === ended) rendering.delete(key);
    }
  };

  /** Makes the page and keeps it: those who wait find it kept. */
  async function render(ctx: Context, next: Next, key: string): Promise<void> {
    const dropsBefore = drops;
    await next();
    const old = pages.get(key);
    // While the database is away, a page that was right a little ago is better than none.
    if (ctx.status >= 500 && old && Date.now() < old.until + STALE_SECONDS * 1_000) return serve(ctx, old);
    const page = await pageOf(ctx);
    // Closed since: no process that missed the line may show it again.
    if (ctx.status === 404 || ctx.status === 410) pages.delete(key);
    // A page that was being written while something changed may show the old state: it is sent, not kept.
    if (page && !isChanged(page, changes, drops - dropsBefore)) pages.set(key, page);
  }

  function serveFresh(ctx: Context, key: string): boolean {
    const page = pages.get(key);
    if (!page || page.until < Date.now()) return false;
    serve(ctx, page);
    return true;
  }

  return {
    middleware,
    drop(lines) {
      drops++;
      const changed = changedBy(lines, verbs);
      changes.push(changed);
      if (changes.length > CHANGES) changes.shift();
      const taken = takenBy(lines, verbs);
      for (const [key, page] of [...pages.entries()])
        if (shows(page, taken)) pages.delete(key);
        else if (shows(page, changed)) page.until = Math.min(page.until, Date.now() - 1);
    },
  };
}

const shows = ({ tags }: Page, subjects: ReadonlySet<string>): boolean => tags.some((tag) => subjects.has(tag));

/** What it holds in memory, which is more than it sends: gzip gives pieces of blocks of 16 KB. */
const bytesOf = ({ plain, zipped }: Page, key: string): number =>
  plain.buffer.byteLength + zipped.buffer.byteLength + key.length + AROUND_BYTES;

function isAnonymousRead({ req, method, path }: Context, cookieName: string): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (path.startsWith('/health/')) return false;
  return !req.headers.authorization && !req.headers.cookie?.includes(`${cookieName}=`);
}

/** Support shows when it has been counted, a moment later: one page a second, not one for each who supports. Nobody's page shows what staff knows. */
function changedBy(lines: readonly Line[], verbs: Verbs): ReadonlySet<string> {
  const told = lines.filter((line) => !tells(verbs, line, 'number') && !tells(verbs, line, 'staff'));
  return new Set(told.flatMap((line) => ['lists', line.subjectId, line.rootId, line.spaceId ?? '']));
}

/** Of what words are gone. */
const takenBy = (lines: readonly Line[], verbs: Verbs) =>
  changedBy(
    lines.filter((line) => takes(verbs, line)),
    verbs,
  );

/** Whether one of the last `batches` changed what the page shows; more than are remembered count as a change. */
function isChanged(page: Page, changes: readonly ReadonlySet<string>[], batches: number): boolean {
  if (batches > CHANGES) return true;
  return batches > 0 && changes.slice(-batches).some((changed) => shows(page, changed));
}

/** Past Koa, with headers that were put together once. */
function serve(ctx: Context, page: Page): void {
  const { headers } = ctx.req;
  const isSame = headers['if-none-match'] === page.etag;
  const isZipped = !isSame && headers['accept-encoding']?.includes('gzip');
  const body = isZipped ? page.zipped : page.plain;
  ctx.respond = false;
  ctx.remove('Retry-After'); // of the answer that it stands in for
  ctx.res.writeHead(isSame ? 304 : 200, {
    ...page.headers,
    ...(isZipped ? { 'content-encoding': 'gzip' } : {}),
    ...(isSame ? {} : { 'content-length': body.length }),
  });
  ctx.res.end(isSame || ctx.method === 'HEAD' ? undefined : body);
}

const UUID = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g;

/** Whether the tags name each subject in the address: a page that does not would outlive what it shows. No tags: never kept. */
function namesItsSubjects({ path, state: { cacheTags } }: Context): boolean {
  const subjects = decodeURIComponent(path).toLowerCase().match(UUID) ?? [];
  return cacheTags?.length > 0 && subjects.every((id) => cacheTags.includes(id));
}

/** What was just rendered, ready to be sent again; null when it may not be kept. */
async function pageOf(ctx: Context): Promise<Page | null> {
  const { body, state } = ctx;
  if (ctx.status !== 200 || typeof body !== 'string' || !namesItsSubjects(ctx)) return null;
  const plain = Buffer.from(body);
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  ctx.set('ETag', etag);
  ctx.vary('Accept-Encoding');
  const headers = Object.fromEntries(
    Object.entries(ctx.response.headers).map(([name, value]) => [name, String(value)]),
  );
  delete headers['content-length'];
  // It is for one browser.
  delete headers['set-cookie'];
  return {
    headers,
    plain,
    zipped: await compress(plain),
    etag,
    tags: state.cacheTags,
    until: Date.now() + SECONDS * 1_000,
  };
}
