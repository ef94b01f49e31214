import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent, come, mailAbout } from './support/registrations.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
let giulia: ApiPerson;
let margot: ApiPerson;
let marta: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony();
  giulia = await polyphony.person('Giulia', { language: 'it', roles: ['organizer'] });
  margot = await polyphony.person('Margot');
  marta = await polyphony.signIn('Marta', { roles: ['organizer'] });
});
afterAll(() => polyphony.stop());

const EMPTY = {
  space: '',
  title: '',
  body: '',
  startsAt: '',
  endsAt: '',
  mode: 'in-person',
  address: '',
  onlineUrl: '',
};

/** The fields that the summary leads to, in its order. */
const summaryOf = (page: string): string[] => {
  const [, summary = ''] = /<div class="error-summary"[^]*?<ul>([^]*?)<\/ul>/.exec(page) ?? [];
  return [...summary.matchAll(/href="#([^"]+)"/g)].flatMap(([, field]) => field ?? []);
};

describe('F45: the form of an event', () => {
  test('says at once everything that is missing, in the order of its fields, and presets no theme', async () => {
    const begun = await marta.get('/en/events/new');
    expect(begun.text).toMatch(/<select[^>]*id="space"[^>]*>\s*<option value="" selected>/);
    const refused = await marta.submit('/en/events/new', { ...EMPTY, timeZone: 'Nowhere/Here', capacity: '0' });
    expect(refused.status).toBe(422);
    const asked = ['space', 'title', 'body', 'startsAt', 'endsAt', 'timeZone', 'address', 'capacity'];
    expect(summaryOf(refused.text)).toEqual(asked);
  });

  test('says a wrong end beside other errors, and asks which time is meant beside them', async () => {
    const times = { startsAt: '2031-10-26T02:30', endsAt: '2031-10-25T04:00', timeZone: 'Europe/Rome' };
    const refused = await marta.submit('/en/events/new', { ...EMPTY, ...times, mode: 'online' });
    expect(summaryOf(refused.text)).toEqual(['space', 'title', 'body', 'startsAt', 'onlineUrl']);
    const ended = await marta.submit('/en/events/new', { ...EMPTY, ...times, startsAt: '2031-10-26T05:00' });
    expect(summaryOf(ended.text)).toEqual(['space', 'title', 'body', 'endsAt', 'address']);
  });

  test('names zones by their countries and clocks, in the language of the page', async () => {
    const english = await marta.get('/en/events/new');
    expect(english.text).toMatch(/<option value="Europe\/Rome"[^>]*>Italy – Central European Time<\/option>/);
    expect(english.text).toMatch(/<option value="Atlantic\/Azores"[^>]*>Portugal \(Azores\) – /);
    const spanish = await marta.get('/es/events/new');
    expect(spanish.text).toMatch(/<option value="Europe\/Rome"[^>]*>Italia – hora de Europa central<\/option>/);
  });
});

describe('F45: where people meet', () => {
  const post = async (more: object) => {
    const { status, body } = await giulia.api('POST', '/spaces/climate/events', {
      ...{ title: 'Treni', body: 'Parliamo dei treni.', timeZone: 'Europe/Rome' },
      ...{ startsAt: '2031-10-04T18:00', endsAt: '2031-10-04T20:00', ...more },
    });
    return status === 201 ? [] : body.errors.map(({ field, code }: Record<string, string>) => [field, code]);
  };

  test.each([
    ['in person without a place', { mode: 'in-person' }, [['address', 'addressRequired']]],
    ['in person with spaces for a place', { mode: 'in-person', address: ' \n ' }, [['address', 'addressRequired']]],
    [
      'in person with a link alone',
      { mode: 'in-person', onlineUrl: 'https://example.org/' },
      [['address', 'addressRequired']],
    ],
    ['both without a place', { mode: 'hybrid', onlineUrl: 'https://example.org/' }, [['address', 'addressRequired']]],
    ['online without a link', { mode: 'online', address: 'Sala Borsa' }, [['onlineUrl', 'linkRequired']]],
    [
      'online with an emptied link',
      { mode: 'online', onlineUrl: null, url: 'https://x.org/' },
      [['onlineUrl', 'linkRequired']],
    ],
    ['in person on the map', { mode: 'in-person', latitude: 44.49, longitude: 11.34 }, []],
    ['online by the old name of the link', { mode: 'online', url: 'https://example.org/' }, []],
  ])('%s', async (_what, more, errors) => {
    expect(await post(more)).toEqual(errors);
  });

  test('no change takes the place or the link away', async () => {
    const change = async (id: string, more: object) =>
      (await giulia.api('PATCH', `/events/${id}`, more, { 'If-Match': '"1"' })).body.errors?.[0]?.field;
    const here = await announceEvent(giulia, null, { mode: 'in-person' });
    expect([await change(here, { address: null }), await change(here, { mode: 'online' })]).toEqual([
      'address',
      'onlineUrl',
    ]);
    const there = await announceEvent(giulia, null, {
      mode: 'online',
      address: null,
      onlineUrl: 'https://example.org/',
    });
    expect([await change(there, { onlineUrl: null }), await change(there, { mode: 'in-person' })]).toEqual([
      'onlineUrl',
      'address',
    ]);
  });
});

describe('F45: an hour that clocks show twice', () => {
  const NIGHT = { startsAt: '2031-10-26T02:30', endsAt: '2031-10-26T02:30', startsFold: 'first', endsFold: 'second' };

  test('is told apart on page, list and in mail', async () => {
    const id = await announceEvent(giulia, null, { ...NIGHT, title: 'La notte più lunga' });
    const page = (await polyphony.visitor().get(`/en/events/${id}`)).text.replaceAll('\u200E', '');
    expect(page).toContain('2:30 (UTC+2 – UTC+1)');
    const list = (await polyphony.visitor().get('/ar/events')).text;
    expect(list).toContain('(\u200EUTC+2\u200E – \u200EUTC+1\u200E)');
    await come(margot, id);
    const mail = await mailAbout(polyphony, id, 'margot@example.org', { welcome: true });
    const text = mail.text?.replaceAll('\u200E', '');
    expect(text).toMatch(/2:30 \(UTC\+2\) – .*2:30 \(UTC\+1\)/);
    expect(text).toContain('(Italy – Central European Time)');
  });

  test('leaves all other hours as they are', async () => {
    const id = await announceEvent(giulia, null);
    const page = (await polyphony.visitor().get(`/en/events/${id}`)).text;
    expect(page).not.toContain('UTC+');
    expect(page).toContain(onPage('en', 'events:clock'));
  });
});
