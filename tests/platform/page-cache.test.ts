import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';

import Koa from 'koa';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { State } from '../../src/platform/http/context.ts';
import { createPageCache } from '../../src/platform/http/page-cache.ts';

const ID = '019a5b7c-3f1e-7a61-9a53-5d2c8f0e4b17';
const OTHER = '019a5b7c-3f1e-7a61-9a53-5d2c8f0e4b18';

let tags: string[];
let status: number;
let words: () => string;
let rendered: number;
beforeEach(() => {
  tags = [];
  status = 200;
  words = () => `page ${rendered}`;
  rendered = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

const app = new Koa<State>();
const cache = createPageCache('session', { hidden: { tells: 'words', takes: true }, published: { tells: 'words' } });
app.use(cache.middleware);
app.use(async (ctx) => {
  rendered++;
  await setTimeout(5);
  ctx.state.cacheTags = tags;
  ctx.status = status;
  ctx.body = words();
});
const answer = app.callback();
const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
afterAll(() => server.close());

async function get(path: string): Promise<string> {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
}

/** How often the page was made for three that asked. */
async function timesMade(path: string): Promise<number> {
  for (let time = 0; time < 3; time++) await get(path);
  return rendered;
}

test.each([
  ['a list that names what it stands on', '/en/ideas', ['lists'], 1],
  ['a page without a tag', '/en/ideas', [], 3],
  ['a subject that names itself', `/en/events/${ID}`, [ID, 'space'], 1],
  ['a subject that names itself, in capitals', `/en/events/${ID.toUpperCase()}`, [ID], 1],
  ['a subject that names only another', `/en/reports/${ID}`, [OTHER, 'lists'], 3],
  ['a subject that hides behind a percent sign', `/en/reports/%30${ID.slice(1)}`, [OTHER], 3],
  ['two subjects of which it names one', `/en/events/${ID}/reports/${OTHER}`, [ID], 3],
])('%s', async (_what, path, named, times) => {
  tags = named;
  expect(await timesMade(`${path}?${Math.random()}`)).toBe(times);
});

test('a page is made anew after half a minute; the old one is better than none while the database is away', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  tags = ['lists'];
  expect(await get('/en/events')).toBe('page 1');
  vi.setSystemTime(Date.now() + 31_000);
  status = 503;
  expect(await get('/en/events')).toBe('page 1');
  status = 200;
  expect(await get('/en/events')).toBe('page 3');
});

test('F78: the old page stands in for a minute, and never once it is gone', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  tags = ['lists'];
  await get('/en/spaces');
  vi.setSystemTime(Date.now() + 92_000);
  status = 503;
  expect(await get('/en/spaces')).toBe('page 2');
  for (const gone of [404, 410]) {
    status = 200;
    expect(await get(`/en/spaces?${gone}`)).toBe(`page ${rendered}`);
    vi.setSystemTime(Date.now() + 31_000);
    status = gone;
    await get(`/en/spaces?${gone}`);
    status = 503;
    expect(await get(`/en/spaces?${gone}`)).toBe(`page ${rendered}`);
  }
});

test('F75: fifty who ask at once for a page have it made once', async () => {
  tags = ['lists'];
  const all = await Promise.all(Array.from({ length: 50 }, () => get('/en/statistics')));
  expect(new Set(all)).toEqual(new Set(['page 1']));
});

test('F94: what is new makes a page old, and it stands in while the database is away; what was hidden is on none', async () => {
  tags = ['lists', ID];
  const line = { cursor: '', kind: 'idea', subjectId: ID, rootId: ID, spaceId: null, textId: null, actorId: null };
  const drop = (type: string) => cache.drop([{ ...line, type, language: null, at: new Date() }]);
  await get('/en/events?new');
  drop('published');
  status = 503;
  expect(await get('/en/events?new')).toBe('page 1');
  drop('hidden');
  expect(await get('/en/events?new')).toBe('page 3');
});

test('the page asked for longest ago gives way when all together are too large', async () => {
  tags = ['lists'];
  words = () => 'a'.repeat(20_000_000);
  for (const page of [1, 2, 3, 1, 4]) await get(`/en/ideas?page=${page}`);
  expect(rendered).toBe(4);
  for (const page of [1, 3, 4]) await get(`/en/ideas?page=${page}`);
  expect(rendered).toBe(4);
  await get('/en/ideas?page=2');
  expect(rendered).toBe(5);
});
