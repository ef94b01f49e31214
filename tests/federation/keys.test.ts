import { createPublicKey, createSign, createVerify } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { federation } from '../../src/edges/federation/federation.command.ts';
import { signingKey } from '../../src/edges/federation/keys.ts';
import type { Operator } from '../../src/services/house/command.ts';
import { agree, FEDERATED, readObject, startFederated } from '../support/federation/federated.ts';
import { startPeer, type Peer } from '../support/federation/peer.ts';
import type { TestPlatform } from '../support/polyphony.ts';

let here: TestPlatform;
let there: Peer;
let climate: string;

beforeAll(async () => {
  here = await startFederated();
  there = await startPeer();
  climate = `${here.url}/s/climate`;
});
afterAll(async () => {
  await there.close();
  await here.stop();
});

// oxlint-disable-next-line no-explicit-any -- rows of any table
const run = (text: string, values: unknown[] = []): Promise<any[]> => here.em().getConnection().execute(text, values);

describe('the keys that others know us by', () => {
  test('lie sealed: no row of any table shows one', async () => {
    const ada = await here.person('Ada');
    await agree(here.em(), ada.id);
    const eva = there.actor('eva');
    await eva.send(`${climate}/inbox`, eva.activity('Follow', climate));
    await ada.api('POST', '/spaces/climate/ideas', {
      title: 'Signed',
      body: 'By its author and its theme.',
      language: 'en',
    });
    await there.next(({ type, object }) => type === 'Announce' && object?.object?.name === 'Signed');
    there.answerWith(503);
    await ada.api('POST', '/spaces/climate/ideas', {
      title: 'Waits',
      body: 'On its way, signed when it goes.',
      language: 'en',
    });
    await expect.poll(() => run('select 1 from delivery where tries > 0')).not.toEqual([]);
    const { privatePem } = await signingKey(here.em(), climate, FEDERATED.SECRET);
    const [, secretLine = ''] = privatePem.split('\n');
    expect(secretLine).toHaveLength(64);
    for (const table of ['actor_key', 'sent_activity', 'delivery', 'neighbour', 'remote_actor', 'received_activity']) {
      const all = JSON.stringify(await run(`select * from ${table}`));
      expect([table, /PRIVATE KEY|privateKey/i.test(all), all.includes(secretLine)]).toEqual([table, false, false]);
    }
    expect((await run('select 1 from actor_key')).length).toBeGreaterThan(1);
    there.answerWith(null);
  });

  test('open for their actor and with the secret alone', async () => {
    const [energy, health] = [`${here.url}/s/economy`, `${here.url}/s/health`];
    await signingKey(here.em(), energy, FEDERATED.SECRET);
    await expect(signingKey(here.em(), energy, 'another secret of thirty-two characters')).rejects.toThrow(
      /unable to authenticate/i,
    );
    await run('update actor_key set actor = ? where actor = ?', [health, energy]);
    await expect(signingKey(here.em(), health, FEDERATED.SECRET)).rejects.toThrow(/unable to authenticate/i);
    await run('delete from actor_key where actor = ?', [health]);
  });

  test('do not open where a bit was changed', async () => {
    const actor = `${here.url}/s/digital`;
    await signingKey(here.em(), actor, FEDERATED.SECRET);
    const [{ sealed }] = await run('select sealed from actor_key where actor = ?', [actor]);
    const bytes = Buffer.from(sealed, 'base64');
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    await run('update actor_key set sealed = ? where actor = ?', [bytes.toString('base64'), actor]);
    await expect(signingKey(here.em(), actor, FEDERATED.SECRET)).rejects.toThrow(/unable to authenticate/i);
    await run('delete from actor_key where actor = ?', [actor]);
  });

  test('sign what the shown half confirms', async () => {
    const actor = `${here.url}/s/migration`;
    const { id, privatePem, publicPem } = await signingKey(here.em(), actor, FEDERATED.SECRET);
    const { publicKey } = (await readObject(actor)).body;
    expect(publicKey).toEqual({ id, owner: actor, publicKeyPem: publicPem });
    const signature = createSign('sha256').update('x').sign(privatePem);
    const isProven = (words: string) =>
      createVerify('sha256').update(words).verify(createPublicKey(publicKey.publicKeyPem), signature);
    expect([isProven('x'), isProven('y')]).toEqual([true, false]);
  });

  test('are made anew by an operator; the old ones sign nothing from then on', async () => {
    const { house } = here.running;
    const before = await signingKey(here.em(), climate, FEDERATED.SECRET);
    const operator: Operator = { withDatabase: (work) => work(house.database, house.settings) };
    expect(await federation(['rotate-keys'], operator)).toBe(0);
    const after = await signingKey(here.em(), climate, FEDERATED.SECRET);
    expect([before.id, after.id]).toEqual([`${climate}#main-key`, `${climate}#main-key-2`]);
    expect(after.publicPem).not.toBe(before.publicPem);
  });
});
