import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { closeListeners, listen } from './support/live.ts';
import { eventually, startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
beforeAll(async () => (polyphony = await startPolyphony({ TRUSTED_PROXIES: '1' })));
afterEach(closeListeners);
afterAll(() => polyphony.stop());

const ask = (visitor: Visitor, email: string, address: string) =>
  visitor.submit('/es/sign-in', { email, to: '/es/ideas' }, { 'X-Forwarded-For': address });

async function linkTo(email: string): Promise<string> {
  const { text = '' } = await polyphony.mails.next(email);
  return new URL(/http\S+/.exec(text)?.[0] ?? '').pathname;
}

const linksOf = (email: string) => rows(polyphony.em(), sql`select 1 from sign_in_link where email = ${email}`);

describe('an address', () => {
  test('F50: with letters of its own country is one person, however it is spelled', async () => {
    await polyphony.person('Greta');
    await rows(polyphony.em(), sql`update person set email = 'info@xn--bcher-kva.example' where handle = 'greta'`);
    const visitor = polyphony.visitor();
    const page = await ask(visitor, 'Info@Bücher.example', '192.0.2.1');
    expect(page.text).toContain('info@bücher.example');
    const link = await linkTo('info@bücher.example');
    await visitor.submit(link, {});
    expect((await visitor.get('/en/me')).text).toContain('Greta');
  });

  test('F51: is repeated on the page that says to look into the mailbox, and can be changed there', async () => {
    const page = await ask(polyphony.visitor(), 'typo@exmaple.org', '192.0.2.2');
    expect(page.text).toContain('typo@exmaple.org');
    expect(page.text).toContain('href="/es/sign-in?to=%2Fes%2Fideas"');
  });
});

describe('a link that is used up', () => {
  test('F51: sends a new one with one press, to an address that the page does not tell', async () => {
    const eva = polyphony.visitor();
    await ask(eva, 'eva@example.org', '192.0.2.3');
    const link = await linkTo('eva@example.org');
    await eva.submit(link, {});
    const other = polyphony.visitor();
    const page = await other.get(link);
    expect(page.status).toBe(410);
    expect(page.text).not.toContain('eva@example.org');
    const [, token = ''] = /name="again" value="([^"]+)"/.exec(page.text) ?? [];
    const sent = await other.submit('/es/sign-in', { again: token }, { 'X-Forwarded-For': '192.0.2.4' });
    expect(sent.status).toBe(200);
    expect(sent.text).not.toContain('eva@example.org');
    const fresh = await eventually(async () => {
      const next = await linkTo('eva@example.org');
      expect(next).not.toBe(link);
      return next;
    });
    expect((await other.submit(fresh, {})).status).toBe(303);
  });

  test('F51: lets somebody who is in go on', async () => {
    const ana = polyphony.visitor();
    await polyphony.person('Ana');
    await ask(ana, 'ana@example.org', '192.0.2.5');
    const link = await linkTo('ana@example.org');
    await ana.submit(link, {});
    expect((await ana.get(link)).location).toBe('/es/ideas');
    expect((await ana.submit(link, {})).location).toBe('/es/ideas');
  });

  test('and a page for people who are signed in says what to do', async () => {
    const page = await polyphony.visitor().get('/es/me');
    expect(page.status).toBe(401);
    expect(page.text).toContain(onPage('es', 'errors:help.signIn'));
  });
});

describe('nobody keeps anybody out', () => {
  test('F83: somebody asks for a mailbox all day; its owner, elsewhere, gets a link', async () => {
    await polyphony.person('Olga');
    for (let count = 0; count < 12; count++) await ask(polyphony.visitor(), 'olga@example.org', '198.51.100.7');
    const before = (await linksOf('olga@example.org')).length;
    expect(before).toBeLessThanOrEqual(10);
    await ask(polyphony.visitor(), 'olga@example.org', '203.0.113.9');
    expect(await linksOf('olga@example.org')).toHaveLength(before + 1);
  });

  test('F83: an endless way back is left out', async () => {
    const eve = polyphony.visitor();
    await polyphony.person('Eve');
    await eve.submit('/es/sign-in', { email: 'eve@example.org', to: `/es/${'ä'.repeat(600)}` });
    expect((await eve.submit(await linkTo('eve@example.org'), {})).location).toBe('/es');
  });

  test('F88: a port behind the address makes nobody somebody else', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 32; count++)
      statuses.push(
        (await ask(polyphony.visitor(), `port-${count}@example.org`, `198.51.100.9:${5_000 + count}`)).status,
      );
    expect(statuses).toContain(429);
    const page = await ask(polyphony.visitor(), 'port@example.org', '198.51.100.9');
    expect(page.text).toMatch(/minuto/);
  });
});

describe('signing out everywhere', () => {
  test('F84, F85: ends sessions, links in mails, tokens, a join half done, and what listens, within two seconds', async () => {
    const ina = await polyphony.signIn('Ina', { language: 'pt' });
    const token = (await polyphony.person('Ina 2')).token;
    await rows(
      polyphony.em(),
      sql`update api_token set person_id = (select id from person where handle = 'ina')
      where person_id = (select id from person where handle = 'ina-2')`,
    );
    const program = await listen(polyphony.url, { token });
    // A newcomer's session with the same mail, from before she joined.
    const half = polyphony.visitor();
    await ask(half, 'new@example.org', '192.0.2.8');
    await half.submit(await linkTo('new@example.org'), {});
    expect((await half.get('/es/welcome')).status).toBe(200);
    await rows(
      polyphony.em(),
      sql`update session set data = jsonb_set(data::jsonb, '{email}', '"ina@example.org"') where data->>'email' = 'new@example.org'`,
    );
    await ask(polyphony.visitor(), 'ina@example.org', '192.0.2.8');
    const link = await linkTo('ina@example.org');

    await ina.submit('/pt/sign-out', { everywhere: '1' });

    await eventually(async () => expect(program.socket.connected).toBe(false), 2);
    await expect(listen(polyphony.url, { token })).rejects.toThrow('unauthorized');
    expect((await polyphony.visitor().submit(link, {})).status).toBe(410);
    expect((await half.get('/es/welcome')).status).toBe(401);
    const { status } = await fetch(`${polyphony.url}/api/v1/ideas`, { headers: { Authorization: `Bearer ${token}` } });
    expect(status).toBe(401);
  });

  test('F84: a session ends after three months, that of a moderator after half a day without a visit', async () => {
    const old = await polyphony.signIn('Old Otto');
    const idle = await polyphony.signIn('Idle Ida', { roles: ['moderator'] });
    const citizen = await polyphony.signIn('Idle Citizen');
    const since = (handle: string, column: string, time: string) =>
      rows(
        polyphony.em(),
        sql`update session set ${sql.id(column)} = now() - ${time}::interval where person_id = (select id from person where handle = ${handle})`,
      );
    await since('old-otto', 'created_at', '91 days');
    await since('idle-ida', 'seen_at', '13 hours');
    await since('idle-citizen', 'seen_at', '13 hours');
    const statuses = await Promise.all([old, idle, citizen].map(async (each) => (await each.get('/en/me')).status));
    expect(statuses).toEqual([401, 401, 200]);
  });
});
