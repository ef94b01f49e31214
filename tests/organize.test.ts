import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
let giulia: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony();
  giulia = await polyphony.signIn('Giulia', { roles: ['organizer'] });
});
afterAll(() => polyphony.stop());

const details = {
  body: 'Parliamo dei treni.',
  timeZone: 'Europe/Rome',
  mode: 'online',
  onlineUrl: 'https://example.org/sala',
  space: 'climate',
};

async function announce(title: string, day: string, more: object = {}): Promise<string> {
  const times = { startsAt: `${day}T18:00`, endsAt: `${day}T20:00` };
  const { location } = await giulia.submit('/en/events/new', { ...details, ...times, title, ...more });
  return /[0-9a-f-]{36}/.exec(location ?? '')?.[0] ?? '';
}

test('an organizer without events is invited to announce one', async () => {
  const { text } = await giulia.get('/en/organize');
  expect(text).toContain(onPage('en', 'organize:empty'));
  expect(text).toContain('href="/en/events/new"');
});

test('what is missing comes first, then what is coming, what was reported, what was cancelled', async () => {
  const cancelled = await announce('Annullata', '2031-10-05');
  const coming = await announce('In arrivo', '2031-10-04', { capacity: '2' });
  const reported = await announce('Con relazione', '2026-10-03');
  const missing = await announce('Senza relazione', '2026-10-02');
  await giulia.submit(`/en/events/${cancelled}/cancel`, { reason: 'Nevica troppo.' });
  const report = { attendees: '7', body: 'Eravamo in sette.', version: '0' };
  expect((await giulia.submit(`/en/events/${reported}/report`, report)).status).toBe(303);
  const { text } = await giulia.get('/en/organize');
  const places = [missing, coming, reported, cancelled].map((id) => text.indexOf(`/en/events/${id}"`));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  for (const path of [
    `/events/${missing}/report`,
    `/events/${coming}/edit`,
    `/organize/events/${coming}/people`,
    `/organize/events/${reported}/people`,
  ])
    expect(text).toContain(`href="/en${path}"`);
  expect(text).not.toContain(`/events/${cancelled}/edit`);
  expect(text).toContain(onPage('en', 'events:seats', { taken: '0', capacity: '2' }));
});

test('who registered and who waits is seen by the organizer, and by nobody else', async () => {
  const id = await announce('Tre per due', '2031-10-06', { capacity: '2' });
  for (const name of ['Margot', 'João', 'Ștefan']) {
    const person = await polyphony.person(name);
    expect((await person.api('PUT', `/events/${id}/registration`)).status).toBe(200);
  }
  const path = `/en/organize/events/${id}/people`;
  const { text } = await giulia.get(path);
  const places = ['Margot', 'João', onPage('en', 'organize:waitingFor', { number: 1 }), 'Ștefan'].map((words) =>
    text.indexOf(words),
  );
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(text).toContain('@stefan');
  const otto = await polyphony.signIn('Otto', { roles: ['organizer', 'moderator', 'secretariat'] });
  expect((await otto.get(path)).status).toBe(403);
  expect((await polyphony.visitor().get(path)).status).toBe(401);
  expect((await (await polyphony.signIn('Alex', { roles: ['administrator'] })).get(path)).text).toContain('Margot');
  expect((await polyphony.visitor().get(`/en/events/${id}`)).text).not.toContain('Margot');
});

test('who organizes nothing has no desk', async () => {
  const citizen = await polyphony.signIn('Nuno');
  expect((await citizen.get('/en/organize')).status).toBe(403);
  expect((await polyphony.visitor().get('/en/organize')).status).toBe(401);
});
