import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { layLine, type Line } from '../support/cut-line.ts';
import { databaseHome, setUp } from '../support/homes.ts';
import { eventually } from '../support/polyphony.ts';
import { startCluster, type Cluster } from '../support/postgres.ts';
import { as, killLaunched, startProgram, untilReady, type Environment, type Program } from '../support/program.ts';
import { serverUrl } from '../support/server.ts';

/** What is asked of us, and a little for a machine that has much to do. */
const READY_MILLISECONDS = 2_000;
const LATER_MILLISECONDS = 5_000;
const HEALED_SECONDS = 10;
const STOP_MILLISECONDS = 15_000;

if (!serverUrl) console.warn('Without TEST_DATABASE_URL the tests of a database that is away are skipped.');

describe.skipIf(!serverUrl)('F90: PostgreSQL hangs while people read and write', () => {
  let cluster: Cluster;
  let line: Line;
  let environment: Environment;
  let program: Program;
  let elena: ReturnType<typeof as>;
  let kept: string;

  beforeAll(async () => {
    cluster = await startCluster();
    const home = await databaseHome(cluster.url);
    const [token = ''] = await setUp(home, [{ name: 'Elena' }]);
    elena = as(token);
    line = await layLine(cluster.socket);
    const { pathname } = new URL(home.environment['DATABASE_URL'] ?? '');
    environment = {
      DATABASE_URL: `postgres://postgres@127.0.0.1:${line.port}${pathname}`,
      TRANSLATION_ENGINES: 'none',
    };
    program = await startProgram(environment);
  });
  afterAll(async () => {
    cluster?.thaw();
    killLaunched();
    await line?.close();
    await cluster?.remove();
  });

  beforeEach(async () => {
    await untilReady(program);
    const { body } = await post();
    kept = `/es/ideas/${body.id}`;
    await eventually(async () => expect((await ask(kept)).status).toBe(200));
  });

  afterEach(async () => {
    cluster.thaw();
    line.mend();
    await cluster.setReadOnly(false);
  });

  const post = () =>
    elena(program, 'POST', '/spaces/climate/ideas', { title: 'Ríos limpios', body: 'Debemos cuidar los ríos.' });

  async function ask(path: string, init: RequestInit = {}) {
    const before = Date.now();
    const response = await fetch(program.url + path, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, milliseconds: Date.now() - before };
  }

  /** What people meet from the first moment on, and a little later. Returns what readiness says. */
  async function expectPatience(language: string): Promise<number> {
    const write = { method: 'POST', headers: { Cookie: 'polyphony=none', Origin: program.url } };
    const [ready, known, ...others] = await Promise.all([
      ask('/health/ready'),
      ask(kept),
      ask(`/en/ideas?language=${language}`),
      ask(`/en/ideas?language=${language}`),
      ask(`/en/events?language=${language}`),
      ask('/api/v1/ideas'),
      ask('/en/sign-in', { ...write, body: new URLSearchParams({ email: 'noa@example.org', to: '/en' }) }),
    ]);
    expect(JSON.parse(ready.text)).toMatchObject({ checks: { database: false } });
    expect(ready.milliseconds).toBeLessThan(READY_MILLISECONDS);
    expect(known).toMatchObject({ status: 200 });
    expect(known.milliseconds).toBeLessThan(READY_MILLISECONDS);
    for (const { status, headers, milliseconds } of others) {
      expect([status, headers.get('Retry-After')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
      expect(milliseconds).toBeLessThan(LATER_MILLISECONDS);
    }
    expect((await ask('/health/live')).status).toBe(200);
    expect(program.output()).toContain('the database does not answer: its connections are given up');
    // Who comes now does not wait at all.
    expect((await ask(`/pt/ideas?language=${language}`)).milliseconds).toBeLessThan(READY_MILLISECONDS / 2);
    return ready.status;
  }

  async function expectHealed(): Promise<void> {
    await eventually(async () => {
      const { status } = await ask('/health/ready');
      expect([status, (await ask('/en/ideas?language=es')).status, (await post()).status]).toEqual([200, 200, 201]);
    }, HEALED_SECONDS);
    expect(program.output()).toContain('the database answers again');
  }

  test('a server that stands still: kept pages go on, all else is "later", and it goes on when the server does', async () => {
    await cluster.freeze();
    expect(await expectPatience('fr')).toBe(503);
    cluster.thaw();
    await expectHealed();
  });

  test('a network that swallows everything: the same, over new connections', async () => {
    line.cut();
    expect(await expectPatience('de')).toBe(503);
    line.mend();
    await expectHealed();
  });

  test('it stops well while nothing answers', async () => {
    await cluster.freeze();
    const asked = [ask('/en/ideas?language=es'), ask('/en')];
    await new Promise((resolve) => setTimeout(resolve, 200));
    const before = Date.now();
    expect(await program.stop(), program.output()).toBe(0);
    expect(Date.now() - before).toBeLessThan(STOP_MILLISECONDS);
    for (const { status } of await Promise.all(asked)) expect([200, 503]).toContain(status);
    cluster.thaw();
    program = await startProgram(environment);
  });

  test('a primary that has become read-only: pages are read, writes are "later", readiness says no', async () => {
    await cluster.setReadOnly(true);
    const { status, headers } = await post();
    expect([status, headers.get('Retry-After')]).toEqual([503, '5']);
    const ready = await ask('/health/ready');
    expect([ready.status, JSON.parse(ready.text).checks]).toEqual([
      503,
      expect.objectContaining({ database: true, writable: false }),
    ]);
    expect((await ask('/en/ideas?language=it')).status).toBe(200);
    await cluster.setReadOnly(false);
    await eventually(async () => expect((await post()).status).toBe(201), HEALED_SECONDS);
    await untilReady(program);
  });
});
