import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from '../support/browser-like.ts';
import { agree, readObject, startFederated } from '../support/federation/federated.ts';
import { startPeer, type Peer, type PeerActor } from '../support/federation/peer.ts';
import { faultsIn } from '../support/markup.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from '../support/polyphony.ts';
import { onPage } from '../support/words.ts';

const PAGE = '/en/admin/federation';

const markup = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: { 'doctype-style': ['error', { style: 'lowercase' }], 'long-title': 'off', 'no-trailing-whitespace': 'off' },
});

let here: TestPlatform;
let there: Peer;
let ana: Visitor;
let ada: ApiPerson;
let eva: PeerActor;
let space: string;

beforeAll(async () => {
  here = await startFederated();
  there = await startPeer();
  ana = await here.signIn('Ana', { roles: ['administrator'] });
  ada = await here.person('Ada', { language: 'en' });
  await agree(here.em(), ada.id);
  eva = there.actor('eva');
  space = `${here.url}/s/climate`;
});

afterAll(async () => {
  await there.close();
  await here.stop();
});

/** A page of Ana's, which has no fault. */
async function page(path = PAGE): Promise<string> {
  const { status, text } = await ana.get(path);
  expect(status).toBe(200);
  expect(faultsIn(text)).toEqual([]);
  const { results } = await markup.validateString(text);
  expect(results.flatMap(({ messages }) => messages.map(({ ruleId, line }) => `${ruleId} ${line}`))).toEqual([]);
  return text;
}

/** What the page says of one server, without its marks. */
async function said(host: string): Promise<string> {
  const entry =
    (await page()).split('<li class="engine">').find((each) => each.includes(`>${host}</code></bdi></h3>`)) ?? '';
  return (entry.split('</li>')[0] ?? '').replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

const followers = async (): Promise<number> => (await readObject(`${space}/followers`)).body.totalItems;

const post = (title: string) =>
  ada.api('POST', '/spaces/climate/ideas', { title, body: `${title}, and soon.`, language: 'en' });

/** What an inbox answers to a server that does not even sign. */
async function unsigned(host: string): Promise<number> {
  const actor = `https://${host}/users/mal`;
  const activity = { id: `https://${host}/activities/1`, type: 'Follow', actor, object: space };
  const headers = { 'Content-Type': 'application/activity+json' };
  return (await fetch(`${here.url}/inbox`, { method: 'POST', headers, body: JSON.stringify(activity) })).status;
}

test('Only administrators come in, and find the way from their first page', async () => {
  const ben = await here.signIn('Ben', { roles: ['moderator', 'secretariat', 'organizer'] });
  for (const path of ['', '/block', '/block?host=bad.example', '/set-aside'])
    expect((await ben.get(PAGE + path)).status).toBe(403);
  for (const act of ['block', 'unblock', 'retry'])
    expect((await ben.submit(`${PAGE}/${act}`, { host: there.host })).status).toBe(403);
  expect((await ben.submit(`${PAGE}/set-aside/dismiss`, { uri: 'https://bad.example/1' })).status).toBe(403);
  expect((await here.visitor().get(PAGE)).status).toBe(401);
  expect((await ana.get('/en/admin')).text).toContain(`href="${PAGE}"`);
});

test('Where no other server is spoken to, there is neither page nor link', async () => {
  const alone = await startPolyphony();
  try {
    const olga = await alone.signIn('Olga', { roles: ['administrator'] });
    expect((await olga.get(PAGE)).status).toBe(404);
    expect((await olga.get('/en/admin')).text).not.toContain(PAGE);
  } finally {
    await alone.stop();
  }
});

test('Before anybody was in contact, Ana reads how that begins', async () => {
  const text = await page();
  expect(text).toContain(onPage('en', 'federation:adminNoServers'));
  expect(text).toContain(onPage('en', 'federation:adminAsideNone'));
  expect(text).toContain(`@climate@${new URL(here.url).host}`);
  expect(await page(`${PAGE}/set-aside`)).toContain(onPage('en', 'federation:adminAsideNone'));
});

describe('a server on which people follow something here', () => {
  test('is seen with its followers', async () => {
    expect(await eva.send(`${space}/inbox`, eva.activity('Follow', space))).toBe(202);
    await there.next(({ type }) => type === 'Accept');
    await eventually(async () =>
      expect(await said(there.host)).toMatch(/In contact .* Followers there 1 Messages waiting for it 0/),
    );
    expect(await said(there.host)).not.toContain(onPage('en', 'federation:adminNever'));
  });

  test('is told to be away when it is, with the reason and the next try; Ana has it tried at once', async () => {
    there.answerWith(503);
    await post('Trees in every street');
    await eventually(async () => expect(await said(there.host)).toContain('Away: 1 delivery has failed'));
    const away = await said(there.host);
    expect(away).toContain(onPage('en', 'federation:adminFailure.busy'));
    expect(away).toContain(`${onPage('en', 'federation:adminDetails')} HTTP 503`);
    expect(away).toMatch(/We try again on \d+ \w+ \d{4} at \d\d:\d\d/);
    expect(away).toMatch(/Messages waiting for it [1-9]/);
    there.answerWith(null);
    expect(await ana.submit(`${PAGE}/retry`, { host: there.host })).toMatchObject({
      ...{ status: 303, location: `${PAGE}?done=tried` },
    });
    await there.next(({ object }) => object?.object?.name === 'Trees in every street');
    await eventually(async () => expect(await said(there.host)).toMatch(/In contact .* Messages waiting for it 0/));
    expect(await page(`${PAGE}?done=tried`)).toContain(onPage('en', 'federation:adminDone.tried'));
  });

  test('says what nobody here understands: that is set aside, shown as it came, and dismissed', async () => {
    const strange = eva.activity('Arrive<b>', space, { summary: '<script>alert("Hey")</script>' });
    expect(await eva.send(`${here.url}/inbox`, strange)).toBe(202);
    expect(await page()).toContain(onPage('en', 'federation:adminAsideCount', { count: 1 }));
    const text = await page(`${PAGE}/set-aside`);
    expect(text).toContain(`@eva@${there.host}`);
    expect(text).toContain('Arrive&lt;b&gt;');
    expect(text).toContain('&lt;script&gt;alert(\\&quot;Hey\\&quot;)&lt;/script&gt;');
    const dismissed = await ana.submit(`${PAGE}/set-aside/dismiss`, { uri: String(strange['id']) });
    expect(dismissed.location).toBe(`${PAGE}/set-aside?done=1`);
    const empty = await page(dismissed.location ?? '');
    expect(empty).toContain(onPage('en', 'federation:adminDismissed'));
    expect(empty).toContain(onPage('en', 'federation:adminAsideNone'));
    expect((await ana.submit(`${PAGE}/set-aside/dismiss`, { uri: String(strange['id']) })).status).toBe(404);
    // It stays known: a second time it is not even looked at.
    expect(await eva.send(`${here.url}/inbox`, strange)).toBe(202);
    expect(await page(`${PAGE}/set-aside`)).toContain(onPage('en', 'federation:adminAsideNone'));
  });
});

describe('Ana blocks a server', () => {
  test('after a question that says what goes', async () => {
    there.answerWith(503);
    await post('Bridges for hedgehogs');
    await eventually(async () => expect(await said(there.host)).toContain('Away'));
    await eva.send(`${here.url}/inbox`, eva.activity('Arrive', space));
    const question = await page(`${PAGE}/block?host=${encodeURIComponent(there.host)}`);
    expect(question).toContain(onPage('en', 'federation:adminBlockDrops', { number: '1' }));
    expect(question).toMatch(/Messages waiting for it are deleted: [1-9]/);
    expect(await followers()).toBe(1);
    const blocked = await ana.submit(`${PAGE}/block`, { host: there.host });
    expect(blocked).toMatchObject({ status: 303, location: `${PAGE}?done=blocked` });
    expect(await said(there.host)).toMatch(/Blocked: .* Followers there 0 Messages waiting for it 0/);
    expect(await page(`${PAGE}?done=blocked`)).toContain(onPage('en', 'federation:adminDone.blocked'));
  });

  test('and nothing goes to and fro any more', async () => {
    there.answerWith(null);
    expect(await followers()).toBe(0);
    expect(await eva.send(`${space}/inbox`, eva.activity('Follow', space))).toBe(403);
    expect(await page(`${PAGE}/set-aside`)).toContain(onPage('en', 'federation:adminAsideNone'));
    expect((await ana.submit(`${PAGE}/retry`, { host: there.host })).status).toBe(404);
  });

  test('and lets it in again: people there follow anew', async () => {
    const { location } = await ana.submit(`${PAGE}/unblock`, { host: there.host });
    expect(await page(location ?? '')).toContain(onPage('en', 'federation:adminDone.unblocked'));
    expect(await eva.send(`${space}/inbox`, eva.activity('Follow', space))).toBe(202);
    expect(await followers()).toBe(1);
    expect(there.received.some(({ body }) => JSON.stringify(body).includes('hedgehogs'))).toBe(false);
  });

  test('that nobody has heard of, with all that is a part of it', async () => {
    expect([await unsigned('bad.example'), await unsigned('a.bad.example')]).toEqual([401, 401]);
    await here.em().getConnection().execute(`insert into neighbour (host) values ('old.bad.example:8443')`);
    const { text } = await ana.get(`${PAGE}/block?host=${encodeURIComponent(' https://Bad.Example/@mal ')}`);
    expect(text).toContain('name="host" value="bad.example"');
    await ana.submit(`${PAGE}/block`, { host: 'bad.example' });
    for (const host of ['bad.example', 'a.bad.example', 'bad.example:8443', 'a.bad.example.'])
      expect(await unsigned(host), host).toBe(403);
    expect(await unsigned('notbad.example')).toBe(401);
    expect(await said('old.bad.example:8443')).toMatch(/Blocked together with bad\.example/);
  });

  test('whose people and messages go with it, and nobody else’s', async () => {
    const gone = ['spam.example', 'a.spam.example', 'spam.example:8443', 'b.spam.example:80'];
    const stay = ['notspam.example', 'example', 'spam.example.org'];
    const hosts = `array['${[...gone, ...stay].join("','")}']`;
    const all = here.em().getConnection();
    await all.execute(`insert into remote_actor (uri, host, type, handle, name, inbox)
      select 'https://' || h || '/u', h, 'Person', 'u', 'U', 'https://' || h || '/i' from unnest(${hosts}) h`);
    await all.execute(
      `insert into follower (actor, follower, activity) select 'x', 'https://' || h || '/u', 'https://' || h || '/f' from unnest(${hosts}) h`,
    );
    await all.execute(`insert into delivery (activity_id, inbox, host, due_at)
      select (select id from sent_activity limit 1), 'https://' || h || '/i', h, 'infinity' from unnest(${hosts}) h`);
    await ana.submit(`${PAGE}/block`, { host: 'spam.example' });
    const left = async (table: string, column: string) =>
      (
        await all.execute<{ of: string }[]>(
          `select ${column} as of from ${table} where ${column} like '%example%' order by 1`,
        )
      ).map((each) => new URL(each.of.includes('//') ? each.of : `https://${each.of}`).host);
    expect(await left('delivery', 'host')).toEqual(stay.toSorted());
    expect((await left('follower', 'follower')).toSorted()).toEqual(stay.toSorted());
    await all.execute(`delete from delivery where due_at = 'infinity'`);
  });

  test.each([
    ['', 'host'],
    ['not a server', 'host'],
    ['example', 'host'],
    ['https://', 'host'],
    ['bad..example', 'host'],
    ['x'.repeat(600), 'tooLong'],
  ] as const)('but not what is none: "%s"', async (typed, error) => {
    for (const { status, text } of [
      await ana.get(`${PAGE}/block?host=${encodeURIComponent(typed)}`),
      await ana.submit(`${PAGE}/block`, { host: typed }),
    ]) {
      expect(status).toBe(422);
      expect(text).toContain(onPage('en', `errors:${error}`, { max: 500 }));
      expect(text).toContain(`value="${typed}"`);
    }
  });

  test('and never this one', async () => {
    const { status, text } = await ana.submit(`${PAGE}/block`, { host: here.url });
    expect(status).toBe(422);
    expect(text).toContain(onPage('en', 'errors:ownHost'));
  });
});

test('Twenty servers stand on a page', async () => {
  await here
    .em()
    .getConnection()
    .execute(`insert into neighbour (host) select 's' || n || '.example' from generate_series(1, 41) n`);
  expect((await page()).match(/<li class="engine">/g)).toHaveLength(20);
  const second = await page(`${PAGE}?page=2`);
  expect(second.match(/<li class="engine">/g)).toHaveLength(20);
  expect(second).toContain(`href="${PAGE}?page=3"`);
  expect((await ana.get(`${PAGE}?page=9`)).status).toBe(404);
});
