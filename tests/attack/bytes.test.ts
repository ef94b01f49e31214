import { connect } from 'node:net';

import { afterAll, expect, test } from 'vitest';

import { complaints, keepLog } from '../support/log-lines.ts';
import { startPolyphony } from '../support/polyphony.ts';
import { besideOthers } from './strike.ts';

// What no library would send: requests as bytes.

const { log, lines } = keepLog();
const polyphony = await startPolyphony({}, { log });
afterAll(() => polyphony.stop());

const { port, host } = new URL(polyphony.url);

/** Everything that is answered before the connection is closed. */
function speak(words: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), 'localhost');
    let answer = '';
    socket.setEncoding('latin1').on('data', (data: string) => (answer += data));
    socket.on('close', () => resolve(answer));
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? null : reject(error)));
    socket.setTimeout(10_000, () => reject(new Error(`neither answered nor closed; ${answer.slice(0, 80)}`)));
    socket.end(words, 'latin1');
  });
}

const HOST = `Host: ${host}\r\n`;
const get = (path: string, headers = HOST, version = 'HTTP/1.1') => `GET ${path} ${version}\r\n${headers}\r\n`;
const post = (headers: string, body = '') => `POST /api/v1/texts/detect HTTP/1.1\r\n${HOST}${headers}\r\n\r\n${body}`;
const JSON_TYPE = 'Content-Type: application/json\r\n';
const ENDED = '0\r\n\r\n';

const REQUESTS: Readonly<Record<string, string>> = {
  'no words at all': '\r\n\r\n',
  bytes: '\u0000\u0001\u00FF\u00FE\r\n\r\n',
  'the beginning of TLS': '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00FC\u0003\u0003',
  'another protocol': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a version that is none': get('/en', HOST, 'HTTP/9.9'),
  'no version': 'GET /en\r\n\r\n',
  'a method that is none': `EVIL /en HTTP/1.1\r\n${HOST}\r\n`,
  'a method in small letters': `get /en HTTP/1.1\r\n${HOST}\r\n`,
  TRACE: `TRACE /en HTTP/1.1\r\n${HOST}X-Secret: 1\r\n\r\n`,
  CONNECT: `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${HOST}\r\n`,
  'a question about everything': `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`,
  'a method of file servers': `PROPFIND /en HTTP/1.1\r\n${HOST}Depth: infinity\r\n\r\n`,
  'an address of another house': get('http://evil.example/en'),
  'an address with a password': get('http://a:b@evil.example:99999/en'),
  'an address that is none': get('http://[::1/en'),
  'an address of two slashes': get('//evil.example/en'),
  'an address with a backslash': get('/\\evil.example/en'),
  'an address without a slash': get('en'),
  'an address of a question mark': get('?'),
  'an address with a place in the page': get('/en#"><script>alert(1)</script>'),
  'an address with marks that nobody encoded': get('/en/"><script>alert(1)</script>?q="><script>alert(1)</script>'),
  'an address of bytes': get('/en/\u00ED\u00A0\u0080\u00FF?language=\u00C3\u0028'),
  'an address with a blank': get('/en ideas'),
  'an address of 12,000 letters': get(`/${'a'.repeat(12_000)}`),
  'an address of 12,000 percent signs': get(`/en/${'%'.repeat(12_000)}`),
  'an address of 6,000 folders': get('/a'.repeat(6_000)),
  'an address of 6,000 ways up': get(`/assets${'/..'.repeat(4_000)}/etc/passwd`),
  'a language of a variant and another house': get('/pt-BR//evil.example/%2e%2e'),
  'no host': get('/en', ''),
  'two hosts': get('/en', `${HOST}Host: evil.example\r\n`),
  'a host that is a script': get('/en', 'Host: "><script>alert(1)</script>\r\n'),
  'a host that is another house': get('/s/climate', 'Host: evil.example\r\n'),
  'a host of bytes': get('/en', 'Host: \u0080\u00FF\r\n'),
  'a header without a name': get('/en', `${HOST}: a\r\n`),
  'a header with a blank in its name': get('/en', `${HOST}X Y: a\r\n`),
  'a header over two lines': get('/en', `${HOST}X-A: a\r\n b\r\n`),
  'a header with NUL': get('/en', `${HOST}X-A: a\u0000b\r\n`),
  'a header with a line end alone': get('/en', `${HOST}X-A: a\rX-B: b\r\n`),
  'a header of every object': get('/en', `${HOST}__proto__: a\r\nconstructor: b\r\nhasOwnProperty: c\r\n`),
  'a header of 20,000 letters': get('/en', `${HOST}X-A: ${'a'.repeat(20_000)}\r\n`),
  'two thousand headers': get('/en', HOST + 'a: b\r\n'.repeat(2_000)),
  'a cookie that is sent 300 times': get('/en', HOST + 'Cookie: polyphony=a\r\n'.repeat(300)),
  'a connection that becomes another': get('/en', `${HOST}Connection: Upgrade\r\nUpgrade: h2c\r\n`),
  'a connection that is to forget headers': get('/en', `${HOST}Connection: close, Host, Cookie\r\n`),
  'an expectation that nobody can meet': post(`${JSON_TYPE}Expect: the-unexpected\r\nContent-Length: 2`, '{}'),
  'a length less than nothing': post(`${JSON_TYPE}Content-Length: -1`),
  'a length that is none': post(`${JSON_TYPE}Content-Length: 2a`, '{}'),
  'a length of twenty digits': post(`${JSON_TYPE}Content-Length: 99999999999999999999`, '{}'),
  'two lengths': post(`${JSON_TYPE}Content-Length: 2\r\nContent-Length: 40`, '{}'),
  'a length and pieces': post(`${JSON_TYPE}Content-Length: 2\r\nTransfer-Encoding: chunked`, `2\r\n{}\r\n${ENDED}`),
  'pieces in two ways': post(`${JSON_TYPE}Transfer-Encoding: chunked, identity`, `2\r\n{}\r\n${ENDED}`),
  'pieces in a way that is none': post(`${JSON_TYPE}Transfer-Encoding: evil`, '{}'),
  'a piece of a length that is none': post(`${JSON_TYPE}Transfer-Encoding: chunked`, `zz\r\n{}\r\n${ENDED}`),
  'a piece of sixteen F': post(`${JSON_TYPE}Transfer-Encoding: chunked`, `${'F'.repeat(16)}\r\n{}`),
  'a piece with 12,000 letters behind its length': post(
    `${JSON_TYPE}Transfer-Encoding: chunked`,
    `2;${'a'.repeat(12_000)}\r\n{}\r\n${ENDED}`,
  ),
  'headers behind the pieces': post(
    `${JSON_TYPE}Transfer-Encoding: chunked`,
    `2\r\n{}\r\n0\r\nHost: evil.example\r\n\r\n`,
  ),
  'a body that never comes': post(`${JSON_TYPE}Content-Length: 1000`, '{'),
  'a body with a question': get('/api/v1/ideas', `${HOST}Content-Length: 2\r\n`) + '{}',
  'a hundred questions at once': get('/health/live').repeat(100),
  'a question in the body of another': post('Content-Length: 0', get('/en/admin')),
};

const NEVER = /<script>alert|X-Secret|root:x:|\nX-B:|Location: (?!\/(?![/\\]))/;

test.each(Object.entries(REQUESTS))('%s is refused or answered, and nobody else waits', async (_name, words) => {
  const faults = await besideOthers(async () => {
    const answer = await speak(words);
    const failed = [...answer.matchAll(/^HTTP\/1\.1 5\d\d .*/gm)].map(([line]) => line);
    const shown = NEVER.exec(answer) ?? [];
    return [...failed, ...shown];
  });
  expect(faults).toEqual([]);
  expect((await fetch(`${polyphony.url}/health/live`)).status).toBe(200);
});

test('in all this nothing failed on our side', () => {
  expect(complaints(lines)).toEqual([]);
});
