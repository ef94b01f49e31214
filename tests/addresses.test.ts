import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { complaints, keepLog } from './support/log-lines.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { fill, routesOf } from './support/routes.ts';

const NEW = '/es/spaces/climate/ideas/new';
const GOOD = {
  title: 'Más trenes nocturnos',
  body: 'Los trenes nocturnos unen ciudades y cuidan el clima.',
  language: 'es',
};

const { log, lines } = keepLog();
let polyphony: TestPlatform;
let maria: Visitor;
let joao: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { log });
  maria = await polyphony.signIn('María', { language: 'es' });
  joao = await polyphony.person('João', { language: 'pt' });
});
afterAll(() => polyphony.stop());

describe('addresses nobody was given', () => {
  const NASTY = [
    randomUUID(),
    'not-a-uuid',
    '..%2f..%2fetc%2fpasswd',
    '%00',
    "'%20or%201=1--",
    '__proto__',
    'constructor',
    '%E0%A4%A',
    'A'.repeat(3_000),
  ];

  /** As João's program or in María's browser, with everything the routes could ask for. */
  function ask(method: string, address: string): Promise<{ status: number }> {
    const body = method === 'GET' ? null : new URLSearchParams({ ...GOOD, reason: 'Porque sí.', version: '1' });
    const headers = { 'If-Match': '"1"' };
    if (!address.startsWith('/api/'))
      return maria.send(address, {
        method,
        body,
        redirect: 'follow',
        headers: { ...headers, 'Sec-Fetch-Site': 'same-origin' },
      });
    return fetch(polyphony.url + address, {
      method,
      body,
      headers: { ...headers, Authorization: `Bearer ${joao.token}` },
    });
  }

  test('what stands in no address of ours is answered with 4xx by every route, whoever asks', async () => {
    const failed: string[] = [];
    for (const { method, path } of routesOf(polyphony)) {
      if (!path.replace('/:language', '').includes(':')) continue;
      for (const nasty of NASTY) {
        const address = fill(path, path.startsWith('/api/') ? {} : { language: 'es' }, nasty);
        const { status } = await ask(method, address);
        if (status < 400 || status >= 500) failed.push(`${method} ${address.slice(0, 80)}: ${status}`);
      }
    }
    expect(failed).toEqual([]);
  });

  test('João may not touch what is María’s, however he names it', async () => {
    const { location } = await maria.submit(NEW, GOOD);
    const [id = ''] = /[0-9a-f-]{36}/.exec(location ?? '') ?? [];
    const visitor = await polyphony.signIn('João Pedro', { language: 'pt' });
    for (const act of ['edit', 'withdraw', 'hide', 'restore']) {
      expect((await visitor.get(`/pt/ideas/${id}/${act}`)).status).toBe(403);
      expect(
        (await visitor.submit(`/pt/ideas/${id}/${act}`, { ...GOOD, title: 'Meu', version: '1', reason: 'Porque sim.' }))
          .status,
      ).toBe(403);
    }
    expect((await joao.api('GET', `/ideas/${id}`)).body).toMatchObject({
      state: 'open',
      version: 1,
      text: { title: GOOD.title },
    });
  });
});

describe('queries', () => {
  const PAYLOADS = [
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '"',
    'javascript:alert(1)',
    '\u0000',
    '9'.repeat(400),
    '-1',
    '../../etc/passwd',
  ];
  const pages = [
    '',
    '/ideas',
    '/spaces',
    '/spaces/climate',
    '/people/maria',
    '/statistics',
    '/sign-in',
    '/me',
    '/nowhere',
  ];
  const lists = ['/ideas', '/spaces', '/spaces/climate/ideas', '/activity'];

  test.each(PAYLOADS)('%j comes back from no page unescaped, and breaks none', async (payload) => {
    const value = encodeURIComponent(payload);
    const all = ['language', 'space', 'view', 'q', 'sort', 'to', 'posted', 'saved', 'whatever'].map(
      (name) => `${name}=${value}`,
    );
    for (const path of pages)
      for (const query of [all.join('&'), `page=${value}`, `view=${value}&view=${value}`, `view[a]=${value}`]) {
        const { status, text: shown } = await maria.get(`/es${path}?${query}`);
        expect(status, `/es${path}?${query}`).toBeLessThan(500);
        expect(shown).not.toMatch(/<script>alert|<img src=x/);
      }
  });

  test.each(PAYLOADS)('%j is refused or left out of account by the lists of the API', async (payload) => {
    for (const path of lists)
      for (const name of ['lang', 'language', 'sort', 'limit', 'cursor', 'after']) {
        const { status, headers } = await maria.get(`/api/v1${path}?${name}=${encodeURIComponent(payload)}`);
        expect([200, 400, 422], `${path} ${name}`).toContain(status);
        expect(headers.get('Content-Type')).toContain('json');
      }
  });

  test('a quotation mark that was not encoded does not end an attribute', async () => {
    const shown = await getAsItIs('/es/ideas?whatever="onmouseover="alert(1)<b>');
    expect(shown).not.toContain('"onmouseover=');
    expect(shown).toContain('/en/ideas?whatever=&quot;onmouseover=&quot;alert(1)&lt;b&gt;');
  });

  /** Browsers encode what they send; not everybody is a browser. */
  async function getAsItIs(path: string): Promise<string> {
    const [response] = await once(get({ host: 'localhost', port: new URL(polyphony.url).port, path }), 'response');
    return text(response);
  }
});

test('in all this nothing failed on our side', () => {
  expect(complaints(lines)).toEqual([]);
});
