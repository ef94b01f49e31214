import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createClient, MOST_BYTES, TIMEOUT_MILLISECONDS } from '../../src/edges/federation/client.ts';
import { Refused } from '../../src/edges/federation/guard.ts';
import { fetchObject } from '../../src/edges/federation/remote.ts';
import { startVictim, type Victim } from '../support/federation/victim.ts';

const AS2 = 'application/activity+json';
const nearby = createClient({ isLocal: true }, 'http://localhost:1');

let victim: Victim;
let port: number;

beforeEach(async () => {
  victim = await startVictim();
  ({ port } = victim);
});
afterEach(() => victim.close());

describe('what comes back', () => {
  const open: Server[] = [];
  const serve = async (answer: RequestListener): Promise<string> => {
    const server = createServer(answer);
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterEach(() => {
    for (const server of open.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  const serveObject = (type: string, object: (url: string) => unknown) =>
    serve((request, response) => {
      response.writeHead(200, { 'Content-Type': type }).end(JSON.stringify(object(`http://${request.headers.host}`)));
    });

  test.each(['0.0.0.0', '[::ffff:127.0.0.1]', '10.0.0.1'])('may lead on, but not to %s', async (host) => {
    const url = await serve(
      (_request, response) => void response.writeHead(302, { Location: `http://${host}:${port}/` }).end(),
    );
    await expect(nearby.get(url, AS2)).rejects.toBeInstanceOf(Refused);
    expect(victim.reached()).toBe(0);
  });

  test('leads on three times at most, and not at all for what is sent', async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      asked++;
      response.writeHead(307, { Location: `${request.url}x` }).end();
    });
    await expect(nearby.get(`${url}/`, AS2)).rejects.toBeInstanceOf(Refused);
    expect(asked).toBe(4);
    const away = await serve(
      (_request, response) => void response.writeHead(307, { Location: `http://127.0.0.1:${port}/` }).end(),
    );
    expect((await nearby.post(away, {}, '{}')).status).toBe(307);
    expect(victim.reached()).toBe(0);
  });

  test('is read to a megabyte', async () => {
    const of = (bytes: number) =>
      serve((_request, response) => void response.writeHead(200, { 'Content-Type': AS2 }).end('x'.repeat(bytes)));
    expect((await nearby.get(await of(MOST_BYTES), AS2)).body).toHaveLength(MOST_BYTES);
    await expect(nearby.get(await of(MOST_BYTES + 1), AS2)).rejects.toBeInstanceOf(Refused);
    let sent = 0;
    const endless = await serve((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) sent += 65_536;
      };
      response.on('drain', more);
      more();
    });
    await expect(nearby.get(endless, AS2)).rejects.toBeInstanceOf(Refused);
    await expect(nearby.post(endless, {}, '{}')).rejects.toBeInstanceOf(Refused);
    expect(sent).toBeLessThan(64 * MOST_BYTES);
  });

  test('is waited for so long, though a byte comes now and then', async () => {
    expect(TIMEOUT_MILLISECONDS).toBe(10_000);
    const hasty = createClient({ isLocal: true }, 'http://localhost:1', { timeoutMilliseconds: 200 });
    let isCut = false;
    const drip = await serve((_request, response) => {
      const dripping = setInterval(() => response.write(' '), 20);
      response.on('close', () => {
        isCut = true;
        clearInterval(dripping);
      });
    });
    await expect(hasty.get(drip, AS2)).rejects.toThrow(/abort/);
    await expect.poll(() => isCut).toBe(true);
    const silent = await serve(() => undefined);
    await expect(hasty.post(silent, {}, '{}')).rejects.toThrow(/abort/);
    let hops = 0;
    const slow = await serve((request, response) => {
      hops++;
      setTimeout(() => response.writeHead(302, { Location: `${request.url}x` }).end(), 150);
    });
    await expect(hasty.get(`${slow}/`, AS2)).rejects.toThrow(/abort/);
    expect(hops).toBeLessThan(4);
  });

  const read = async (type: string) => {
    const url = await serveObject(type, (at) => ({ id: `${at}/users/eva`, type: 'Person' }));
    return fetchObject(nearby, `${url}/users/eva`);
  };

  test.each([
    'text/html',
    'application/json',
    'application/ld+json',
    'application/ld+json; profile="https://evil.example/ns"',
    'application/activity+jsonx',
    'image/svg+xml',
    '',
  ])('of the type %s is no object', async (type) => {
    await expect(read(type)).rejects.toBeInstanceOf(Refused);
  });

  test.each([
    'application/activity+json',
    'application/activity+json; charset=utf-8',
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    'Application/LD+JSON;charset=utf-8;profile="https://www.w3.org/ns/activitystreams"',
  ])('of the type %s is an object', async (type) => {
    expect(await read(type)).toMatchObject({ type: 'Person' });
  });

  test('stands where it says that it stands', async () => {
    const elsewhere = await serveObject(AS2, () => ({ id: 'https://bank.example/users/eva', type: 'Person' }));
    await expect(fetchObject(nearby, `${elsewhere}/users/eva`)).rejects.toBeInstanceOf(Refused);
    const otherScheme = await serveObject(AS2, (at) => ({
      id: `${at.replace('http:', 'https:')}/users/eva`,
      type: 'Person',
    }));
    await expect(fetchObject(nearby, `${otherScheme}/users/eva`)).rejects.toBeInstanceOf(Refused);
    const bare = await serveObject(AS2, () => ({ type: 'Person' }));
    await expect(fetchObject(nearby, `${bare}/users/eva`)).rejects.toBeInstanceOf(Refused);
    const mallory = await serveObject(AS2, () => ({ id: `${elsewhere}/users/eva`, type: 'Person' }));
    const led = await serve((_request, response) => void response.writeHead(302, { Location: `${mallory}/x` }).end());
    await expect(fetchObject(nearby, `${led}/users/eva`)).rejects.toBeInstanceOf(Refused);
  });

  test('is JSON, an object, and not broken', async () => {
    for (const text of ['', '{', '[]', '"x"', 'null', '\u{FEFF}<html>']) {
      const url = await serve((_request, response) => void response.writeHead(200, { 'Content-Type': AS2 }).end(text));
      await expect(fetchObject(nearby, url)).rejects.toThrow(/JSON|is no object/);
    }
  });
});
