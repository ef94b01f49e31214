import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readObject, startFederated } from '../support/federation/federated.ts';
import { startPeer, type Peer } from '../support/federation/peer.ts';
import { onPage } from '../support/words.ts';
import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import type { Visitor } from '../support/browser-like.ts';

let here: TestPlatform;
let there: Peer;
let ada: Visitor;

beforeAll(async () => {
  here = await startFederated();
  there = await startPeer();
  const eva = there.actor('eva');
  await eva.send(`${here.url}/inbox`, eva.activity('Follow', `${here.url}/s/climate`));
});

afterAll(async () => {
  await there.close();
  await here.stop();
});

const post = async (visitor: Visitor, title: string): Promise<string> => {
  const posted = await visitor.submit('/en/spaces/climate/ideas/new', {
    ...{ title, body: 'Trees give shade, and shade helps in July.', language: 'en', key: `a key for ${title}` },
  });
  return /ideas\/([0-9a-f-]{36})/.exec(posted.location ?? '')?.[1] ?? '';
};

describe('people decide whether other servers know of them', () => {
  test('somebody who signs in is asked once, and led on', async () => {
    ada = await here.signIn('Ada');
    const again = await ada.get('/en/abroad?to=/en/ideas');
    expect(again.text).toContain(onPage('en', 'federation:consentTitle'));
    const led = await ada.submit('/en/abroad', { federated: '0', to: '/en/ideas' });
    expect(led.location).toBe('/en/ideas');
  });

  test('until they agree nothing of theirs is there for others', async () => {
    const id = await post(ada, 'Shade for the square');
    expect((await readObject(`${here.url}/o/${id}`)).status).toBe(404);
    const me = await ada.get('/en/me');
    expect(me.text).toContain(onPage('en', 'federation:mineNo'));
    await ada.submit('/en/abroad', { federated: '1', to: '/en/me' });
    expect((await readObject(`${here.url}/o/${id}`)).body).toMatchObject({
      type: 'Page',
      name: 'Shade for the square',
    });
    expect((await readObject(`${here.url}/u/ada`)).body).toMatchObject({ type: 'Person', name: 'Ada' });
  });

  test('what they write then is sent; when they take it back, others are asked to delete it', async () => {
    const id = await post(ada, 'Benches under the trees');
    await there.next(({ object }) => object?.object?.name === 'Benches under the trees');
    await ada.submit('/en/abroad', { federated: '0', to: '/en/me' });
    await there.next(({ object }) => object?.type === 'Delete' && object.object?.id === `${here.url}/o/${id}`);
    expect((await readObject(`${here.url}/o/${id}`)).status).toBe(410);
    expect((await readObject(`${here.url}/u/ada`)).status).toBe(404);
    expect((await fetch(`${here.url}/en/ideas/${id}`)).status).toBe(200);
  });

  test('a theme says how it is followed from elsewhere', async () => {
    const { text } = await here.visitor().get('/en/spaces/climate');
    expect(text).toContain(`@climate@${new URL(here.url).host}`);
  });
});

test('a platform that speaks to nobody asks nobody, and shows nothing to others', async () => {
  const alone = await startPolyphony();
  const ben = await alone.signIn('Ben');
  expect((await ben.get('/en/me')).text).not.toContain(onPage('en', 'federation:mineTitle'));
  expect((await ben.get('/en/abroad')).status).toBe(404);
  expect((await readObject(`${alone.url}/s/climate`)).status).toBe(302);
  expect((await readObject(`${alone.url}/.well-known/webfinger?resource=acct:climate@localhost`)).status).toBe(404);
  await alone.stop();
});
