import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { agree, readObject, startFederated } from '../support/federation/federated.ts';
import { expectGolden, stable } from '../support/federation/golden.ts';
import { startPeer, type Peer, type PeerActor } from '../support/federation/peer.ts';
import { breachesOf, undefinedIn } from '../support/federation/peer-rules.ts';
import type { ApiPerson, TestPlatform } from '../support/polyphony.ts';
import { stubEngine } from '../support/stub-engine.ts';

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';

let here: TestPlatform;
let there: Peer;
let ada: ApiPerson;
let eva: PeerActor;
let mia: PeerActor;
const named = new Map<string, string>();

beforeAll(async () => {
  here = await startFederated({}, { engine: stubEngine() });
  there = await startPeer();
  ada = await here.person('Ada', { roles: ['organizer', 'moderator'] });
  await agree(here.em(), ada.id);
  eva = there.actor('eva');
  mia = there.actor('mia');
  for (const followed of ['s/climate', 'u/ada'])
    await eva.send(`${here.url}/inbox`, eva.activity('Follow', `${here.url}/${followed}`));
});

afterAll(async () => {
  await there.close();
  await here.stop();
});

const uri = (id: string) => `${here.url}/o/${id}`;

/** What a peer could not read of it, and what its context does not explain. It is word for word what it was. */
async function faultsOf(name: string, document: Record<string, unknown>): Promise<string[]> {
  const { '@context': context, ...said } = document;
  const hosts = { here, there };
  const names = Object.entries(hosts).flatMap(([is, { url }]) => [
    [url, `https://${is}.example`] as const,
    [new URL(url).host, `${is}.example`] as const,
  ]);
  expectGolden(name, stable(said, new Map([...named, ...names])));
  return [...breachesOf(document), ...(context ? await undefinedIn(document) : [])];
}

async function post(name: string, path: string, body: object, method = 'POST'): Promise<string> {
  const posted = await ada.api(method, path, { language: 'it', ...body });
  expect(posted.status).toBe(201);
  named.set(posted.body.id, name);
  return posted.body.id;
}

const idea = (name: string, more: object = {}) =>
  post(name, '/spaces/climate/ideas', {
    ...{ title: 'Alberi in ogni strada', body: "L'ombra **aiuta**. [Perché](https://example.org/x)", ...more },
  });

const EVENT = {
  ...{ title: 'Piantiamo alberi', body: 'Portate i guanti.', timeZone: 'Europe/Rome', mode: 'in-person' },
  ...{ startsAt: '2031-04-01T16:00', endsAt: '2031-04-01T18:00', country: 'IT', address: 'Via Roma 1, Bologna' },
};
const event = (name: string, more: object = {}) => post(name, '/spaces/climate/events', { ...EVENT, ...more });

const object = async (id: string) => (await readObject(uri(id))).body;

describe('who speaks here', () => {
  test.each(['s/climate', 'u/ada', 'actors/server', 'actors/translator'])('%s', async (path) => {
    expect(await faultsOf(path.replace('/', '-'), (await readObject(`${here.url}/${path}`)).body)).toEqual([]);
  });

  test('the ways to them', async () => {
    const { host } = new URL(here.url);
    const found = `${here.url}/.well-known/webfinger?resource=acct:climate@${host}`;
    expect(await faultsOf('webfinger', (await readObject(found)).body)).toEqual([]);
    expect(await faultsOf('well-known-nodeinfo', (await readObject(`${here.url}/.well-known/nodeinfo`)).body)).toEqual(
      [],
    );
    const { software, ...nodeinfo } = (await readObject(`${here.url}/nodeinfo/2.1`)).body;
    expect(software).toEqual({ name: 'polyphony', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(await faultsOf('nodeinfo', nodeinfo)).toEqual([]);
  });
});

describe('what is written here', () => {
  test('an idea, by a machine, by a machine and somebody, and by somebody in other languages', async () => {
    const id = await idea('idea-in-six-languages', {
      ...{ title: 'Árboles en cada calle', body: 'La sombra **ayuda**.', language: 'es' },
    });
    await expect.poll(async () => (await object(id)).translations?.length).toBe(4);
    const text = (await ada.api('GET', `/ideas/${id}?lang=es`)).body.text.id;
    for (const [language, title, body] of [
      ['pt', 'Árvores em cada rua', 'A sombra **ajuda**.'],
      ['it', 'Alberi in ogni via', "L'ombra **aiuta**."],
    ])
      expect((await ada.api('PUT', `/texts/${text}/translations/${language}`, { title, body })).status).toBe(200);
    const review = `update translation set origin = 'reviewed' where text_id = ? and language = 'pt' and human`;
    await here.em().getConnection().execute(review, [text]);
    const page = await object(id);
    expect(await faultsOf('page', page)).toEqual([]);
    expect(Object.keys(page.contentMap)[0]).toBe('es');
    expect(page.translations).toHaveLength(5);
  });

  test('comments, also on what was written elsewhere', async () => {
    const about = await idea('idea');
    const comment = await post('comment', `/ideas/${about}/comments`, { body: 'Sì, *subito*.' });
    expect(await faultsOf('note', await object(comment))).toEqual([]);
    const note = {
      ...{
        id: `${there.url}/notes/1`,
        type: 'Note',
        attributedTo: eva.uri,
        to: [PUBLIC],
        cc: [],
        tag: [],
        attachment: [],
      },
      ...{
        inReplyTo: uri(about),
        context: uri(about),
        content: '<p>Perché?</p>',
        contentMap: { it: '<p>Perché?</p>' },
      },
      ...{ inLanguage: 'it', published: new Date().toISOString(), url: `${there.url}/@eva/1` },
    };
    await eva.send(`${here.url}/inbox`, eva.activity('Create', note, { to: [PUBLIC] }));
    const taken = (await ada.api('GET', `/ideas/${about}/comments?lang=it`)).body.items;
    const theirs = taken.find(({ author }: { author: { handle: string } }) => author.handle.includes('eva'));
    const answer = await post('answer', `/ideas/${about}/comments`, { body: 'Per il caldo.', parent: theirs.id });
    expect(await faultsOf('note-to-remote-note', await object(answer))).toEqual([]);
    const sent = await there.next(({ type, object: said }) => type === 'Create' && said.id === uri(answer));
    expect(await faultsOf('create-note-to-remote-note', sent)).toEqual([]);
    expect(await faultsOf('context', (await readObject(`${uri(about)}/context`)).body)).toEqual([]);
    expect(await faultsOf('replies', (await readObject(`${uri(about)}/replies`)).body)).toEqual([]);
    expect(await faultsOf('likes', (await readObject(`${uri(about)}/likes`)).body)).toEqual([]);
  });

  test('events of all kinds', async () => {
    const trees = await event('event-in-person', { language: 'es', title: 'Plantación', body: 'Traed guantes.' });
    await expect.poll(async () => (await object(trees)).translations?.length).toBe(4);
    expect(await faultsOf('event-in-person', await object(trees))).toEqual([]);
    const online = { onlineUrl: 'https://meet.example/room' };
    expect(
      await faultsOf('event-online', await object(await event('event-online', { mode: 'online', ...online }))),
    ).toEqual([]);
    const place = { latitude: 44.5, longitude: 11.3 };
    const hybrid = await event('event-hybrid', { mode: 'hybrid', capacity: 30, ...online, ...place });
    expect(await faultsOf('event-hybrid', await object(hybrid))).toEqual([]);
    expect(await faultsOf('organizers', (await readObject(`${uri(hybrid)}/organizers`)).body)).toEqual([]);
  });

  test('an event that is full, then cancelled; who asked for a seat is answered', async () => {
    const full = await event('event-full', { capacity: 1 });
    const join = mia.activity('Join', uri(full), { participationMessage: 'Con due amici' });
    await mia.send(`${here.url}/inbox`, join);
    expect(
      await faultsOf(
        'accept-join',
        await there.next(({ type, object: of }) => type === 'Accept' && of.id === join['id']),
      ),
    ).toEqual([]);
    expect(await faultsOf('event-full', await object(full))).toEqual([]);
    expect(await faultsOf('attendees', (await readObject(`${uri(full)}/attendees`)).body)).toEqual([]);
    await ada.api('POST', `/events/${full}/cancellation`, { reason: 'Piove troppo.' });
    expect(await faultsOf('event-cancelled', await object(full))).toEqual([]);
    const late = eva.activity('Join', uri(full));
    await eva.send(`${here.url}/inbox`, late);
    expect(
      await faultsOf(
        'reject-join',
        await there.next(({ type, object: of }) => type === 'Reject' && of.id === late['id']),
      ),
    ).toEqual([]);
  });

  test('a report with its event', async () => {
    const over = { startsAt: '2026-10-04T18:00', endsAt: '2026-10-04T20:30' };
    const held = await event('event-over', over);
    const words = { body: 'Eravamo in quaranta.', attendees: 40 };
    expect(
      await faultsOf('article', await object(await post('report', `/events/${held}/report`, words, 'PUT'))),
    ).toEqual([]);
  });
});

describe('what is told', () => {
  test('that somebody may follow', async () => {
    expect(
      await faultsOf(
        'accept-follow',
        await there.next(({ type, actor }) => type === 'Accept' && actor.endsWith('/u/ada')),
      ),
    ).toEqual([]);
  });

  test('what is new, changed and gone, by its author and by its theme', async () => {
    const id = await idea('told-idea', { title: 'Panchine' });
    const by = (type: string) => there.next((said) => said.type === type && said.object?.id === uri(id));
    const announced = (of: string) =>
      there.next(
        ({ type, object: said }) =>
          type === 'Announce' && (said === of || (said.type === of && said.object.id === uri(id))),
      );
    expect(await faultsOf('create', await by('Create'))).toEqual([]);
    expect(await faultsOf('announce-create', await announced('Create'))).toEqual([]);
    expect(await faultsOf('announce-object', await announced(uri(id)))).toEqual([]);
    const { headers } = await ada.api('GET', `/ideas/${id}`);
    const change = { title: 'Panchine', body: "All'ombra." };
    await ada.api('PATCH', `/ideas/${id}`, change, { 'If-Match': headers.get('ETag') ?? '' });
    expect(await faultsOf('update', await by('Update'))).toEqual([]);
    await ada.api('DELETE', `/ideas/${id}`);
    expect(await faultsOf('delete', await by('Delete'))).toEqual([]);
    expect(await faultsOf('tombstone', await object(id))).toEqual([]);
  });

  test('also to who asks later', async () => {
    expect(await faultsOf('outbox', { ...(await readObject(`${here.url}/u/ada/outbox`)).body, totalItems: 0 })).toEqual(
      [],
    );
    const { orderedItems, next: _next, ...page } = (await readObject(`${here.url}/s/climate/outbox?before=now`)).body;
    expect(breachesOf(orderedItems)).toEqual([]);
    // What comes when translations are there is another one each time.
    const last = orderedItems.find(({ object: said }: { object: { type: string } }) => said.type === 'Delete');
    expect(await faultsOf('outbox-page', { ...page, orderedItems: [last] })).toEqual([]);
    expect(await faultsOf('moderators', (await readObject(`${here.url}/s/climate/moderators`)).body)).toEqual([]);
    expect(await faultsOf('featured', (await readObject(`${here.url}/s/climate/featured`)).body)).toEqual([]);
    expect(await faultsOf('followers', (await readObject(`${here.url}/s/climate/followers`)).body)).toEqual([]);
  });

  test('nothing that came meanwhile was beyond a peer', async () => {
    expect(there.received.length).toBeGreaterThan(20);
    for (const { body } of there.received) {
      expect(breachesOf(body)).toEqual([]);
      expect(await undefinedIn(body)).toEqual([]);
    }
  });
});

test('the rules find what breaks them', async () => {
  const page = { type: 'Page', to: PUBLIC, contentMap: { en: 'b', es: 'a' }, inLanguage: 'es', content: 'a' };
  const breaches = breachesOf({ type: 'Update', object: page });
  for (const breach of ['to is no list', 'summary is missing', 'contentMap begins with en', 'updated is missing'])
    expect(breaches.join('\n')).toContain(breach);
  const context = 'https://www.w3.org/ns/activitystreams';
  expect(await undefinedIn({ '@context': context, id: `${context}#x`, type: 'Zork', seats: 3 })).toEqual([
    '_:seats',
    '_:Zork',
  ]);
});
