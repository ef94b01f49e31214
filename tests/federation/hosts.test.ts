import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { agree, readObject, startFederated } from '../support/federation/federated.ts';
import { forge } from '../support/federation/forged.ts';
import { startPeer, type Peer, type PeerActor } from '../support/federation/peer.ts';
import type { TestPlatform } from '../support/polyphony.ts';

let here: TestPlatform;
let host: string;
let there: Peer;
let eva: PeerActor;
let climate: string;

beforeAll(async () => {
  here = await startFederated();
  host = new URL(here.url).host;
  there = await startPeer();
  eva = there.actor('eva');
  climate = `${here.url}/s/climate`;
});

afterAll(async () => {
  await there.close();
  await here.stop();
});

const run = (text: string, values: unknown[] = []) => here.em().getConnection().execute(text, values);

const block = (name: string) =>
  run(`insert into neighbour (host, state) values (?, 'blocked') on conflict (host) do update set state = 'blocked'`, [
    name,
  ]);

const TABLES = ['received_activity', 'remote_actor', 'follower', 'neighbour', 'delivery', 'sent_activity'];
const rowsThere = () => Promise.all(TABLES.map((table) => run(`select count(*)::int as ${table} from ${table}`)));

describe('a server that an administrator blocked', () => {
  test('is refused with all it is made of, and leaves no trace', async () => {
    await block('blocked.example');
    const before = await rowsThere();
    const status = (name: string) => {
      const actor = `http://${name}/users/x`;
      return eva.send(`${climate}/inbox`, eva.activity('Follow', climate, { id: `http://${name}/1`, actor }));
    };
    for (const name of [
      'blocked.example',
      'news.blocked.example',
      'a.b.blocked.example',
      'blocked.example:8443',
      'news.blocked.example:8443',
      'BLOCKED.example',
      'blocked.example.',
      'news.blocked.example.:8443',
    ])
      expect([name, await status(name)]).toEqual([name, 403]);
    for (const name of ['notblocked.example', 'blocked.example.org', 'example'])
      expect([name, await status(name)]).toEqual([name, 401]);
    expect(await rowsThere()).toEqual(before);
  });

  test('is asked for nothing, and told nothing', async () => {
    const kim = there.actor('kim');
    expect(await kim.send(`${climate}/inbox`, kim.activity('Follow', climate))).toBe(202);
    await there.next(({ type }) => type === 'Accept');
    // It has arrived there; that it has is noted here a moment later.
    await expect.poll(() => run('select 1 from delivery')).toEqual([]);
    await block(there.host);
    const [before, asked] = [await rowsThere(), there.requests()];
    expect(await eva.send(`${climate}/inbox`, eva.activity('Follow', climate))).toBe(403);
    expect(await eva.send(`${climate}/inbox`, eva.activity('Delete', eva.uri))).toBe(403);
    expect(await kim.send(`${climate}/inbox`, kim.activity('Undo', climate))).toBe(403);
    expect(await rowsThere()).toEqual(before);
    const ada = await here.person('Ada');
    await agree(here.em(), ada.id);
    await ada.api('POST', '/spaces/climate/ideas', { title: 'Not for them', body: 'For all others.', language: 'en' });
    const told = async () => JSON.stringify((await readObject(`${climate}/outbox?before=now`)).body.orderedItems);
    await expect.poll(told).toContain('Not for them');
    expect(await run('select 1 from delivery')).toEqual([]);
    expect(there.requests()).toBe(asked);
    await run(`update neighbour set state = 'known' where host = ?`, [there.host]);
  });

  test('takes what is on the way to its parts with it', async () => {
    const asked = there.requests();
    const id = crypto.randomUUID();
    await block('localhost');
    const body = JSON.stringify({ id: `${here.url}/a/${id}`, type: 'Announce', actor: climate });
    await run(`insert into sent_activity (id, actor, type, body, is_listed) values (?, ?, 'Announce', ?, false)`, [
      id,
      climate,
      body,
    ]);
    await run('insert into delivery (activity_id, inbox, host) values (?, ?, ?)', [id, eva.inbox, there.host]);
    await expect.poll(() => run('select 1 from delivery where activity_id = ?', [id])).toEqual([]);
    expect(there.requests()).toBe(asked);
    await run(`delete from neighbour where host = 'localhost'`);
  });
});

describe('handles', () => {
  const ask = (resource: string, headers: Record<string, string> = {}) =>
    forge(`${here.url}/.well-known/webfinger?resource=${encodeURIComponent(resource)}`, { method: 'GET', headers });

  test('are of this server, whatever it is called by who asks', async () => {
    const evil = { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' };
    const { status, text } = await ask(`acct:climate@${host}`, evil);
    expect([status, JSON.parse(text).subject, text.includes('evil')]).toEqual([200, `acct:climate@${host}`, false]);
    for (const resource of [
      'acct:climate@evil.example',
      'acct:climate@localhost',
      `acct:climate@${host}.evil.example`,
      `acct:climate@evil.example@${host}`,
      'https://evil.example/s/climate',
      `${here.url}.evil.example/s/climate`,
      `${here.url}/s/climate/inbox`,
      `${here.url}/spaces/climate`,
      'climate',
    ])
      expect([resource, (await ask(resource, evil)).status]).toEqual([resource, 404]);
    expect((await forge(`${here.url}/.well-known/webfinger`, { method: 'GET' })).status).toBe(400);
    const twice = `resource=acct:climate@${host}&resource=acct:x@evil.example`;
    expect((await forge(`${here.url}/.well-known/webfinger?${twice}`, { method: 'GET' })).status).toBe(400);
  });

  test('tell nobody who is here and did not agree, was blocked or erased', async () => {
    const [ben, cleo, dora, ada] = await Promise.all(['Ben', 'Cleo', 'Dora', 'Finn'].map((name) => here.person(name)));
    for (const each of [cleo, dora, ada]) await agree(here.em(), each?.id ?? '');
    await run('update person set blocked_at = now() where id = ?', [cleo?.id]);
    await run('update person set erased_at = now() where id = ?', [dora?.id]);
    expect(ben).toBeDefined();
    const seen = async (handle: string) => {
      const found = await ask(`acct:${handle}@${host}`);
      const byUri = await ask(`${here.url}/u/${handle}`);
      const actor = await forge(`${here.url}/u/${handle}`, {
        method: 'GET',
        headers: { Accept: 'application/activity+json' },
      });
      const outbox = await forge(`${here.url}/u/${handle}/outbox`, { method: 'GET' });
      const followers = await forge(`${here.url}/u/${handle}/followers`, { method: 'GET' });
      const door = await forge(`${here.url}/u/${handle}/inbox`, { body: '{}' });
      return [found, byUri, actor, outbox, followers, door].map(({ status, text, headers }) => [
        status,
        text.replaceAll(handle, ''),
        Object.keys(headers).filter((name) => name !== 'date'),
      ]);
    };
    const nobody = await seen('nobody-at-all');
    for (const handle of ['ben', 'cleo', 'dora']) expect(await seen(handle)).toEqual(nobody);
    expect((await seen('finn'))[0]?.[0]).toBe(200);
  });

  test('of people are not those of themes or of the server', async () => {
    await expect(here.person('Climate')).rejects.toThrow('errors:invalid');
    await expect(here.person('Server')).rejects.toThrow('errors:invalid');
    await expect(here.person('Translator')).rejects.toThrow('errors:invalid');
    for (const [name, type] of [
      ['climate', 'Group'],
      ['server', 'Application'],
      ['translator', 'Application'],
    ] as const) {
      const { links } = JSON.parse((await ask(`acct:${name}@${host}`)).text);
      expect((await readObject(links[0].href)).body).toMatchObject({ type, preferredUsername: name });
    }
  });
});
