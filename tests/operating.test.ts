import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { keepLog } from './support/log-lines.ts';
import { readMetrics } from './support/metrics.ts';
import { eventually, freePort, startPolyphony, type TestPlatform } from './support/polyphony.ts';

const CONTACT = 'mailto:security@example.org';
const { log, lines } = keepLog();

let polyphony: TestPlatform;
let metricsPort: number;
beforeAll(async () => {
  metricsPort = await freePort();
  polyphony = await startPolyphony({ SECURITY_CONTACT: CONTACT, METRICS_PORT: String(metricsPort) }, { log });
});
afterAll(() => polyphony.stop());

const linesWith = (words: string) => lines.filter((line) => line.includes(words)).map((line) => JSON.parse(line));

describe('F93: a mail server that fails', () => {
  const ask = (email: string) => polyphony.visitor().submit('/en/sign-in', { email, to: '/en' });
  const jobs = (state: string) =>
    rows(
      polyphony.em(),
      sql<{ output: unknown }>`select output from pgboss.job where name = 'mail-sign-in' and state = ${sql.lit(state)}`,
    );
  const counted = async (result: string) =>
    (await readMetrics(metricsPort))[`polyphony_mails_total{result="${result}"}`] ?? 0;

  test('no such mailbox (550): it is said and counted, and not tried again; Noa gets hers meanwhile', async () => {
    polyphony.mails.refuse('gone@example.org');
    await ask('gone@example.org');
    await ask('noa@example.org');
    expect((await polyphony.mails.next('noa@example.org')).text).toContain('/sign-in/');
    await eventually(async () => expect(await counted('refused')).toBe(1));
    expect(linesWith('a mail was not sent')).toEqual([
      expect.objectContaining({ level: 40, isFinal: true, reason: expect.stringContaining('550') }),
    ]);
    expect(await jobs('retry')).toEqual([]);
  });

  test('later, please (451): it is said, counted and tried again, and nothing kept names the address', async () => {
    polyphony.mails.setDown(true);
    await ask('ionut@example.org');
    await eventually(async () => expect(await jobs('retry')).toHaveLength(1));
    polyphony.mails.setDown(false);
    expect(await counted('failed')).toBe(1);
    expect(linesWith('a mail was not sent').at(-1)).toMatchObject({ level: 40, isFinal: false });
    expect(JSON.stringify(await jobs('retry'))).not.toContain('ionut');
    expect(lines.join('')).not.toContain('ionut@example.org');
  });
});

describe('what stands before it', () => {
  test('F95: a proxy that the settings do not name is said in the log, once', async () => {
    for (const address of ['192.0.2.1', '192.0.2.2'])
      await fetch(`${polyphony.url}/en`, { headers: { 'X-Forwarded-For': address } });
    expect(linesWith('TRUSTED_PROXIES is 0')).toHaveLength(1);
  });

  test('F100: a page of the version before gets its files from a process of this one, and keeps them no longer', async () => {
    const [, ours = ''] =
      /\/assets\/([\da-f]{12})\/css\/all\.css/.exec(await (await fetch(`${polyphony.url}/en`)).text()) ?? [];
    const styles = async (version: string) => fetch(`${polyphony.url}/assets/${version}/css/all.css`);
    const [now, before] = [await styles(ours), await styles('0123456789ab')];
    expect([now.status, before.status]).toEqual([200, 200]);
    expect(await before.text()).toBe(await now.text());
    expect(now.headers.get('Cache-Control')).toContain('immutable');
    expect(before.headers.get('Cache-Control')).toBe('no-cache');
    for (const path of ['0123456789ab/css/none.css', '0123456789ab/../package.json', 'css/all.css', '0123456789ab/'])
      expect((await fetch(`${polyphony.url}/assets/${path}`)).status).toBe(404);
  });
});

describe('whoever finds a hole', () => {
  test('reads whom to tell, as RFC 9116 has it', async () => {
    const answer = await fetch(`${polyphony.url}/.well-known/security.txt`);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'text/plain; charset=utf-8']);
    const fields = new Map(
      (await answer.text())
        .trimEnd()
        .split('\n')
        .map((line) => line.split(': ') as [string, string]),
    );
    expect(fields.get('Contact')).toBe(CONTACT);
    expect(fields.get('Canonical')).toBe(`${polyphony.url}/.well-known/security.txt`);
    const days = (Date.parse(fields.get('Expires') ?? '') - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(30);
    expect(days).toBeLessThan(365);
  });

  test('reads nothing where nobody is named', async () => {
    const silent = await startPolyphony();
    const answer = await fetch(`${silent.url}/.well-known/security.txt`);
    await silent.stop();
    expect(answer.status).toBe(404);
    expect((await fetch(`${polyphony.url}/.well-known/other`)).status).toBe(404);
  });
});
