import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import type { Middleware, Next } from 'koa';
import { LRUCache } from 'lru-cache';

import { takes, tells, type Verbs } from '../activity/verbs.ts';
import type { Line } from '../activity/activity.ts';
import { codingOf, pack, SMALL_BYTES, type Coding } from './compress.ts';
import type { Context, State } from './context.ts';

/** What a process keeps, old pages included: some 1,000 of 60 KB with their packed twins, more where they are short. */
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
  /** In each way that somebody has asked for. */
  packed: Partial<Record<Coding, Buffer>>;
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
    // One rendering at a time for a page: nothing waits between seeing that nobody makes it and saying that this one does.
    const ahead = isFresh(pages.get(key)) ? undefined : rendering.get(key);
    if (ahead) await Promise.race([ahead, setTimeout(WAIT_MILLISECONDS, null, { ref: false })]);
    const kept = pages.get(key);
    if (isFresh(kept)) return serve(ctx, kept, { pages, key });
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
    if (ctx.status >= 500 && old && Date.now() < old.until + STALE_SECONDS * 1_000)
      return serve(ctx, old, { pages, key });
    const page = pageOf(ctx);
    // Closed since: no process that missed the line may show it again.
    if (ctx.status === 404 || ctx.status === 410) pages.delete(key);
    // A page that was being written while something changed may show the old state: it is sent, not kept.
    if (page && !isChanged(page, changes, drops - dropsBefore)) pages.set(key, page);
    if (page) await serve(ctx, page, { pages, key });
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

/** What it holds in memory, which is more than it sends: packing gives pieces of blocks of 16 KB. */
function bytesOf({ plain, packed }: Page, key: string): number {
  const buffers = [plain, ...Object.values(packed)].map(({ buffer }) => buffer.byteLength);
  return buffers.reduce((sum, bytes) => sum + bytes, key.length + AROUND_BYTES);
}

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

/** Where a page is kept. */
interface Place {
  pages: LRUCache<string, Page>;
  key: string;
}

const isFresh = (page: Page | undefined): page is Page => page !== undefined && page.until >= Date.now();

/** Past Koa, with headers that were put together once, and packed once for all who take it so. */
async function serve(ctx: Context, page: Page, { pages, key }: Place): Promise<void> {
  const { headers } = ctx.req;
  const coding = page.plain.length < SMALL_BYTES ? null : codingOf(headers['accept-encoding']);
  const body = coding ? await packedOf(page, coding, { pages, key }) : page.plain;
  const isSame = isKnown(headers['if-none-match'], page.etag);
  ctx.respond = false;
  ctx.remove('Retry-After'); // of the answer that it stands in for
  ctx.remove('Content-Length');
  ctx.res.writeHead(isSame ? 304 : 200, {
    ...page.headers,
    ...(isSame ? {} : { 'content-length': body.length }),
    ...(coding && !isSame ? { 'content-encoding': coding } : {}),
  });
  ctx.res.end(isSame || ctx.method === 'HEAD' ? undefined : body);
}

async function packedOf(page: Page, coding: Coding, { pages, key }: Place): Promise<Buffer> {
  const known = page.packed[coding];
  if (known) return known;
  const packed = await pack(page.plain, coding);
  page.packed[coding] = packed;
  // The cache weighs a page when it gets it.
  if (pages.peek(key) === page && pages.delete(key)) pages.set(key, page);
  return packed;
}

/** Whether the browser has it: pages have weak tags, since the plain and the packed one share theirs. */
const isKnown = (known: string | undefined, etag: string): boolean =>
  known !== undefined && (known.includes(etag.slice(2)) || known.trim() === '*');

const UUID = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/g;

/** Whether the tags name each subject in the address: a page that does not would outlive what it shows. No tags: never kept. */
function namesItsSubjects({ path, state: { cacheTags } }: Context): boolean {
  const subjects = decodeURIComponent(path).toLowerCase().match(UUID) ?? [];
  return cacheTags?.length > 0 && subjects.every((id) => cacheTags.includes(id));
}

/** What was just rendered, ready to be sent again; null when it may not be kept. */
function pageOf(ctx: Context): Page | null {
  const { body, state } = ctx;
  if (ctx.status !== 200 || typeof body !== 'string' || !namesItsSubjects(ctx)) return null;
  const plain = Buffer.from(body);
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
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
    packed: {},
    etag,
    tags: state.cacheTags,
    until: Date.now() + SECONDS * 1_000,
  };
}
