import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent, come, mailAbout } from './support/registrations.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
let giulia: ApiPerson;
let margot: ApiPerson;
let bruno: ApiPerson;
let emma: ApiPerson;
let anybody: Visitor;
let astridsBrowser: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony();
  giulia = await polyphony.person('Giulia', { language: 'it', roles: ['organizer'] });
  margot = await polyphony.person('Margot', { language: 'en' });
  astridsBrowser = await polyphony.signIn('Astrid');
  emma = await polyphony.person('Emma', { roles: ['secretariat'] });
  bruno = await polyphony.person('Bruno');
  anybody = polyphony.visitor();
  await anybody.get('/en'); // remembers the language: a page that sets a cookie is never kept
});
afterAll(() => polyphony.stop());

const ROOM = 'https://meet.example.org/room-4711';
const SECRET = 'room-4711';
const online = { mode: 'online', address: null, onlineUrl: ROOM, capacity: 1 };
const announce = (onlineUrlFor: string, more: object = {}) =>
  announceEvent(giulia, 1, { ...online, onlineUrlFor, ...more });

/** Every place that shows an event to who has no account. */
const publicDoors = (id: string) => [
  `/en/events/${id}`,
  `/en/events/${id}.ics`,
  `/en/events.ics?view=original`,
  `/en/events`,
  `/en/events/${id}/history`,
  `/api/v1/events/${id}`,
  '/api/v1/events?limit=100',
  `/en`,
];

async function leaks(visitor: Visitor, id: string): Promise<string[]> {
  const all = publicDoors(id);
  const answers = await Promise.all(all.map((path) => visitor.get(path)));
  return all.filter((_, index) => answers[index]?.text.includes(SECRET));
}

const linkFor = async (person: ApiPerson, id: string) => (await person.api('GET', `/events/${id}`)).body.onlineUrl;

describe('F46: the link to an online event', () => {
  test('for those with a seat is at no other door, and in their mails alone', async () => {
    const id = await announce('registered');
    expect(await leaks(anybody, id)).toEqual([]);
    expect(await leaks(astridsBrowser, id)).toEqual([]);
    expect((await anybody.get(`/en/events/${id}`)).text).toContain(onPage('en', 'events:linkFor.registered'));
    expect(await come(margot, id)).toEqual({ state: 'registered' });
    expect(await come(bruno, id)).toMatchObject({ state: 'waiting' });
    expect([await linkFor(margot, id), await linkFor(bruno, id), await linkFor(giulia, id)]).toEqual([
      ROOM,
      null,
      ROOM,
    ]);
    expect((await mailAbout(polyphony, id, 'margot@example.org', { welcome: true })).text).toContain(SECRET);
    expect((await mailAbout(polyphony, id, 'bruno@example.org', { welcome: true })).text).not.toContain(SECRET);
    expect(await leaks(anybody, id)).toEqual([]);
  });

  test('that moves is told to those who see it', async () => {
    const id = await announce('registered');
    await come(margot, id);
    await come(bruno, id);
    const { headers } = await giulia.api('GET', `/events/${id}`);
    const changes = { onlineUrl: `${ROOM}-b`, startsAt: '2031-10-04T17:00' };
    const ifMatch = { 'If-Match': String(headers.get('ETag')) };
    expect((await giulia.api('PATCH', `/events/${id}`, changes, ifMatch)).status).toBe(200);
    expect((await mailAbout(polyphony, id, 'margot@example.org')).text).toContain(`${ROOM}-b`);
    const waiting = await mailAbout(polyphony, id, 'bruno@example.org');
    expect(waiting.text).toContain('17:00');
    expect(waiting.text).not.toContain(SECRET);
  });

  test('for the signed in is seen by them, also without a seat', async () => {
    const id = await announce('signed-in');
    expect(await leaks(anybody, id)).toEqual([]);
    expect(await linkFor(bruno, id)).toBe(ROOM);
    expect((await astridsBrowser.get(`/en/events/${id}`)).text).toContain(SECRET);
  });

  test('is gone from every door when its organizer narrows who sees it', async () => {
    const id = await announce('everyone');
    expect((await leaks(anybody, id)).length).toBeGreaterThan(2);
    const { headers, body } = await giulia.api('GET', `/events/${id}`);
    expect(body).toMatchObject({ onlineUrlFor: 'everyone', url: expect.stringContaining(`/events/${id}`) });
    const ifMatch = { 'If-Match': String(headers.get('ETag')) };
    await giulia.api('PATCH', `/events/${id}`, { onlineUrlFor: 'registered' }, ifMatch);
    await expect.poll(() => leaks(anybody, id), { timeout: 2_000 }).toEqual([]);
    const edited = await giulia.api('GET', `/events/${id}`);
    expect(edited.body).toMatchObject({ onlineUrl: ROOM, onlineUrlFor: 'registered' });
  });

  test("is in nobody else's answer when the secretariat calls official what it may not see", async () => {
    const id = await announce('registered');
    await emma.api('PUT', `/events/${id}/official`);
    expect(await linkFor(emma, id)).toBeNull();
  });
});

describe('F46: an event that was held', () => {
  const held = { startsAt: '2026-03-01T18:00', endsAt: '2026-03-01T20:00', mode: 'in-person' };
  const rowOf = async (title: string) => {
    const { text } = await anybody.get('/en/events?when=past');
    return text.split('<article').find((each) => each.includes(title)) ?? '';
  };

  test('says how many came and that there is a report, not that seats are taken', async () => {
    const id = await announceEvent(giulia, 30, { ...held, title: 'Treni di marzo' });
    const taken = onPage('en', 'events:seats', { taken: '0', capacity: '30' });
    const registered = onPage('en', 'events:hadRegistered', { count: 0, number: '0' });
    await expect.poll(() => rowOf('Treni di marzo')).toContain(registered);
    expect(await rowOf('Treni di marzo')).not.toContain(taken);
    expect((await anybody.get(`/en/events/${id}`)).text).not.toContain(taken);
    await giulia.api('PUT', `/events/${id}/report`, { body: 'Eravamo in tanti.', attendees: 27 });
    await expect
      .poll(() => rowOf('Treni di marzo'))
      .toContain(onPage('en', 'events:came', { count: 27, number: '27' }));
    expect(await rowOf('Treni di marzo')).toContain(onPage('en', 'events:reported'));
  });

  test('a full one to come invites to its waiting list', async () => {
    const id = await announceEvent(giulia, 1);
    await come(margot, id);
    const page = async () => (await anybody.get(`/en/events/${id}`)).text;
    await expect.poll(page).toContain(onPage('en', 'events:signInToWait'));
    expect(await page()).not.toContain(onPage('en', 'events:signInToRegister'));
  });
});
