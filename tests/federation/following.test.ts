import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { agree, readObject, startFederated } from '../support/federation/federated.ts';
import { startPeer, type Peer, type PeerActor } from '../support/federation/peer.ts';
import type { ApiPerson, TestPlatform } from '../support/polyphony.ts';

let here: TestPlatform;
let there: Peer;
let ada: ApiPerson;
let eva: PeerActor;
let space: string;

beforeAll(async () => {
  here = await startFederated();
  there = await startPeer();
  ada = await here.person('Ada', { language: 'en' });
  await agree(here.em(), ada.id);
  eva = there.actor('eva');
  space = `${here.url}/s/climate`;
});

afterAll(async () => {
  await there.close();
  await here.stop();
});

describe('a theme is followed from elsewhere', () => {
  test('it is found by its handle, and shows itself', async () => {
    const { host } = new URL(here.url);
    const found = await readObject(`${here.url}/.well-known/webfinger?resource=acct:climate@${host}`);
    expect(found.body).toMatchObject({ subject: `acct:climate@${host}`, links: [{ rel: 'self', href: space }, {}] });
    const { type, body } = await readObject(space);
    expect(type).toContain('application/activity+json');
    expect(body).toMatchObject({ id: space, type: 'Group', preferredUsername: 'climate', inbox: `${space}/inbox` });
    expect(Object.keys(body.nameMap)[0]).toBe('en');
    expect(body.publicKey.publicKeyPem).toContain('BEGIN PUBLIC KEY');
    const browser = await fetch(space, { headers: { Accept: 'text/html,*/*' }, redirect: 'manual' });
    expect(browser.status).toBe(302);
  });

  test('who asks to follow is accepted, and counted', async () => {
    const ask = eva.activity('Follow', space);
    expect(await eva.send(`${space}/inbox`, ask)).toBe(202);
    const accept = await there.next(({ type }) => type === 'Accept');
    expect(accept).toMatchObject({ actor: space, object: { id: ask['id'], type: 'Follow', actor: eva.uri } });
    expect(there.received[0]?.path).toBe('/users/eva/inbox');
    expect((await readObject(`${space}/followers`)).body.totalItems).toBe(1);
  });

  test('an idea of somebody who agreed comes as its author said it, and as its theme announces it', async () => {
    const posted = await ada.api('POST', '/spaces/climate/ideas', {
      title: 'Trees in every street',
      body: 'Shade **helps**. See [why](https://example.org/x).',
      language: 'en',
    });
    const uri = `${here.url}/o/${posted.body.id}`;
    const announced = await there.next(({ type, object }) => type === 'Announce' && object?.type === 'Create');
    expect(announced).toMatchObject({
      actor: space,
      object: {
        actor: `${here.url}/u/ada`,
        object: {
          id: uri,
          type: 'Page',
          name: 'Trees in every street',
          attributedTo: `${here.url}/u/ada`,
          audience: space,
        },
      },
    });
    expect(announced.object.object.content).toContain('<a href="https://example.org/x"');
    expect(announced.object.object.contentMap).toEqual({ en: announced.object.object.content });
    await there.next(({ type, object }) => type === 'Announce' && object === uri);
    expect((await readObject(uri)).body).toMatchObject({ id: uri, type: 'Page', tag: [], attachment: [] });
  });

  test('an idea of somebody who did not agree stays here', async () => {
    const ben = await here.person('Ben');
    const posted = await ben.api('POST', '/spaces/climate/ideas', {
      title: 'My own business',
      body: 'Nobody elsewhere reads this.',
      language: 'en',
    });
    expect((await readObject(`${here.url}/o/${posted.body.id}`)).status).toBe(404);
    expect((await readObject(`${here.url}/u/ben`)).status).toBe(404);
    const { host } = new URL(here.url);
    expect((await readObject(`${here.url}/.well-known/webfinger?resource=acct:ben@${host}`)).status).toBe(404);
    await here.person('Cid').then(async (cid) => {
      await agree(here.em(), cid.id);
      await cid.api('POST', '/spaces/climate/ideas', {
        title: 'After that',
        body: 'This one may go everywhere.',
        language: 'en',
      });
    });
    await there.next(({ type, object }) => type === 'Announce' && object?.object?.name === 'After that');
    expect(JSON.stringify(there.received)).not.toContain('My own business');
  });

  test('a change is an update, and a withdrawal leaves a tombstone', async () => {
    const posted = await ada.api('POST', '/spaces/climate/ideas', {
      title: 'First words',
      body: 'They will be better soon.',
      language: 'en',
    });
    const { id } = posted.body;
    await there.next(({ object }) => object?.object?.name === 'First words');
    await ada.api(
      'PATCH',
      `/ideas/${id}`,
      { title: 'Second words', body: 'They are better now.' },
      { 'If-Match': posted.headers.get('ETag') ?? '' },
    );
    await there.next(({ object }) => object?.type === 'Update' && object.object?.name === 'Second words');
    await ada.api('DELETE', `/ideas/${id}`);
    const gone = await there.next(
      ({ object }) => object?.type === 'Delete' && object.object?.id === `${here.url}/o/${id}`,
    );
    expect(gone.object.object).toMatchObject({ type: 'Tombstone', formerType: 'Page' });
    const { status, body } = await readObject(`${here.url}/o/${id}`);
    expect([status, body.type]).toEqual([410, 'Tombstone']);
  });

  test('a server that is away gets it later, in order', async () => {
    there.answerWith(503);
    await ada.api('POST', '/spaces/climate/ideas', {
      title: 'While you were out',
      body: 'One of two.',
      language: 'en',
    });
    const outbox = async () => (await readObject(`${space}/outbox?before=now`)).body.orderedItems;
    await expect.poll(async () => JSON.stringify(await outbox())).toContain('While you were out');
    await expect
      .poll(async () => (await here.em().getConnection().execute('select 1 from neighbour where failures > 0')).length)
      .toBe(1);
    there.answerWith(null);
    await here.em().getConnection().execute('update neighbour set next_try_at = now()');
    await there.next(({ object }) => object?.object?.name === 'While you were out');
  });

  test('who takes it back hears nothing more', async () => {
    const ask = eva.activity('Follow', space);
    await eva.send(`${here.url}/inbox`, eva.activity('Undo', ask));
    expect((await readObject(`${space}/followers`)).body.totalItems).toBe(0);
  });
});
