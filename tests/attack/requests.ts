import { gzipSync } from 'node:zlib';

import { over, REQUEST } from './corpus.ts';

// What people who mean harm send around the words: bodies, addresses, queries and headers, by names.

interface Body {
  type: string;
  body: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const PARTS_TYPE = 'multipart/form-data; boundary=x';
const bytes = (...parts: (string | number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.concat(parts.map((part) => Buffer.from(part as string))));
const part = (name: string, value: string) =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** Whole bodies, for doors of any kind. */
export const BODIES: Readonly<Record<string, Body>> = {
  'JSON that ends too early': { type: JSON_TYPE, body: '{"title":"a","body":' },
  'JSON with a word behind it': { type: JSON_TYPE, body: '{"title":"a"} x' },
  'JSON that is a list': { type: JSON_TYPE, body: '[{"title":"a","body":"b"}]' },
  'JSON that is nothing': { type: JSON_TYPE, body: 'null' },
  'JSON with one name twice': { type: JSON_TYPE, body: '{"title":"a","body":"b","title":{"c":1},"body":null}' },
  'JSON with a mark of its bytes before it': { type: JSON_TYPE, body: bytes([0xef, 0xbb, 0xbf], '{"title":"a"}') },
  'JSON in sixteen bits': { type: `${JSON_TYPE}; charset=utf-16`, body: bytes([0xff, 0xfe, 0x7b, 0, 0x7d, 0]) },
  'JSON with bytes that are no UTF-8': {
    type: JSON_TYPE,
    body: bytes('{"title":"', [0xc3, 0x28, 0xed, 0xa0, 0x80], '"}'),
  },
  'JSON with names of thousands': {
    type: JSON_TYPE,
    body: `{${Array.from({ length: 1_200 }, (_, at) => `"x${at}":1`).join(',')}}`,
  },
  'JSON with a prototype': { type: JSON_TYPE, body: '{"__proto__":{"attacked":1,"title":"a"},"title":"a","body":"b"}' },
  'JSON that is called a form': { type: FORM_TYPE, body: '{"title":"a","body":"b"}' },
  'a form that is called JSON': { type: JSON_TYPE, body: 'title=a&body=b' },
  'a form with names in brackets': {
    type: FORM_TYPE,
    body: 'title[__proto__][attacked]=1&body[constructor][prototype][attacked]=1&__proto__[attacked]=1&a[b][c][d][e][f][g]=1',
  },
  'a form with lists by number': {
    type: FORM_TYPE,
    body: 'title[0]=a&title[4294967295]=b&title[length]=9&body[]=&body[]=',
  },
  'a form of thousands of fields': { type: FORM_TYPE, body: over('a=1&', REQUEST) },
  'a form of thousands of signs': { type: FORM_TYPE, body: over('&=', REQUEST) },
  'a form with brackets without end': { type: FORM_TYPE, body: `a${over('[a]', REQUEST)}=1` },
  'a form with percent signs alone': { type: FORM_TYPE, body: `title=${over('%', 1_000)}` },
  'a form with half a character': { type: FORM_TYPE, body: 'title=%ED%A0%80&body=%C3' },
  'a form with bytes that are no UTF-8': { type: FORM_TYPE, body: bytes('title=', [0xff, 0xfe, 0xc0, 0xaf]) },
  parts: { type: PARTS_TYPE, body: `${part('title', 'a')}${part('body', 'b')}--x--\r\n` },
  'parts that never end': { type: PARTS_TYPE, body: part('title', 'a').repeat(100) },
  'parts with a file': {
    type: PARTS_TYPE,
    body: '--x\r\nContent-Disposition: form-data; name="title"; filename="../../a.html"\r\nContent-Type: text/html\r\n\r\n<script>\r\n--x--',
  },
  'parts without a boundary': { type: 'multipart/form-data', body: '--x\r\n' },
  'XML with entities': {
    type: 'application/xml',
    body: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  },
  'a type of signs': { type: 'a/b; charset=";;"; =', body: 'x' },
  'packed, but not as it says': { type: JSON_TYPE, body: '{"title":"a"}', headers: { 'Content-Encoding': 'gzip' } },
  'packed in a way that nobody knows': { type: JSON_TYPE, body: '{}', headers: { 'Content-Encoding': 'evil' } },
  'packed twice': {
    type: JSON_TYPE,
    body: Uint8Array.from(gzipSync(gzipSync('{"title":"a"}'))),
    headers: { 'Content-Encoding': 'gzip, gzip' },
  },
  'small, and eight megabytes unpacked': {
    type: FORM_TYPE,
    body: Uint8Array.from(gzipSync(over('a', 8_000_000))),
    headers: { 'Content-Encoding': 'gzip' },
  },
};

const encoded = (words: string): string => encodeURIComponent(words.toWellFormed());

/** Parts of an address, in the place of an id, a name or a language. */
export const SEGMENTS: Readonly<Record<string, string>> = {
  'an id of nobody': '00000000-0000-0000-0000-000000000000',
  'an id with a letter too many': '019e0000-0000-7000-8000-0000000000000',
  'an id in capitals, with braces': '%7B019E0000-0000-7000-8000-000000000000%7D',
  'a number': '-1',
  NUL: 'a%00b',
  lines: 'a%0d%0aX-Attack:%201',
  'half a character': '%ED%A0%80',
  'a percent sign': '%',
  'twice encoded': '%2500%252e%252e%252f',
  dots: '%2e%2e%2f%2e%2e',
  'a script': encoded('"><script>alert(1)</script>'),
  SQL: encoded(`' or 1=1 --`),
  'a semicolon': 'a;b=c',
  'an object of every object': '__proto__',
  'what every object makes': 'constructor',
  'a language of many parts': over('a-', 400),
  'direction turned round': encoded('\u202Ea'),
  'a letter under marks': encoded(`a${over('\u0301', 300)}`),
  'a name of 8,000 letters': over('a', 8_000),
  slashes: over('/', 4_000),
};

const cursor = (words: string): string => Buffer.from(words).toString('base64url');
const ID = '019e0000-0000-7000-8000-000000000000';

/** Values of a query. */
export const QUERIES: Readonly<Record<string, string>> = {
  nothing: '',
  NUL: '%00',
  'half a character': '%ED%A0%80',
  'a percent sign': '%',
  'a script': encoded('"><script>alert(1)</script>'),
  'the end of an attribute': encoded(`" onfocus="alert(1)" '`),
  lines: '%0d%0aX-Attack:%201',
  'another site': encoded('//evil.example'),
  'another site, with a backslash': encoded('/\\evil.example'),
  code: 'javascript:alert(1)',
  'less than nothing': '-1',
  'a number too large': '99999999999999999999',
  'a number with a sign': '1e3',
  'a week that no year has': '2026-W60',
  'a place in a list on a day that there is not': cursor(`2026-02-30T10:00:00.000Z ${ID}`),
  'a place in a list before all time': cursor(`0000-01-01T00:00:00.000Z ${ID}`),
  'a place in a list with an id that is none': cursor(`2026-01-01T00:00:00.000Z 01234567${over('-', 28)}`),
  'a place in a list that ends early': cursor('2026-01-01T00:00:00.000Z '),
  'a place in a list of other bytes': over('_', 199),
  'a place in the activity without end': over('9', 64),
  'a place in the activity of another life': '0.0.0',
  'a place in the activity that is later than all': `${over('9', 18)}.${over('9', 19)}.${over('9', 18)}`,
  'every object': '__proto__',
  'a list': '&x[]=1&x[]=2',
  'a moment': '2031-02-30T25:61:61Z',
  patterns: encoded(over('%_\\', 60)),
  'a letter under marks': encoded(`a${over('\u0301', 50)}`),
};

const LONG = 7_000;

/** What comes along with a request; each value as a browser could never send it. */
export const HEADERS: Readonly<Record<string, Record<string, string>>> = {
  'languages without end': { 'Accept-Language': over('a-', LONG) },
  'languages by the thousand': { 'Accept-Language': over('xx,', LONG) },
  'languages of semicolons': { 'Accept-Language': over(';q=', LONG) },
  'a language with a script': { 'Accept-Language': '"><script>alert(1)</script>, __proto__;q=0.9, constructor' },
  'types without end': { Accept: over('*/*;q=0.1,', LONG) },
  'codings without end': { 'Accept-Encoding': over('gzip;q=0.,', LONG) },
  'a coding of every object': { 'Accept-Encoding': '__proto__, constructor;q=9, *;q=nan' },
  'known pages without end': { 'If-None-Match': over('W/"a",', LONG) },
  'a moment that is none': { 'If-Modified-Since': '30 Feb 99999999', 'If-Unmodified-Since': 'never' },
  'a version that is none': { 'If-Match': '"99999999999999999999", *, W/"' },
  'ranges without end': { Range: `bytes=${over('0-1,', LONG)}` },
  'cookies of signs': { Cookie: over(';=,', LONG) },
  'cookies of every object': { Cookie: '__proto__=1; constructor=2; language=__proto__; polyphony=__proto__' },
  'cookies with bytes': { Cookie: 'polyphony=%00%FF; language=%ED%A0%80; said=%7B%22__proto__%22' },
  'the same cookie by the hundred': { Cookie: over('polyphony=a; language=xx; ', LONG) },
  'a token of signs': { Authorization: `Bearer ${over('"\\', 90)}` },
  'a token without end': { Authorization: `Bearer ${over('a', LONG)}` },
  'a word of another house': { Authorization: 'Negotiate AAAA' },
  'a key without end': { 'Idempotency-Key': over('k', LONG) },
  'a key of bytes': { 'Idempotency-Key': '\u00FF\u00FE\u0080' },
  'addresses without end': { 'X-Forwarded-For': over('::1,', LONG), 'X-Forwarded-Proto': 'javascript' },
  'another host': { 'X-Forwarded-Host': 'evil.example', 'X-Original-URL': '/en/admin', 'X-Rewrite-URL': '/en/admin' },
  'another method': { 'X-HTTP-Method-Override': 'DELETE', 'X-Method-Override': 'PUT' },
  'where it comes from': { Referer: `http://${over('a.', 1_000)}/"><script>`, 'User-Agent': over('(', LONG) },
};
