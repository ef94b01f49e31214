import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';

let polyphony: TestPlatform;
let giulia: ApiPerson;
let margot: ApiPerson;
let ionut: ApiPerson;
let astrid: ApiPerson;
let emma: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony();
  giulia = await polyphony.person('Giulia', { language: 'it', roles: ['organizer'] });
  margot = await polyphony.person('Margot', { language: 'fr' });
  ionut = await polyphony.person('Ionuț', { language: 'ro' });
  astrid = await polyphony.person('Astrid', { language: 'sv' });
  emma = await polyphony.person('Emma', { language: 'en', roles: ['secretariat'] });
});
afterAll(() => polyphony.stop());

const assembly = {
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

async function announce(more: object = {}): Promise<string> {
  const { status, body } = await giulia.api('POST', '/spaces/climate/events', { ...assembly, ...more });
  expect(status).toBe(201);
  return body.id;
}

describe('announcing an event', () => {
  test('Giulia announces one in Bologna, on the clocks of Rome', async () => {
    const id = await announce();
    const { body } = await giulia.api('GET', `/events/${id}`);
    expect(body).toMatchObject({
      kind: 'event',
      space: 'climate',
      startsAt: '2031-10-04T16:00:00.000Z',
      endsAt: '2031-10-04T18:30:00.000Z',
      timeZone: 'Europe/Rome',
      mode: 'hybrid',
      url: 'https://example.org/sala',
      capacity: 2,
      official: false,
      cancelledAt: null,
      text: { language: 'it', title: assembly.title },
      counts: { registrations: 0, waiting: 0 },
    });
  });

  test('Margot, who is no organizer, may not', async () => {
    expect(await margot.api('POST', '/spaces/climate/events', assembly)).toMatchObject({ status: 403 });
  });
});

describe('seats', () => {
  test('two seats for three: Astrid waits, Margot gives hers back, Astrid moves up and gets a mail in Swedish', async () => {
    const id = await announce();
    const [first, second, third] = [
      await margot.api('PUT', `/events/${id}/registration`),
      await ionut.api('PUT', `/events/${id}/registration`),
      await astrid.api('PUT', `/events/${id}/registration`),
    ];
    expect([first.body, second.body, third.body]).toEqual([
      { state: 'registered' },
      { state: 'registered' },
      { state: 'waiting', place: 1 },
    ]);
    expect((await margot.api('DELETE', `/events/${id}/registration`)).status).toBe(204);
    expect((await astrid.api('PUT', `/events/${id}/registration`)).body).toEqual({ state: 'registered' });
    expect(emma).toBeDefined();
  });
});
