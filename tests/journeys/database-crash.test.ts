import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { installed } from '../support/apertium.ts';
import { browse } from '../support/browser-like.ts';
import { serverUrl } from '../support/server.ts';
import { follow } from '../support/follower.ts';
import { databaseHome, setUp } from '../support/homes.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { eventually } from '../support/polyphony.ts';
import { startCluster, type Cluster } from '../support/postgres.ts';
import { as, killLaunched, startProgram, untilReady, type Program } from '../support/program.ts';

const LOAD_MILLISECONDS = 4_000;
const SLOW_MILLISECONDS = 3_000;

if (!serverUrl) console.warn('Without TEST_DATABASE_URL the tests of a database that crashes are skipped.');

describe.skipIf(!serverUrl)('PostgreSQL crashes and comes back while people read and write', () => {
  let cluster: Cluster;
  let mails: MailServer;
  let program: Program;
  let elena: ReturnType<typeof as>;

  beforeAll(async () => {
    cluster = await startCluster();
    mails = await startMailServer();
    const home = await databaseHome(cluster.url);
    const [token = ''] = await setUp(home, [{ name: 'Elena' }]);
    elena = as(token);
    program = await startProgram({ ...home.environment, SMTP_URL: mails.url });
    await untilReady(program);
  });
  afterAll(async () => {
    killLaunched();
    await mails?.close();
    await cluster?.remove();
  });

  test('people get a page, a kept page or a plain "later", and everything goes on by itself', async () => {
    const follower = follow(program.url);
    const quiet = await post('Un lugar tranquilo', 'health');
    const translations = () => follower.lines().filter(({ type }) => type === 'translated').length;
    await eventually(async () => expect(translations()).toBe(installed ? 4 : 0));
    // The page is read once before: then it is kept.
    await (await fetch(`${program.url}/es/ideas/${quiet.id}`)).text();
    const over = Date.now() + LOAD_MILLISECONDS;
    const load = Promise.all([
      readAgainAndAgain(`/es/ideas/${quiet.id}`, over),
      readAgainAndAgain('/en/ideas?language=es', over),
      writeAgainAndAgain(over),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await cluster.crash();
    const [kept, pages, posts] = await load;

    // Acts in another space do not throw its page away, so that it needs no database.
    expect(statusesOf(kept)).toEqual(['200']);
    expect(statusesOf(pages).filter((status) => status !== '200' && status !== '503 with Retry-After')).toEqual([]);
    expect(statusesOf(posts).filter((status) => status !== '201' && status !== '503 with Retry-After')).toEqual([]);
    expect(Math.max(...[...kept, ...pages, ...posts].map(({ milliseconds }) => milliseconds))).toBeLessThan(
      SLOW_MILLISECONDS,
    );
    expect(statusesOf(posts.slice(-1))).toEqual(['201']);

    const ids = posts.flatMap(({ id }) => id ?? []).toSorted();
    const wanted = installed ? (ids.length + 1) * 4 : 0;
    await eventually(async () => expect(translations()).toBeGreaterThanOrEqual(wanted), 40);
    const told = follower
      .lines()
      .filter(({ type, kind }) => type === 'published' && kind === 'idea')
      .map(({ subject }) => subject);
    expect(told).toEqual([...new Set(told)]);
    expect(told).toEqual(expect.arrayContaining(ids));
    expect(follower.resets()).toBe(0);
    await follower.stop();
  });

  test('mails go on', async () => {
    await browse(program.url).submit('/en/sign-in', { email: 'elena@example.org', to: '/en' });
    expect((await mails.next('elena@example.org')).text).toContain('/sign-in/');
  });

  test('it stops well', async () => {
    expect(await program.stop(), program.output()).toBe(0);
  });

  interface Answer {
    status: string;
    milliseconds: number;
    id: string | null;
  }

  async function readAgainAndAgain(path: string, over: number): Promise<Answer[]> {
    return again(over, async () => {
      const response = await fetch(program.url + path);
      await response.text();
      return { status: statusOf(response.status, response.headers), id: null };
    });
  }

  async function writeAgainAndAgain(over: number): Promise<Answer[]> {
    let number = 0;
    return again(over, () => post(`Ríos ${number++}`));
  }

  async function post(title: string, space = 'climate'): Promise<Omit<Answer, 'milliseconds'>> {
    const { status, headers, body } = await elena(program, 'POST', `/spaces/${space}/ideas`, {
      title,
      body: 'Debemos cuidar los ríos de nuestros pueblos.',
    });
    return { status: statusOf(status, headers), id: body.id ?? null };
  }
});

async function again<T>(over: number, ask: () => Promise<T>): Promise<(T & { milliseconds: number })[]> {
  const answers = [];
  while (Date.now() < over) {
    const before = Date.now();
    answers.push({ ...(await ask()), milliseconds: Date.now() - before });
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return answers;
}

const statusOf = (status: number, headers: Headers): string =>
  `${status}${headers.get('Retry-After') ? ' with Retry-After' : ''}`;
const statusesOf = (answers: readonly { status: string }[]): string[] => [
  ...new Set(answers.map(({ status }) => status)),
];
