import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startFederated } from '../support/federation/federated.ts';
import { startPeer, type Peer, type PeerActor } from '../support/federation/peer.ts';
import type { TestPlatform } from '../support/polyphony.ts';

// Documents of other servers that are odd, by mistake or on purpose: none of them breaks a door, and none says more than it may.

let here: TestPlatform;
let there: Peer;
let eva: PeerActor;
let inbox: string;
let climate: string;

beforeAll(async () => {
  here = await startFederated();
  there = await startPeer();
  eva = there.actor('eva');
  climate = `${here.url}/s/climate`;
  inbox = `${climate}/inbox`;
});

afterAll(async () => {
  await there.close();
  await here.stop();
});

// oxlint-disable-next-line no-explicit-any -- rows of any table
const rowsOf = (text: string, values: unknown[] = []): Promise<any[]> =>
  here.em().getConnection().execute(text, values);

const storedAs = async (actor: PeerActor) =>
  (await rowsOf('select name, handle, inbox, shared_inbox, url from remote_actor where uri = ?', [actor.uri]))[0];

const follow = (actor: PeerActor, more: Record<string, unknown> = {}) =>
  actor.send(inbox, actor.activity('Follow', climate, more));

const AS = 'https://www.w3.org/ns/activitystreams';

describe('activities', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 'x' : { object: nested(depth - 1) });
  const listed = (depth: number): unknown => (depth === 0 ? [] : [listed(depth - 1)]);

  test('that go fifty deep are malformed, thousands deep, too', async () => {
    expect(await eva.send(inbox, eva.activity('Follow', nested(50)))).toBe(400);
    expect(await eva.send(inbox, eva.activity('Follow', climate, { tag: listed(50) }))).toBe(400);
    const body = JSON.stringify(eva.activity('Follow', climate));
    const deep = `${body.slice(0, -1)},"tag":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expect(await eva.send(inbox, {}, { tampered: deep })).toBe(400);
    expect(await eva.send(inbox, eva.activity('Undo', nested(10)))).toBe(202);
  });

  test.each([
    ['a NUL', '\u0000'],
    ['half a character', '\uD83D'],
  ])('with %s in any word are malformed', async (_what, mark) => {
    const before = await rowsOf('select count(*) from received_activity');
    for (const more of [
      { type: `Fol${mark}low` },
      { id: `${there.url}/activities/${mark}` },
      { type: 'Flag', content: `I ${mark} object` },
      { type: 'Flag', tag: [{ [`na${mark}me`]: 'x' }] },
      { object: `${climate}${mark}` },
    ])
      expect(await follow(eva, more)).toBe(400);
    expect(await rowsOf('select count(*) from received_activity')).toEqual(before);
  });

  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf', 'x'.repeat(100)])(
    'of the type %s are set aside',
    async (type) => {
      const activity = eva.activity(type, climate);
      expect(await eva.send(inbox, activity)).toBe(202);
      expect(await rowsOf('select state from received_activity where uri = ?', [activity['id']])).toEqual([
        { state: 'set aside' },
      ]);
    },
  );

  test('whose context gives their words another meaning are read by their words, and signed by who is named', async () => {
    const lola = there.actor('lola');
    const ada = `${here.url}/u/ada`;
    const hero = [AS, { hero: 'as:actor', actor: 'as:summary' }];
    expect(
      await lola.send(inbox, { ...lola.activity('Follow', climate), '@context': hero, actor: ada, hero: lola.uri }),
    ).toBe(401);
    expect(await follow(lola, { '@context': hero, hero: eva.uri })).toBe(202);
    expect(await rowsOf('select follower from follower where follower in (?, ?)', [lola.uri, eva.uri])).toEqual([
      { follower: lola.uri },
    ]);
  });

  test('whose context is somewhere else have nobody fetch it', async () => {
    const before = there.fetched();
    const lotte = there.actor('lotte');
    expect(await follow(lotte, { '@context': [AS, `${there.url}/contexts/own.jsonld`] })).toBe(202);
    expect(there.fetched() - before).toBeLessThanOrEqual(3);
    expect(JSON.stringify(there.asked())).not.toContain('/contexts/');
  });

  test('in five thousand languages are set aside whole', async () => {
    const contentMap = Object.fromEntries(
      Array.from({ length: 5_000 }, (_each, index) => [`x-l${index}`, '<p>Hi</p>']),
    );
    const object = {
      id: `${there.url}/notes/1`,
      type: 'Note',
      attributedTo: eva.uri,
      content: '<p>Hi</p>',
      contentMap,
    };
    expect(await eva.send(inbox, eva.activity('Create', object))).toBe(202);
    expect(await rowsOf('select 1 from subject where origin_host is not null')).toEqual([]);
  });
});

describe('actors', () => {
  test('with a context of their own, as Akkoma has it, may follow, and it is not fetched', async () => {
    const akko = there.actor('akko', { '@context': [AS, `${there.url}/schemas/litepub-0.1.jsonld`] });
    expect(await follow(akko)).toBe(202);
    expect(JSON.stringify(there.asked())).not.toContain('/schemas/');
  });

  test('whose context makes another word say whose key it is are who they are', async () => {
    const { publicKey: _key, ...sec } = { publicKey: 0, 'x:owner': 'https://w3id.org/security#owner' };
    const liar = there.actor('liar', {
      '@context': [AS, 'https://w3id.org/security/v1', { ...sec, owner: 'x:nothing' }],
    });
    expect(await follow(liar)).toBe(202);
    expect(await liar.send(inbox, eva.activity('Follow', climate), { as: liar })).toBe(401);
  });

  test('with a name of nearly a megabyte keep eighty characters of it', async () => {
    const long = there.actor('long', { name: 'é'.repeat(400_000) });
    expect(await follow(long)).toBe(202);
    expect((await storedAs(long)).name).toBe('é'.repeat(80));
    const open = there.actor('open', { name: '<'.repeat(900_000) });
    expect(await follow(open)).toBe(202);
    expect((await storedAs(open)).name).toMatch(/^<{0,80}$|^open$/);
  });

  test('with marks, control characters and directions in their names are plain', async () => {
    const odd = there.actor('odd', {
      name: '<b onclick="x()">Od</b>\u0007d \u202Eeno <script>alert(1)</script>',
      preferredUsername: 'od\u0007d\u202E <x>/',
    });
    expect(await follow(odd)).toBe(202);
    expect(await storedAs(odd)).toMatchObject({ name: 'Odd eno alert(1)', handle: 'oddx' });
  });

  test.each([
    ['a NUL', 'e\u0000va'],
    ['half a character', 'eva\uD83D'],
    ['nothing that is left', '@\u202E'],
  ])('with %s in their names cannot follow', async (what, preferredUsername) => {
    const actor = there.actor(`named-${what.length}`, { preferredUsername });
    expect(await follow(actor)).toBe(401);
    expect(await storedAs(actor)).toBeUndefined();
  });

  test('whose name for others claims another server lose that', async () => {
    const bank = there.actor('bank', { preferredUsername: 'eva@bank.example', name: '\u202Eeva\u2066' });
    expect(await follow(bank)).toBe(202);
    expect((await storedAs(bank)).handle).not.toContain('@');
    expect((await storedAs(bank)).name).toBe('eva');
  });

  test.each([
    ['have their inbox elsewhere', { inbox: 'http://localhost:9/users/x/inbox' }],
    ['say that they are at another address', { id: 'http://localhost:9/users/x' }],
    ['are no actors', { type: 'Note' }],
    ['have no inbox', { inbox: undefined }],
    ['go too deep', { tag: JSON.parse(`${'['.repeat(60)}${']'.repeat(60)}`) }],
  ])('who %s cannot follow', async (what, more) => {
    const actor = there.actor(`bad-${what.length}`);
    there.publishAt(actor.uri, { ...there.shown(actor.uri), ...more });
    expect(await follow(actor)).toBe(401);
    expect(await rowsOf('select 1 from follower where follower = ?', [actor.uri])).toEqual([]);
    expect(
      await rowsOf('select 1 from remote_actor where uri = ? or uri like ?', [actor.uri, 'http://localhost:9/%']),
    ).toEqual([]);
  });

  test('who say that their shared inbox or page is on another server are not believed', async () => {
    const mary = there.actor('mary', {
      endpoints: { sharedInbox: 'http://localhost:9/inbox' },
      url: 'https://bank.example/login',
    });
    expect(await follow(mary)).toBe(202);
    expect(await storedAs(mary)).toMatchObject({ inbox: mary.inbox, shared_inbox: null, url: null });
  });
});
