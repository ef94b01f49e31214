import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { reminderAt } from '../src/kinds/events/events.mails.ts';
import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent, come, mailAbout } from './support/registrations.ts';
import { inMail, onPage } from './support/words.ts';

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

const FESTIVAL = { allDay: true, startsAt: '2031-10-04', endsAt: '2031-10-06' };
const announce = (more: object = {}) => announceEvent(giulia, null, { ...FESTIVAL, ...more });
const read = async (id: string) => (await giulia.api('GET', `/events/${id}`)).body;
const page = async (path: string) => (await polyphony.visitor().get(path)).text;
const DAYS = 'Saturday 4 October – Monday 6 October 2031';

describe('F47: an event of whole days', () => {
  test('is told in days, everywhere: page, list, report of the API', async () => {
    const id = await announce({ title: 'Festival dei treni' });
    expect(await read(id)).toMatchObject({
      allDay: true,
      startsAt: '2031-10-03T22:00:00.000Z',
      endsAt: '2031-10-06T22:00:00.000Z',
    });
    for (const path of [`/en/events/${id}`, '/en/events']) {
      const text = await page(path);
      const [, shown = ''] = /<time datetime="2031-10-04">([^<]+)</.exec(text) ?? [];
      expect(shown.replaceAll(/[\u2009,]/g, (sign) => (sign === ',' ? '' : ' '))).toContain(DAYS);
      expect(text).not.toContain('2031-10-03T22:00');
    }
  });

  test.each([
    ['one day', { startsAt: '2031-10-04', endsAt: '2031-10-04' }, '2031-10-04T22:00:00.000Z'],
    [
      'midnights of calendars',
      { startsAt: '2031-10-04T00:00', endsAt: '2031-10-06T00:00' },
      '2031-10-05T22:00:00.000Z',
    ],
    [
      'times of a form without script',
      { startsAt: '2031-10-04T09:30', endsAt: '2031-10-06T18:00' },
      '2031-10-06T22:00:00.000Z',
    ],
    ['the night when clocks go back', { startsAt: '2031-10-26', endsAt: '2031-10-26' }, '2031-10-26T23:00:00.000Z'],
  ])('%s', async (_what, days, until) => {
    expect((await read(await announce(days))).endsAt).toBe(until);
  });

  test('that ends before it begins, or is no day, is refused', async () => {
    const refused = async (more: object) => {
      const { body } = await giulia.api('POST', '/spaces/climate/events', {
        ...{ title: 'Festival', body: 'Treni.', timeZone: 'Europe/Rome', mode: 'in-person', address: 'Sala Borsa' },
        ...{ ...FESTIVAL, ...more },
      });
      return body.errors.map(({ field, code }: Record<string, string>) => [field, code]);
    };
    expect(await refused({ endsAt: '2031-10-03' })).toEqual([['endsAt', 'endBeforeStart']]);
    expect(await refused({ startsAt: '2031-02-30' })).toEqual([['startsAt', 'badTime']]);
    expect(await refused({ allDay: false })).toEqual([
      ['startsAt', 'badTime'],
      ['endsAt', 'badTime'],
    ]);
  });

  test('keeps its days when its words or its zone change, and becomes one with times', async () => {
    const id = await announce();
    const change = async (version: number, more: object) =>
      (await giulia.api('PATCH', `/events/${id}`, more, { 'If-Match': `"${version}"` })).body;
    expect(await change(1, { title: 'Festival' })).toMatchObject({ allDay: true, endsAt: '2031-10-06T22:00:00.000Z' });
    expect(await change(2, { timeZone: 'Europe/Lisbon' })).toMatchObject({ startsAt: '2031-10-03T23:00:00.000Z' });
    const times = { allDay: false, startsAt: '2031-10-04T18:00', endsAt: '2031-10-04T20:00' };
    expect(await change(3, times)).toMatchObject({ allDay: false, startsAt: '2031-10-04T17:00:00.000Z' });
  });

  test('stands in calendars as days, the day after the last as its end', async () => {
    const id = await announce();
    const calendar = await page(`/en/events/${id}.ics`);
    expect(calendar).toContain('DTSTART;VALUE=DATE:20311004');
    expect(calendar).toContain('DTEND;VALUE=DATE:20311007');
  });

  test('is over when its last day is, on its own clocks; then the organizer is asked the day after', async () => {
    const id = await announce({ timeZone: 'Pacific/Kiritimati', startsAt: '2026-03-01', endsAt: '2026-03-02' });
    const { endsAt } = await read(id);
    expect(endsAt).toBe('2026-03-02T10:00:00.000Z');
    expect(reminderAt(new Date(endsAt), 'Pacific/Kiritimati').toISOString()).toBe('2026-03-02T19:00:00.000Z');
    const { items } = (await giulia.api('GET', '/events?when=past&limit=100')).body;
    expect(items.map((event: { id: string }) => event.id)).toContain(id);
  });

  test('that moves is told in days by mail', async () => {
    const id = await announce();
    await come(margot, id);
    const welcome = (await mailAbout(polyphony, id, 'margot@example.org', { welcome: true })).text;
    expect(welcome).toContain('4 October 2031 – 6 October 2031 (');
    await giulia.api('PATCH', `/events/${id}`, { endsAt: '2031-10-07' }, { 'If-Match': '"1"' });
    const { text } = await mailAbout(polyphony, id, 'margot@example.org');
    expect(text).toContain(`${inMail('en', 'events:endsAt')}: 6 October 2031 → 7 October 2031`);
    expect(text).not.toContain(inMail('en', 'events:startsAt'));
  });

  test('is announced and changed by the form, with days or with times', async () => {
    const typed = { space: 'climate', title: 'Feria', body: 'Trenes para todos.', language: 'es', mode: 'in-person' };
    const where = { address: 'Plaza Mayor', timeZone: 'Europe/Madrid' };
    const form = { ...typed, ...where, startsAt: '2031-10-04', endsAt: '2031-10-06', allDay: '1' };
    const posted = await marta.submit('/en/events/new', form);
    expect(posted.status).toBe(303);
    const id = /events\/([0-9a-f-]{36})/.exec(posted.location ?? '')?.[1] ?? '';
    const begun = await marta.get(`/en/events/${id}/edit`);
    expect(begun.text).toMatch(/type="date"[^>]*value="2031-10-06"/);
    expect(begun.text).toMatch(/name="allDay" value="1" checked/);
    expect(begun.text).toContain(onPage('en', 'events:allDayHint'));
    const timed = { ...form, allDay: '', startsAt: '2031-10-04T10:00', endsAt: '2031-10-04T12:00', version: '1' };
    expect((await marta.submit(`/en/events/${id}/edit`, timed)).status).toBe(303);
    expect(await read(id)).toMatchObject({ allDay: false, startsAt: '2031-10-04T08:00:00.000Z' });
  });
});
