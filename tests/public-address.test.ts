import { request } from 'node:http';
import { text } from 'node:stream/consumers';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createLink } from '../src/services/people/sign-in.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';

const ADDRESS = { PUBLIC_URL: 'https://polyphony.example', SECRET: 'a secret of at least thirty-two characters' };

let polyphony: TestPlatform;
beforeAll(async () => {
  polyphony = await startPolyphony({ ...ADDRESS, TRUSTED_PROXIES: '1' });
});
afterAll(() => polyphony.stop());

describe('a platform with a public address', () => {
  test('gives cookies that only it may set and that never travel in the open', async () => {
    const visitor = polyphony.visitor();
    const home = await visitor.get('/es');
    const link = await createLink(polyphony.em(), { email: 'maria@example.org', language: 'es' });
    const signedIn = await visitor.submit(`/es/sign-in/${link}`, {}, { Origin: ADDRESS.PUBLIC_URL });
    expect([home.status, signedIn.status]).toEqual([200, 303]);
    const cookies = [...home.headers.getSetCookie(), ...signedIn.headers.getSetCookie()];
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Host-/);
      for (const part of [/; path=\/(?:;|$)/i, /; secure/i, /; httponly/i, /; samesite=lax/i])
        expect(cookie).toMatch(part);
      expect(cookie).not.toMatch(/domain=/i);
    }
  });

  test('tells browsers to come over https only, for a year or more', async () => {
    const page = await polyphony.visitor().get('/es/ideas');
    const [, seconds] = /max-age=(\d+)/.exec(page.headers.get('Strict-Transport-Security') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(31_536_000);
    expect(page.headers.get('Content-Security-Policy')).toContain('upgrade-insecure-requests');
    expect(page.headers.get('Content-Security-Policy')).toContain('wss://polyphony.example');
  });

  test('takes forms from its own address only', async () => {
    const form = (origin: string) =>
      fetch(`${polyphony.url}/es/sign-in`, {
        method: 'POST',
        body: new URLSearchParams({ email: 'maria@example.org' }),
        headers: { Origin: origin },
      });
    expect((await form('https://polyphony.example')).status).toBe(200);
    expect((await form('http://polyphony.example')).status).toBe(403);
    expect((await form(polyphony.url)).status).toBe(403);
  });

  test('writes its own address into mails and pages, whatever a request claims', async () => {
    await ask('/es/sign-in', {
      method: 'POST',
      body: 'email=ana%40example.org',
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: 'https://polyphony.example',
    });
    const mail = await polyphony.mails.next('ana@example.org');
    expect(mail.text).toContain('https://polyphony.example/es/sign-in/');
    expect(mail.text).not.toContain('evil');
    const poisoned = await ask('/pt/ideas?space=climate&a=1');
    const clean = await (await fetch(`${polyphony.url}/pt/ideas?space=climate&a=1`)).text();
    expect(poisoned).toBe(clean);
    expect(clean).not.toContain('evil');
    expect(clean).toContain('href="https://polyphony.example/es/ideas?space=climate"');
  });

  /** A request that claims to be for another host. */
  function ask(path: string, { method = 'GET', body = '', ...headers }: Record<string, string> = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      const lies = {
        Host: 'evil.example',
        'X-Forwarded-Host': 'evil.example',
        'X-Forwarded-Proto': 'http',
        'X-Original-URL': '/evil',
        'X-Forwarded-Prefix': '/evil',
        'Accept-Language': 'evil',
      };
      const sent = request(`${polyphony.url}${path}`, { method, headers: { ...lies, ...headers } }, (response) =>
        resolve(text(response)),
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }
});

describe('who is behind a request', () => {
  const tries = async (platform: TestPlatform, addressOf = (count: number) => `198.51.100.${count}`) => {
    const statuses = [];
    for (let count = 0; count < 32; count++) {
      const ours = platform === polyphony ? { Origin: ADDRESS.PUBLIC_URL } : {};
      const headers = { 'X-Forwarded-For': addressOf(count), 'Sec-Fetch-Site': 'same-origin', ...ours };
      const { status } = await platform
        .visitor()
        .submit('/es/sign-in', { email: `visitor-${count}@example.org`, to: '/es' }, headers);
      statuses.push(status);
    }
    return statuses.filter((status) => status === 429).length;
  };

  test('is told by the proxy that the operator named', async () => {
    expect(await tries(polyphony)).toBe(0);
  });

  test('F29: IPv4 addresses that came as IPv6 are as many people; one household is one, however its address is written', async () => {
    expect(await tries(polyphony, (count) => `::ffff:203.0.113.${count}`)).toBe(0);
    const spellings = ['2001:db8:1::', '2001:0db8:0001:0:0:0:0:', '2001:DB8:1:ffff::', '2001:db8:01:0:1::'];
    expect(await tries(polyphony, (count) => `${spellings[count % 4]}${count}`)).toBeGreaterThanOrEqual(1);
  });

  test('is not told by the visitor: without such a proxy X-Forwarded-For counts for nothing', async () => {
    const direct = await startPolyphony();
    try {
      expect(await tries(direct)).toBeGreaterThanOrEqual(1);
    } finally {
      await direct.stop();
    }
  });
});
