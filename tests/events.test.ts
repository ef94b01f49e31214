import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { closeListeners, listen } from './support/live.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
let giulia: ApiPerson;
let margot: ApiPerson;
let emma: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony();
  giulia = await polyphony.person('Giulia', { language: 'it', roles: ['organizer'] });
  margot = await polyphony.person('Margot', { language: 'fr' });
  emma = await polyphony.person('Emma', { language: 'en', roles: ['secretariat'] });
});
afterAll(async () => {
  closeListeners();
  await polyphony.stop();
});

const ASSEMBLY = {
  title: 'Assemblea sui treni notturni',
  body: 'Parliamo insieme dei treni notturni tra le capitali europee.',
  startsAt: '2031-10-04T18:00',
  endsAt: '2031-10-04T20:30',
  timeZone: 'Europe/Rome',
  mode: 'hybrid',
  country: 'IT',
  address: 'Sala Borsa, Bologna',
  url: 'https://example.org/sala',
  languages: ['it', 'fr'],
  capacity: 2,
};

const post = (more: object = {}) => giulia.api('POST', '/spaces/climate/events', { ...ASSEMBLY, ...more });

async function announce(more: object = {}): Promise<string> {
  const { status, body } = await post(more);
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

describe('announcing an event', () => {
  test('Giulia announces one in Bologna, on the clocks of Rome', async () => {
    const id = await announce();
    const { body } = await margot.api('GET', `/events/${id}?lang=fr`);
    expect(body).toMatchObject({
      kind: 'event',
      space: 'climate',
      author: { name: 'Giulia' },
      startsAt: '2031-10-04T16:00:00.000Z',
      endsAt: '2031-10-04T18:30:00.000Z',
      timeZone: 'Europe/Rome',
      mode: 'hybrid',
      country: 'IT',
      address: 'Sala Borsa, Bologna',
      onlineUrl: 'https://example.org/sala',
      languages: ['it', 'fr'],
      capacity: 2,
      official: false,
      cancelledAt: null,
      text: { language: 'it', title: ASSEMBLY.title },
      counts: { registrations: 0, waiting: 0 },
    });
  });

  test('a moment with an offset means that moment, whatever the zone', async () => {
    const id = await announce({ startsAt: '2031-10-04T16:00:00Z', endsAt: '2031-10-04T20:30:00+02:00' });
    const { body } = await giulia.api('GET', `/events/${id}`);
    expect([body.startsAt, body.endsAt]).toEqual(['2031-10-04T16:00:00.000Z', '2031-10-04T18:30:00.000Z']);
  });

  test('sent twice with one key, it is announced once', async () => {
    const send = () => giulia.api('POST', '/spaces/climate/events', ASSEMBLY, { 'Idempotency-Key': 'assembly' });
    const [first, second] = await Promise.all([send(), send()]);
    expect(second.body.id).toBe(first.body.id);
  });

  test('Margot, who is no organizer, may not, and is told so in French', async () => {
    const { status, body } = await margot.api('POST', '/spaces/climate/events?lang=fr', ASSEMBLY);
    expect({ status, code: body.code }).toEqual({ status: 403, code: 'forbidden' });
  });

  test('an event that was held already can be recorded', async () => {
    const id = await announce({ startsAt: '2024-03-01T18:00', endsAt: '2024-03-01T20:00' });
    const past = await giulia.api('GET', '/events?when=past&limit=100');
    expect(past.body.items.map((event: { id: string }) => event.id)).toContain(id);
    const coming = await giulia.api('GET', '/events?limit=100');
    expect(coming.body.items.map((event: { id: string }) => event.id)).not.toContain(id);
  });

  test.each([
    ['the end before the start', { endsAt: '2031-10-04T17:00' }, 'endsAt', 'endBeforeStart'],
    ['the end at the start', { endsAt: '2031-10-04T18:00' }, 'endsAt', 'endBeforeStart'],
    ['no date at all', { startsAt: 'next Tuesday' }, 'startsAt', 'badTime'],
    ['a day that is none', { startsAt: '2031-02-30T10:00' }, 'startsAt', 'badTime'],
    ['a year out of reach', { endsAt: '9999-12-31T23:59' }, 'endsAt', 'badTime'],
    ['longer than a year', { endsAt: '2033-10-04T18:00' }, 'endsAt', 'eventTooLong'],
    ['a zone on no map', { timeZone: 'Europe/Atlantis' }, 'timeZone', 'timeZone'],
    ['hours for a zone', { timeZone: '+01:00' }, 'timeZone', 'timeZone'],
    ['a link with NUL', { onlineUrl: 'https://a.example/\u0000' }, 'onlineUrl', 'url'],
    ['a link with half an emoji', { onlineUrl: 'https://a.example/\uD83D' }, 'onlineUrl', 'url'],
    ['a link that turns round', { onlineUrl: 'https://a.example/\u202Egro' }, 'onlineUrl', 'url'],
    ['no seat', { capacity: 0 }, 'capacity', 'capacity'],
    ['half a seat', { capacity: 2.5 }, 'capacity', 'capacity'],
    ['a script for a link', { url: 'javascript:alert(1)' }, 'url', 'url'],
    ['a country on no map', { country: 'QQ' }, 'country', 'country'],
    ['F73: a language that is none', { languages: ['it', '!'] }, 'languages.1', 'language'],
    ['F73: a word for a language', { languages: ['NULL'] }, 'languages.0', 'language'],
    ['no title', { title: ' ' }, 'title', 'titleRequired'],
    ['NUL in the address', { address: 'Sala\u0000' }, 'address', 'badCharacters'],
    ['10,000 emoji for a title', { title: '🚆'.repeat(10_000) }, 'title', 'tooLong'],
    ['north of the pole', { latitude: 91, longitude: 11 }, 'latitude', 'invalidField'],
  ])('%s is refused at its field', async (_what, more, field, code) => {
    const { status, body } = await post(more);
    expect(status).toBe(422);
    expect(body.errors.map((error: { field: string; code: string }) => [error.field, error.code])).toEqual([
      [field, code],
    ]);
  });
});

describe('the nights when clocks change', () => {
  const night = (startsAt: string, endsAt: string, more: object = {}) => post({ startsAt, endsAt, ...more });

  test('02:30 does not exist in Rome on 30 March 2031', async () => {
    const { status, body } = await night('2031-03-30T02:30', '2031-03-30T04:00');
    expect({ status, errors: body.errors }).toMatchObject({
      status: 422,
      errors: [{ field: 'startsAt', code: 'timeSkipped' }],
    });
  });

  test('02:30 comes twice on 26 October 2031: Giulia says which one she means', async () => {
    const asked = await night('2031-10-26T02:30', '2031-10-26T04:00');
    expect(asked.body.errors).toMatchObject([{ field: 'startsAt', code: 'timeTwice' }]);
    const [first, second] = [
      await night('2031-10-26T02:30', '2031-10-26T04:00', { startsFold: 'first' }),
      await night('2031-10-26T02:30', '2031-10-26T04:00', { startsFold: 'second' }),
    ];
    expect([first.body.startsAt, second.body.startsAt]).toEqual([
      '2031-10-26T00:30:00.000Z',
      '2031-10-26T01:30:00.000Z',
    ]);
  });

  test('the form asks the same question, and keeps what was typed', async () => {
    const signedIn = await polyphony.signIn('Marta', { language: 'es', roles: ['organizer'] });
    const typed = {
      ...ASSEMBLY,
      space: 'climate',
      startsAt: '2031-10-26T02:30',
      endsAt: '2031-10-26T04:00',
      languages: '',
      capacity: '30',
      'spoken-it': '1',
    };
    const page = await signedIn.submit('/es/events/new', typed);
    expect(page.status).toBe(422);
    expect(page.text).toContain(onPage('es', 'events:whichTime'));
    expect(page.text).toContain('value="2031-10-26T02:30"');
    expect(page.text).toMatch(/name="spoken-it" value="1" checked/);
    const posted = await signedIn.submit('/es/events/new', { ...typed, startsFold: 'second' });
    expect(posted.status).toBe(303);
    const shown = await signedIn.get(posted.location ?? '');
    expect(shown.text).toContain('2031-10-26T01:30:00.000Z');
  });

  test('a party through the night lasts as long as it really does', async () => {
    const { body } = await night('2031-10-26T01:00', '2031-10-26T05:00');
    expect(Date.parse(body.endsAt) - Date.parse(body.startsAt)).toBe(5 * 3_600_000);
  });
});

describe('changing and cancelling', () => {
  test('Giulia moves it; who reads an old version is stopped', async () => {
    const id = await announce();
    const change = { startsAt: '2031-10-05T18:00', endsAt: '2031-10-05T20:00' };
    const changed = await giulia.api('PATCH', `/events/${id}`, change, { 'If-Match': '"1"' });
    expect(changed).toMatchObject({
      status: 200,
      body: { startsAt: '2031-10-05T16:00:00.000Z', address: ASSEMBLY.address },
    });
    const words = await giulia.api('PATCH', `/events/${id}`, { title: 'Assemblea' }, { 'If-Match': '"1"' });
    expect(words.body.version).toBe(2);
    expect((await giulia.api('PATCH', `/events/${id}`, { title: 'Altro' }, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await giulia.api('PATCH', `/events/${id}`, { title: 'Altro' })).status).toBe(428);
    expect((await margot.api('PATCH', `/events/${id}`, { title: 'Autre' }, { 'If-Match': '"2"' })).status).toBe(403);
  });

  test('she cancels it for a reason, which everybody reads on its page; nobody can register any more', async () => {
    const id = await announce();
    expect((await margot.api('POST', `/events/${id}/cancellation`, { reason: 'Non.' })).status).toBe(403);
    expect((await giulia.api('POST', `/events/${id}/cancellation`, { reason: '' })).status).toBe(422);
    const reason = 'La sala è chiusa per lavori.';
    expect(await giulia.api('POST', `/events/${id}/cancellation`, { reason })).toMatchObject({ status: 200 });
    const page = await polyphony.visitor().get(`/en/events/${id}`);
    expect(page.text).toContain(reason);
    expect(page.text).toContain(onPage('en', 'events:cancelled'));
    expect(await margot.api('PUT', `/events/${id}/registration`)).toMatchObject({
      status: 409,
      body: { code: 'eventCancelled' },
    });
    expect((await giulia.api('POST', `/events/${id}/cancellation`, { reason })).status).toBe(409);
    expect((await giulia.api('PATCH', `/events/${id}`, { title: 'Di nuovo' }, { 'If-Match': '"1"' })).status).toBe(409);
  });

  test('the secretariat marks it as official, nobody else', async () => {
    const id = await announce();
    expect((await giulia.api('PUT', `/events/${id}/official`)).status).toBe(403);
    expect((await emma.api('PUT', `/events/${id}/official`)).status).toBe(204);
    expect((await polyphony.visitor().get(`/en/events/${id}`)).text).toContain(onPage('en', 'events:official'));
    expect((await emma.api('DELETE', `/events/${id}/official`)).status).toBe(204);
    expect((await margot.api('GET', `/events/${id}`)).body.official).toBe(false);
  });

  test('a moderator hides one like anything else, and its comments go with it', async () => {
    const id = await announce();
    const comment = await margot.api('POST', `/subjects/${id}/comments`, { body: 'Y aura-t-il une traduction ?' });
    expect(comment).toMatchObject({ status: 201, body: { root: id, alignment: null } });
    const moderator = await polyphony.signIn('Erik', { roles: ['moderator'] });
    expect((await moderator.submit(`/en/events/${id}/hide`, { reason: 'It is an advertisement.' })).status).toBe(303);
    const gone = [`/events/${id}`, `/subjects/${id}/comments`];
    for (const path of gone) expect((await margot.api('GET', path)).status, path).toBe(410);
    expect((await margot.api('PUT', `/events/${id}/registration`)).status).toBe(410);
    expect((await polyphony.visitor().get(`/en/events/${id}.ics`)).status).toBe(410);
  });
});

describe('finding events', () => {
  test('the list is narrowed by mode, theme, language spoken and country, in the API, on the page and in the calendar', async () => {
    const online = await announce({
      title: 'Conversa em linha',
      mode: 'online',
      address: null,
      country: 'PT',
      languages: ['pt'],
    });
    const here = await announce({ title: 'Assemblea in piazza', mode: 'in-person', languages: ['it'] });
    for (const query of ['mode=online', 'language=pt', 'country=PT', 'space=climate&mode=online&country=PT']) {
      const { body } = await margot.api('GET', `/events?${query}&limit=100`);
      const ids = body.items.map((event: { id: string }) => event.id);
      expect(ids, query).toContain(online);
      expect(ids, query).not.toContain(here);
      const page = await polyphony.visitor().get(`/en/events?${query}`);
      expect(page.text, query).toContain(online);
      expect(page.text, query).not.toContain(here);
      const calendar = await polyphony.visitor().get(`/en/events.ics?${query}`);
      expect(calendar.text, query).toContain(online);
      expect(calendar.text, query).not.toContain(here);
    }
    expect((await polyphony.visitor().get('/en/events?space=nowhere')).status).toBe(404);
    expect((await polyphony.visitor().get('/en/events?mode=telepathy')).status).toBe(200);
    expect((await polyphony.visitor().get('/en/events?country=LU')).text).toContain(onPage('en', 'events:empty'));
  });

  test('pages of the API go on where the last one ended', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await margot.api('GET', `/events?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map((event: { startsAt: string; id: string }) => `${event.startsAt} ${event.id}`));
      if (!body.next) break;
      cursor = body.next;
    }
    expect(seen).toEqual(seen.toSorted());
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('a page that lists events hears of a new one', async () => {
    const listener = await listen(polyphony.url);
    await listener.watch({ rooms: ['space:climate'], lang: 'en' });
    const id = await announce();
    expect(await listener.heard('published', id)).toMatchObject({ kind: 'event', space: 'climate' });
  });
});
