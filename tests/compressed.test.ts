import { request, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { weekOf } from '../src/edges/statistics/weeks.ts';
import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { announceEvent } from './support/registrations.ts';

/** What Chrome and Firefox send. */
const BROWSER = 'gzip, deflate, br, zstd';
const ACCEPTED: [accepted: string, coding: RegExp][] = [
  ['br', /^br$/],
  ['gzip', /^gzip$/],
  ['gzip;q=0, br', /^br$/],
  ['identity;q=0.5, *;q=0.1', /^(br|gzip)$/],
  [BROWSER, /^(br|gzip)$/],
];
const SMALL_BYTES = 1_024;

let polyphony: TestPlatform;
let emma: Visitor;
let event: string;
beforeAll(async () => {
  polyphony = await startPolyphony();
  emma = await polyphony.signIn('Emma', { roles: ['organizer', 'secretariat'] });
  const giulia = await polyphony.person('Giulia', { roles: ['organizer'] });
  for (let number = 0; number < 6; number++) event = await announceEvent(giulia, null);
  for (let number = 0; number < 6; number++)
    await giulia.api('POST', '/spaces/climate/ideas', { title: `Treni ${number}`, body: 'Binari.', language: 'it' });
});
afterAll(() => polyphony.stop());

interface Raw {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What came over the line, not unpacked as `fetch` would. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> {
  return new Promise((resolve, reject) => {
    request(polyphony.url + path, { method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

const cookieOf = (visitor: Visitor) => ({
  Cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
});

function unpacked({ headers, body }: Raw): string {
  const coding = headers['content-encoding'];
  return String(coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body);
}

describe('Everything in words comes packed as the reader takes it, with no proxy before', () => {
  const week = weekOf(new Date(), 'Europe/Brussels').name;
  test.each([
    ['home, kept', '/el', false, 200],
    ['ideas, kept', '/bg/ideas', false, 200],
    ['home, of somebody signed in', '/en', true, 200],
    ['my page', '/en/me', true, 200],
    ['an idea that is not there', '/en/ideas/none', false, 404],
    ['a page for others', '/en/admin', true, 403],
    ['ideas as JSON', '/api/v1/spaces/climate/ideas', false, 200],
    ['the description of the API', '/openapi.json', false, 200],
    ['events as a calendar', '/en/events.ics', false, 200],
    ['the week as CSV', `/en/secretariat/${week}.csv`, true, 200],
    ['a stylesheet', 'css/all.css', false, 200],
  ])('%s', async (_name, path, isSignedIn, status) => {
    const asset = /\/assets\/\w+\//.exec((await raw('/en')).body.toString())?.[0] ?? '';
    const address = path.startsWith('/') ? path : asset + path;
    const who: Record<string, string> = isSignedIn ? cookieOf(emma) : {};
    const plain = await raw(address, who);
    expect([plain.status, plain.headers['content-encoding']]).toEqual([status, undefined]);
    for (const [accepted, coding] of ACCEPTED) {
      const packed = await raw(address, { ...who, 'Accept-Encoding': accepted });
      expect(packed.headers['content-encoding'], accepted).toMatch(coding);
      expect(packed.headers['vary']).toContain('Accept-Encoding');
      expect(Number(packed.headers['content-length'])).toBe(packed.body.length);
      expect(packed.body.length).toBeLessThan(plain.body.length * 0.6);
      expect(unpacked(packed).slice(0, 15)).toBe(plain.body.toString().slice(0, 15));
    }
    for (const refused of ['identity', 'gzip;q=0', 'br;q=0, gzip;q=0.0', 'zstd'])
      expect((await raw(address, { ...who, 'Accept-Encoding': refused })).headers['content-encoding']).toBe(undefined);
  });

  test('what is small, or packed already, is left alone', async () => {
    const font = /"(\/assets\/\w+\/fonts\/[\w-]+\.woff2)"/.exec((await raw('/en')).body.toString())?.[1] ?? '';
    for (const path of ['/robots.txt', '/health/live', '/api/v1/ideas/none', font]) {
      const { headers, body } = await raw(path, { 'Accept-Encoding': BROWSER });
      expect(headers['content-encoding'], path).toBe(undefined);
      expect(path === font || body.length < SMALL_BYTES).toBe(true);
    }
  });
});

test('a browser that has the page gets none again, whichever way it came', async () => {
  const first = await raw('/el/events', { 'Accept-Encoding': 'br' });
  const tag = String(first.headers['etag']);
  for (const known of [tag, tag.replace('W/', ''), `"other", ${tag}`, '*'])
    for (const accepted of ['br', 'gzip', 'identity']) {
      const again = await raw('/el/events', { 'Accept-Encoding': accepted, 'If-None-Match': known });
      expect([again.status, again.body.length, again.headers['content-encoding']]).toEqual([304, 0, undefined]);
      expect(again.headers['etag']).toBe(tag);
      expect(again.headers['vary']).toContain('Accept-Encoding');
    }
  expect((await raw('/el/events', { 'If-None-Match': '"other"' })).status).toBe(200);
});

test('a program that has the answer gets none again; its tag names the version, packed or not', async () => {
  const path = `/api/v1/events/${event}`;
  const packed = await raw(path, { 'Accept-Encoding': 'gzip' });
  const tag = String(packed.headers['etag']);
  expect((await raw(path)).headers['etag']).toBe(tag);
  const again = await raw(path, { 'Accept-Encoding': 'br', 'If-None-Match': tag });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  expect(again.headers['vary']).toContain('Accept-Encoding');
});

test('a question for the head alone is answered as the page would be', async () => {
  for (const who of [{}, cookieOf(emma)]) {
    const head = await raw('/en/ideas', { ...who, 'Accept-Encoding': 'gzip' }, 'HEAD');
    expect([head.status, head.headers['content-encoding'], head.body.length]).toEqual([200, 'gzip', 0]);
  }
});

test('another site that makes a browser ask with its cookie learns nothing from how long the answer is', async () => {
  const asked = (site: string) =>
    raw('/en/me?country=EM', { ...cookieOf(emma), 'Accept-Encoding': BROWSER, 'Sec-Fetch-Site': site });
  for (const site of ['cross-site', 'same-site'])
    expect((await asked(site)).headers['content-encoding'], site).toBe(undefined);
  for (const site of ['same-origin', 'none'])
    expect((await asked(site)).headers['content-encoding'], site).toBe('gzip');
});
