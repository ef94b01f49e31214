import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { closeListeners, listen, type Listener } from '../support/live.ts';
import { complaints, keepLog } from '../support/log-lines.ts';
import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { VALUES, WORDS } from './corpus.ts';
import { QUERIES } from './requests.ts';
import { besideOthers } from './strike.ts';

// The live channel, asked by pages that are none.

const { log, lines } = keepLog();
let polyphony: TestPlatform;
let good: Listener;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { log });
});
afterEach(closeListeners);
afterAll(() => polyphony.stop());

/** While this goes on, and after it, another page is heard. */
async function othersAreHeard(work: () => Promise<void>): Promise<void> {
  good = await listen(polyphony.url);
  const faults = await besideOthers(async () => {
    await work();
    return [];
  });
  expect(faults).toEqual([]);
  expect(await good.watch({ rooms: ['space:climate'], lang: 'es' })).toMatchObject({ joined: ['space:climate'] });
  expect((await fetch(`${polyphony.url}/health/live`)).status).toBe(200);
}

describe('a question', () => {
  const words = Object.entries(WORDS);
  const places = Object.entries(QUERIES).map(([name, each]) => [name, decoded(each)] as const);
  // The library for clients cannot say these; they are said as a packet below.
  const values = Object.entries(VALUES).filter(([name]) => name !== 'lists in lists');
  const messages: [string, unknown][] = [
    ...values.map(([name, json]): [string, unknown] => [`that is ${name}`, JSON.parse(json)]),
    ...words.map(([name, each]): [string, unknown] => [`in the language ${name}`, { rooms: [], lang: each }]),
    ...words.map(([name, each]): [string, unknown] => [`about the room ${name}`, { rooms: [each], lang: 'es' }]),
    ...words.map(([name, each]): [string, unknown] => [
      `about the subject ${name}`,
      { rooms: [`subject:${each}`, `space:${each}`], lang: 'es' },
    ]),
    ...places.map(([name, each]): [string, unknown] => [`after ${name}`, { rooms: [], lang: 'es', after: each }]),
    ['about a thousand rooms', { rooms: Array.from({ length: 1_000 }, (_, at) => `space:${at}`), lang: 'es' }],
    ['about one room thirty times', { rooms: Array.from({ length: 30 }, () => 'space:climate'), lang: 'es' }],
    ['in bytes', Uint8Array.from([0, 255, 254])],
    ['in rooms of bytes', { rooms: [Uint8Array.from([0, 255])], lang: 'es' }],
  ];

  test.each(messages.filter(([, message]) => fits(message)))('%s is answered', async (_name, message) => {
    await othersAreHeard(async () => {
      const listener = await listen(polyphony.url);
      const answer = await listener.watch(message);
      expect([undefined, 'badMessage']).toContain(answer.error);
      expect(answer.cursor).toMatch(/^\d+\.\d+\.\d+$/);
    });
  });

  test.each(Object.entries(VALUES))('with %s for a token lets nobody in as somebody', async (_name, json) => {
    await othersAreHeard(async () => {
      const token: unknown = JSON.parse(json);
      await listen(polyphony.url, { token: token as string }).then(
        (listener) => expect(typeof token, String(listener.socket.id)).not.toBe('string'),
        (error: unknown) => expect(String(error)).toMatch(/unauthorized|websocket error/),
      );
    });
  });
});

/** Whoever says more is hung up on: a packet of its own below. */
const fits = (message: unknown): boolean => Buffer.byteLength(JSON.stringify(['watch', message])) < 16_000;

function decoded(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

const HUGE = '9'.repeat(1_000);

/** What a library would never say, packet by packet. */
const PACKETS: Readonly<Record<string, readonly (string | Uint8Array<ArrayBuffer>)[]>> = {
  'a packet of no kind': ['x'],
  'an empty packet': [''],
  NUL: ['\u0000'],
  'a packet before anything else': ['42["watch",{"rooms":[],"lang":"es"}]'],
  'a name that every object has': ['40', '42["__proto__",{}]', '42["constructor"]', '42["disconnect"]', '42["error"]'],
  'a name that is none': ['40', '42[{}]', '42[null]', '42[]', '42{}', '42', '42"watch"'],
  'events of the library': ['40', '42["connect_error"]', '42["newListener",1]', '42["disconnecting"]'],
  'JSON that ends too early': ['40', '42["watch",{"rooms":'],
  'lists in lists': ['40', `42["watch",${'['.repeat(7_000)}${']'.repeat(7_000)}]`],
  'an answer to nothing': ['40', '43', `43${HUGE}[]`, '437["a"]'],
  'a question with a number without end': ['40', `42${HUGE}["watch",{"rooms":[],"lang":"es"}]`],
  'pieces that are not there': ['40', '451-["watch",{"_placeholder":true,"num":99}]', new Uint8Array(3)],
  'pieces by the thousand': ['40', '459999-["watch",{"_placeholder":true,"num":0}]', new Uint8Array(3)],
  'pieces without end': ['40', `45${HUGE}-["watch"]`],
  'a piece that nobody waits for': ['40', Uint8Array.from([4, 1, 2])],
  'a house of another name': ['40/admin,', '40/__proto__,{}', '42/admin,["watch"]'],
  'a hundred names of houses': Array.from({ length: 100 }, (_, at) => `40/${at},`),
  'coming in twice': ['40', '40', '40{}'],
  'a token of every object': ['40{"__proto__":{"attacked":1},"token":{"__proto__":1}}'],
  'a token that is none': ['40{"token":', '40[1]', '40null', '40"a"'],
  'other words of the protocol': ['2probe', '3probe', '5', '6', '1'],
  'as many letters as fit': [`40${'a'.repeat(16_000)}`],
  'more letters than fit': ['a'.repeat(17_000)],
  'a goodbye, and on it goes': ['40', '41', '42["watch",{"rooms":[],"lang":"es"}]'],
};

test.each(Object.entries(PACKETS))('%s: the others do not notice', async (_name, packets) => {
  await othersAreHeard(async () => {
    const socket = new WebSocket(`${polyphony.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    socket.binaryType = 'arraybuffer';
    const over = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
    await new Promise<void>((resolve) => socket.addEventListener('message', () => resolve(), { once: true }));
    for (const packet of packets) if (socket.readyState === WebSocket.OPEN) socket.send(packet);
    // What was sent has been read when a later page was answered.
    const later = await listen(polyphony.url);
    await later.watch({ rooms: [], lang: 'es' });
    socket.close();
    await over;
  });
  expect(Object.hasOwn(Object.prototype, 'attacked')).toBe(false);
});

const HANDSHAKES = [
  'EIO=4&transport=polling',
  'EIO=3&transport=polling',
  'EIO=__proto__&transport=__proto__',
  'EIO=4&transport=websocket&sid=__proto__',
  'EIO=4&transport=constructor',
  'EIO=4&transport=polling&sid=%00&t=%ED%A0%80',
  `EIO=4&transport=polling&${'a&'.repeat(7_000)}`,
  'EIO=4&EIO=4&transport=polling&transport=websocket',
  '',
];

test.each(HANDSHAKES)('coming in by %s is refused with words', async (query) => {
  await othersAreHeard(async () => {
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
      const answer = await fetch(`${polyphony.url}/socket.io/?${query}`, { method });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(await answer.text()).toMatch(/message/);
    }
  });
});

test('in all this nothing failed on our side', () => {
  expect(complaints(lines)).toEqual([]);
});
