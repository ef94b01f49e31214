import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readObject, startFederated } from '../support/federation/federated.ts';
import { forge, signedByRfc9421 } from '../support/federation/forged.ts';
import { startPeer, type Peer, type PeerActor, type SendOptions } from '../support/federation/peer.ts';
import type { TestPlatform } from '../support/polyphony.ts';

// Eva, on another server, follows a theme. Mallory wants things to happen in her name.

const HOURS_2 = 7_200_000;
const MEGABYTE = 1_048_576;

let here: TestPlatform;
let there: Peer;
let elsewhere: Peer;
let eva: PeerActor;
let mallory: PeerActor;
let stranger: PeerActor;
let climate: string;
let energy: string;

beforeAll(async () => {
  here = await startFederated();
  there = await startPeer();
  elsewhere = await startPeer();
  eva = there.actor('eva');
  mallory = there.actor('mallory');
  stranger = elsewhere.actor('stranger');
  climate = `${here.url}/s/climate`;
  energy = `${here.url}/s/economy`;
});

afterAll(async () => {
  await there.close();
  await elsewhere.close();
  await here.stop();
});

// oxlint-disable-next-line no-explicit-any -- rows of any table
const rowsOf = (text: string, values: unknown[] = []): Promise<any[]> =>
  here.em().getConnection().execute(text, values);

const countOf = async (rest: string, values: unknown[] = []): Promise<number> =>
  (await rowsOf(`select count(*)::int as count from ${rest}`, values))[0].count;

const follows = (actor: PeerActor) => countOf('follower where follower = ?', [actor.uri]);

const acceptsOf = async (id: unknown) =>
  countOf(`sent_activity where type = 'Accept' and body->'object'->>'id' = ?`, [id]);

describe('who signed what', () => {
  const wrong: Record<string, () => SendOptions> = {
    'is not signed': () => ({ signed: false }),
    'is signed with the key of Mallory under the name of Eva': () => ({ as: mallory, keyId: `${eva.uri}#main-key` }),
    'is signed by Mallory': () => ({ as: mallory }),
    'is signed by somebody of another server': () => ({ as: stranger }),
    'was changed on its way': () => ({
      tampered: JSON.stringify({ ...eva.activity('Follow', climate), summary: 'x' }),
    }),
    'has no digest': () => ({ digest: false }),
    'is two hours old': () => ({ date: new Date(Date.now() - HOURS_2) }),
    'comes from the day after tomorrow': () => ({ date: new Date(Date.now() + 24 * HOURS_2) }),
    'names a key that is nowhere': () => ({ keyId: `${there.url}/users/nobody#main-key` }),
    'names a key that is no address': () => ({ keyId: 'the key of Eva' }),
  };
  test.each(Object.keys(wrong))('what %s is refused', async (what) => {
    const sent = await eva.send(`${climate}/inbox`, eva.activity('Follow', climate), wrong[what]?.() ?? {});
    expect(sent).toBe(401);
    expect(await follows(eva)).toBe(0);
    expect(await countOf('received_activity')).toBe(0);
  });

  test('a digest that was not signed proves nothing', async () => {
    const body = JSON.stringify(eva.activity('Follow', climate));
    const date = new Date().toUTCString();
    const { pathname, host } = new URL(`${climate}/inbox`);
    const signature = eva.sign(`(request-target): post ${pathname}\nhost: ${host}\ndate: ${date}`);
    const headers = {
      Date: date,
      Digest: `SHA-256=${createHash('sha256').update(body).digest('base64')}`,
      Signature: `keyId="${eva.uri}#main-key",algorithm="rsa-sha256",headers="(request-target) host date",signature="${signature}"`,
    };
    expect((await forge(`${climate}/inbox`, { headers, body })).status).toBe(401);
    expect(await follows(eva)).toBe(0);
  });

  test.each([
    ['nothing of the words', ['@method', '@target-uri'], 401],
    ['not where they go', ['@method', 'content-digest'], 401],
    ['not what is done', ['@target-uri', 'content-digest'], 401],
    ['all of it', ['@method', '@target-uri', 'content-digest'], 202],
  ])('the newer way of signing counts where it covers %s: %s, %i', async (_what, parts, status) => {
    const inbox = `${climate}/inbox`;
    const body = JSON.stringify(stranger.activity('Follow', climate));
    const headers = signedByRfc9421(stranger, { inbox, body, parts });
    expect((await forge(inbox, { headers, body })).status).toBe(status);
    expect(await follows(stranger)).toBe(status === 202 ? 1 : 0);
  });

  test('several who are said to act are nobody', async () => {
    for (const actor of [[eva.uri, stranger.uri], [stranger.uri, eva.uri], [], {}, null])
      expect(await eva.send(`${climate}/inbox`, { ...eva.activity('Follow', climate), actor })).toBe(400);
    expect(await follows(eva)).toBe(0);
  });

  test('an activity has its address on the server of its actor', async () => {
    const id = `${elsewhere.url}/activities/1`;
    expect(await eva.send(`${climate}/inbox`, { ...eva.activity('Follow', climate), id })).toBe(401);
    expect(await countOf('received_activity where uri = ?', [id])).toBe(0);
  });

  test('nobody is asked for a key who is not of the server of its actor', async () => {
    const before = elsewhere.fetched();
    const keyId = `${stranger.uri}#another-key`;
    expect(await eva.send(`${climate}/inbox`, eva.activity('Follow', climate), { keyId })).toBe(401);
    expect(elsewhere.fetched()).toBe(before);
  });

  test('unsigned floods in the name of a server do not use up what it may say', async () => {
    for (let time = 0; time < 3; time++)
      await eva.send(`${climate}/inbox`, eva.activity('Follow', climate), { signed: false });
    expect(await countOf('rate where bucket like ?', [`inbox:${there.host}/%`])).toBe(0);
  });
});

describe('keys and their owners', () => {
  const publish = (id: string, more: Record<string, unknown>) =>
    there.publish({
      '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
      id,
      ...more,
    });
  const pemOf = async (actor: PeerActor) => (await readObject(actor.uri)).body.publicKey.publicKeyPem;

  test('a key that says it is Eva’s is not, where Eva does not show it', async () => {
    const keyId = `${there.url}/uploads/key`;
    publish(keyId, { type: 'Key', owner: eva.uri, publicKeyPem: await pemOf(mallory) });
    expect(await eva.send(`${climate}/inbox`, eva.activity('Follow', climate), { as: mallory, keyId })).toBe(401);
    expect(await follows(eva)).toBe(0);
  });

  test('a document elsewhere on her server that says it is Eva is not her', async () => {
    const place = `${there.url}/uploads/eva`;
    const keyId = `${place}#main-key`;
    const publicKey = { id: keyId, owner: eva.uri, publicKeyPem: await pemOf(mallory) };
    const { body } = await readObject(eva.uri);
    there.publish({ ...body, id: place, publicKey });
    expect(await eva.send(`${climate}/inbox`, eva.activity('Follow', climate), { as: mallory, keyId })).toBe(401);
    there.publishAt(place, { ...body, publicKey });
    expect(await eva.send(`${climate}/inbox`, eva.activity('Follow', climate), { as: mallory, keyId })).toBe(401);
    expect(await follows(eva)).toBe(0);
  });

  test('another server’s key that names Eva as its owner is not hers', async () => {
    const { body } = await readObject(stranger.uri);
    const liar = elsewhere.actor('liar', {
      publicKey: {
        id: `${elsewhere.url}/users/liar#main-key`,
        owner: eva.uri,
        publicKeyPem: body.publicKey.publicKeyPem,
      },
    });
    const keyId = `${liar.uri}#main-key`;
    expect(await eva.send(`${climate}/inbox`, eva.activity('Follow', climate), { as: stranger, keyId })).toBe(401);
    expect(await stranger.send(`${climate}/inbox`, liar.activity('Follow', climate), { keyId })).toBe(401);
    expect(await follows(eva)).toBe(0);
  });

  test('a key may stand at an address of its own, as GoToSocial has it', async () => {
    const goto = there.actor('goto');
    const keyId = `${goto.uri}/main-key`;
    const { body } = await readObject(goto.uri);
    const actor = { ...body, publicKey: { ...body.publicKey, id: keyId } };
    there.publish(actor);
    there.publishAt(keyId, { id: goto.uri, type: 'Person', publicKey: actor.publicKey, '@context': body['@context'] });
    expect(await goto.send(`${climate}/inbox`, goto.activity('Follow', climate), { keyId })).toBe(202);
    expect(await follows(goto)).toBe(1);
  });

  test('Eva changes her key: the new one counts, the old one no more', async () => {
    const nora = there.actor('nora');
    expect(await nora.send(`${climate}/inbox`, nora.activity('Follow', climate))).toBe(202);
    const thief = nora.changeKey();
    expect(await nora.send(`${energy}/inbox`, nora.activity('Follow', energy))).toBe(202);
    expect(await follows(nora)).toBe(2);
    const undo = nora.activity('Undo', { type: 'Follow', actor: nora.uri, object: climate });
    expect(await nora.send(`${climate}/inbox`, undo, { as: thief })).toBe(401);
    expect(await follows(nora)).toBe(2);
  });
});

describe('what was done, and by whom', () => {
  test('what comes again, at once or later, at this door or another, is done once', async () => {
    const rita = there.actor('rita');
    const ask = rita.activity('Follow', climate);
    const doors = [`${climate}/inbox`, `${here.url}/inbox`, `${climate}/inbox`, `${climate}/inbox`];
    expect(await Promise.all(doors.map((door) => rita.send(door, ask)))).toEqual([202, 202, 202, 202]);
    expect(await rita.send(`${energy}/inbox`, ask)).toBe(202);
    expect([await follows(rita), await acceptsOf(ask['id'])]).toEqual([1, 1]);
    const words = { ...ask, object: energy };
    expect(await rita.send(`${energy}/inbox`, words)).toBe(202);
    expect(await follows(rita)).toBe(1);
  });

  test('only Eva takes back what Eva did', async () => {
    const ask = eva.activity('Follow', climate);
    expect(await eva.send(`${climate}/inbox`, ask)).toBe(202);
    for (const undone of [
      ask,
      ask['id'],
      { ...ask, actor: mallory.uri },
      { ...ask, actor: undefined },
      [ask],
      [ask, ask],
    ]) {
      await mallory.send(`${climate}/inbox`, mallory.activity('Undo', undone));
      await stranger.send(`${climate}/inbox`, stranger.activity('Undo', undone));
      expect(await follows(eva)).toBe(1);
    }
    expect(await eva.send(`${climate}/inbox`, eva.activity('Undo', ask))).toBe(202);
    expect(await follows(eva)).toBe(0);
  });

  test('who takes back one of two follows, by its address alone, keeps the other', async () => {
    const olga = there.actor('olga');
    const ask = olga.activity('Follow', climate);
    await olga.send(`${climate}/inbox`, ask);
    await olga.send(`${energy}/inbox`, olga.activity('Follow', energy));
    await olga.send(`${here.url}/inbox`, olga.activity('Undo', ask['id']));
    expect(await rowsOf('select actor from follower where follower = ?', [olga.uri])).toEqual([{ actor: energy }]);
    await olga.send(`${here.url}/inbox`, olga.activity('Undo', { type: 'Follow', actor: olga.uri }));
    expect(await follows(olga)).toBe(1);
  });

  test('nobody deletes somebody else', async () => {
    await eva.send(`${climate}/inbox`, eva.activity('Follow', climate));
    expect(await mallory.send(`${climate}/inbox`, mallory.activity('Delete', eva.uri))).toBe(202);
    expect(await mallory.send(`${climate}/inbox`, mallory.activity('Delete', { id: eva.uri, type: 'Tombstone' }))).toBe(
      202,
    );
    expect(await follows(eva)).toBe(1);
  });
});

describe('somebody who is gone', () => {
  test('of whom nothing is known may say so, though no key is left', async () => {
    const gone = there.actor('gone');
    there.unpublish(gone.uri);
    expect(await gone.send(`${here.url}/inbox`, gone.activity('Delete', gone.uri))).toBe(202);
    expect(await countOf('remote_actor where uri = ?', [gone.uri])).toBe(0);
    expect(await gone.send(`${here.url}/inbox`, gone.activity('Follow', climate))).toBe(401);
  });

  test('who is still there is not gone because somebody says so', async () => {
    const lena = there.actor('lena');
    await lena.send(`${climate}/inbox`, lena.activity('Follow', climate));
    expect(await lena.send(`${here.url}/inbox`, lena.activity('Delete', lena.uri), { signed: false })).toBe(401);
    there.unpublish(lena.uri, 404);
    expect(await lena.send(`${here.url}/inbox`, lena.activity('Delete', lena.uri), { signed: false })).toBe(401);
    expect(await follows(lena)).toBe(1);
  });

  test('who followed is forgotten, also where their key can be looked up no more', async () => {
    const pia = there.actor('pia');
    await pia.send(`${climate}/inbox`, pia.activity('Follow', climate));
    const named = async () => (await rowsOf('select name, handle from remote_actor where uri = ?', [pia.uri]))[0];
    expect(await named()).toEqual({ name: 'pia', handle: 'pia' });
    there.unpublish(pia.uri);
    const late = { keyId: `${pia.uri}#a-key-nobody-has-seen` };
    expect(await pia.send(`${here.url}/inbox`, pia.activity('Delete', pia.uri), late)).toBe(202);
    expect([await follows(pia), await named()]).toEqual([0, { name: '', handle: '' }]);
  });
});

describe('what is no activity', () => {
  const inbox = () => `${climate}/inbox`;

  test.each([
    '',
    '{',
    '[]',
    'null',
    '"Follow"',
    '7',
    '{}',
    '{"type":"Follow"}',
    '{"id":"x","type":"Follow","actor":"y"}',
  ])('is malformed: %s', async (body) => {
    const answer = await forge(inbox(), { body, headers: { 'Content-Type': 'application/activity+json' } });
    expect(answer.status).toBe(400);
    expect(await eva.send(inbox(), {}, { tampered: body })).toBe(400);
  });

  test('more than a megabyte is not read, whether its length is said or not', async () => {
    const { requests } = { requests: there.fetched() };
    const content = 'x'.repeat(MEGABYTE);
    const body = JSON.stringify(eva.activity('Follow', climate, { content }));
    expect((await forge(inbox(), { headers: { 'Content-Length': String(body.length) }, body })).status).toBe(413);
    expect((await forge(inbox(), { body: [body.slice(0, MEGABYTE), body.slice(MEGABYTE)] })).status).toBe(413);
    expect(there.fetched()).toBe(requests);
  });

  test('just below a megabyte is read', async () => {
    const bea = there.actor('bea');
    const content = 'x'.repeat(MEGABYTE - 1_000);
    expect(await bea.send(inbox(), bea.activity('Follow', climate, { content }))).toBe(202);
    expect(await follows(bea)).toBe(1);
    const [{ body }] = await rowsOf(`select body from sent_activity where body->'object'->>'actor' = ?`, [bea.uri]);
    expect(JSON.stringify(body).length).toBeLessThan(1_000);
  });

  test('an inbox of nobody takes nothing', async () => {
    for (const door of ['/s/nowhere/inbox', '/u/nobody/inbox'])
      expect(await eva.send(`${here.url}${door}`, eva.activity('Follow', climate))).toBe(404);
  });

  test('what is asked for with a whole address, as of a proxy, is answered', async () => {
    const answer = await forge(inbox(), { target: inbox(), body: JSON.stringify(eva.activity('Follow', climate)) });
    expect(answer.status).toBe(401);
  });
});
