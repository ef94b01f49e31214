import { dirname } from 'node:path';
import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { browse } from '../support/browser-like.ts';
import { databaseHome, setUp, type Home } from '../support/homes.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { callApi } from '../support/polyphony.ts';
import { startCluster, type Cluster } from '../support/postgres.ts';
import { startBouncer, type Bouncer } from '../support/pgbouncer.ts';
import { as, killLaunched, launchProgram, runCommand, startProgram, untilReady } from '../support/program.ts';
import { serverUrl } from '../support/server.ts';

if (!serverUrl) console.warn('Without TEST_DATABASE_URL the tests with PgBouncer are skipped.');

describe.skipIf(!serverUrl)('F100: PgBouncer stands before PostgreSQL', () => {
  let cluster: Cluster;
  let bouncer: Bouncer;
  let mails: MailServer;
  let home: Home;

  beforeAll(async () => {
    cluster = await startCluster();
    mails = await startMailServer();
    bouncer = await startBouncer(dirname(cluster.socket), await connectQuery());
    const { environment, remove } = await databaseHome(cluster.url);
    const name = new URL(environment['DATABASE_URL'] ?? '').pathname.slice(1);
    home = {
      environment: {
        DATABASE_URL: bouncer.urlOf(name),
        DATABASE_VIA: 'pgbouncer',
        DATABASE_POOL: '20',
        SMTP_URL: mails.url,
        TRANSLATION_ENGINES: 'none',
      },
      remove,
    };
  });
  afterAll(async () => {
    killLaunched();
    await bouncer?.stop();
    await mails?.close();
    await cluster?.remove();
  });

  /** What README says to write there. */
  async function connectQuery(): Promise<string> {
    const [, query = ''] = /connect_query='([^']+(?:''[^']*)*)'/.exec(await readFile('README.md', 'utf8')) ?? [];
    expect(query).toContain('timezone');
    return query.replaceAll("''", "'");
  }

  test('two processes make the tables, thirty people write at once, mails go, and all stop well', async () => {
    const [token = ''] = await setUp(home, [{ name: 'Elena' }]);
    const elena = as(token);
    const [web, worker] = await Promise.all(
      ['web', 'worker'].map((ROLE) => startProgram({ ...home.environment, ROLE })),
    );
    if (!web || !worker) throw new Error('they did not start');
    await Promise.all([web, worker].map(untilReady));
    const idea = { title: 'Ríos limpios', body: 'Debemos cuidar los ríos de nuestros pueblos.' };
    const writes = Array.from({ length: 30 }, () => elena(web, 'POST', '/spaces/climate/ideas', idea));
    const answers = await Promise.all(writes);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const list = await callApi(web.url, 'GET', '/ideas');
    expect(list.body.items.length).toBeGreaterThan(10);
    await browse(web.url).submit('/en/sign-in', { email: 'elena@example.org', to: '/en' });
    expect((await mails.next('elena@example.org')).text).toContain('/sign-in/');
    expect(await Promise.all([web.stop(), worker.stop()])).toEqual([0, 0]);
    expect(web.output() + worker.output()).not.toContain('"level":50');
    expect((await runCommand(['migrate'], home.environment)).lines).toEqual(['The tables are up to date.']);
  });

  test('without the setting, a start ends with a sentence that names it', async () => {
    const program = await launchProgram({ ...home.environment, DATABASE_VIA: '' });
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/^[^{}\n]*DATABASE_VIA=pgbouncer[^{}\n]*\.$/m);
  });
});
