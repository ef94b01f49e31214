import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { databaseHome, setUp, type Home } from '../support/homes.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { as, killLaunched, startProgram, untilReady, type Program } from '../support/program.ts';
import { serverUrl } from '../support/server.ts';
import { onPage } from '../support/words.ts';

const PRELOAD = fileURLToPath(new URL('../support/shifted-clock.ts', import.meta.url));
const DAY_SECONDS = 86_400;
const HOUR = 3_600_000;

if (!serverUrl) console.warn('Without TEST_DATABASE_URL the tests of wrong clocks are skipped.');

describe.skipIf(!serverUrl)('F99: the clocks of web processes are wrong, and the database has the right one', () => {
  let home: Home;
  let mails: MailServer;
  let ahead: Program;
  let behind: Program;
  let giulia: ReturnType<typeof as>;
  let lea: ReturnType<typeof as>;
  let token: string;

  beforeAll(async () => {
    home = await databaseHome();
    mails = await startMailServer();
    const [organizer = '', citizen = ''] = await setUp(home, [{ name: 'Giulia', role: 'organizer' }, { name: 'Lea' }]);
    [giulia, lea, token] = [as(organizer), as(citizen), citizen];
    const [first, second] = await Promise.all([start(DAY_SECONDS), start(-DAY_SECONDS)]);
    [ahead, behind] = [first, second];
    await Promise.all([ahead, behind].map(untilReady));
  });
  afterAll(async () => {
    killLaunched();
    await mails?.close();
    await home?.remove();
  });

  const start = (seconds: number) =>
    startProgram({
      ...home.environment,
      SMTP_URL: mails.url,
      TRANSLATION_ENGINES: 'none',
      NODE_OPTIONS: `--import=${PRELOAD}`,
      CLOCK_AHEAD_SECONDS: String(seconds),
    });

  /** Hours from now, as the form and the API want it. */
  const moment = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString().slice(0, 16);

  async function announce(from: number, until: number, on = ahead): Promise<string> {
    const { status, body } = await giulia(on, 'POST', '/spaces/climate/events', {
      title: 'Assemblea sui treni notturni',
      body: 'Parliamo insieme dei treni notturni tra le capitali europee.',
      language: 'it',
      startsAt: moment(from),
      endsAt: moment(until),
      timeZone: 'UTC',
      mode: 'in-person',
      address: 'Sala Borsa',
      capacity: 20,
    });
    expect([status, body]).toEqual([201, expect.anything()]);
    return body.id;
  }

  async function page(program: Program, id: string): Promise<string> {
    const response = await fetch(`${program.url}/en/events/${id}`, { headers: { Authorization: `Bearer ${token}` } });
    return response.text();
  }

  test('who asks a process that is a day ahead still comes to what is today', async () => {
    const id = await announce(2, 4);
    expect((await lea(ahead, 'PUT', `/events/${id}/registration`)).status).toBe(200);
    expect(await page(ahead, id)).not.toContain(onPage('en', 'events:isOver'));
    expect((await mails.next('Lea@example.org')).text).toContain(id);
    // Her report is asked for the day after it, not now.
    expect(mails.received.filter(({ text }) => text?.includes(`/events/${id}`))).toHaveLength(1);
    expect((await giulia(ahead, 'POST', `/events/${id}/report`, {})).status).not.toBe(201);
  });

  test('a process that is a day behind takes nobody for what is over', async () => {
    const id = await announce(-5, -3);
    expect(await lea(behind, 'PUT', `/events/${id}/registration`)).toMatchObject({ status: 409 });
    expect(await page(behind, id)).toContain(onPage('en', 'events:isOver'));
  });

  test('a link to sign in holds on both, and no longer than it should', async () => {
    for (const program of [ahead, behind]) {
      const asked = await fetch(`${program.url}/en/sign-in`, {
        method: 'POST',
        headers: { Origin: program.url },
        body: new URLSearchParams({ email: 'lea@example.org', to: '/en' }),
      });
      expect(asked.status).toBeLessThan(400);
      const [link = ''] = /http\S+\/sign-in\/\S+/.exec((await mails.next('lea@example.org')).text ?? '') ?? [];
      const other = program === ahead ? behind : ahead;
      const used = await fetch(other.url + new URL(link).pathname, {
        method: 'POST',
        redirect: 'manual',
        headers: { Origin: other.url },
      });
      expect(used.status).toBe(303);
    }
  });
});
