import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { createLink } from '../src/services/people/sign-in.ts';
import type { Visitor } from './support/browser-like.ts';
import { FEDERATED } from './support/federation/federated.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { routesOf } from './support/routes.ts';
import { stubEngine } from './support/stub-engine.ts';
import { ACTS, ask, ours, prepare, requestOf, type Things } from './support/unsafe-acts.ts';
import { onPage } from './support/words.ts';

/** What a browser says, or does not say, of a request that another site made it send. */
const FOREIGN: Record<string, string>[] = [
  { Origin: 'https://evil.example' },
  { Origin: 'null' },
  { 'Sec-Fetch-Site': 'cross-site' },
  { 'Sec-Fetch-Site': 'same-site' },
  { 'Sec-Fetch-Site': 'cross-site', Origin: 'http://localhost' },
  { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://evil.example' },
  {},
];

const REFUSED = onPage('en', 'errors:foreignOrigin');

let polyphony: TestPlatform;
let ada: Visitor;
let newcomer: Visitor;
let things: Things;
beforeAll(async () => {
  polyphony = await startPolyphony(FEDERATED, { engine: stubEngine() });
  ada = await polyphony.signIn('Ada', { roles: ['moderator', 'organizer', 'secretariat', 'administrator'] });
  newcomer = polyphony.visitor();
  const link = await createLink(polyphony.em(), { email: 'newcomer@example.org', language: 'en' });
  await newcomer.submit(`/en/sign-in/${link}`, {});
  things = await prepare(polyphony, ada, await polyphony.person('João', { language: 'pt' }));
});
afterAll(() => polyphony.stop());

test('Every route that changes something is tried here', () => {
  const unsafe = routesOf(polyphony).filter(({ method }) => method !== 'GET');
  expect(Object.keys(ACTS).toSorted()).toEqual(unsafe.map(({ method, path }) => `${method} ${path}`).toSorted());
});

test.each(Object.entries(ACTS))(
  '%s refuses another site, and takes the same from our own page',
  async (route, { sends = {}, headers = {} }) => {
    const visitor = route.endsWith('/welcome') ? newcomer : ada;
    const request = await requestOf(polyphony, route, things);
    for (const from of FOREIGN) {
      const { status, text } = await ask(polyphony, visitor, request, { sends, headers: { ...headers, ...from } });
      expect(status, JSON.stringify(from)).toBe(403);
      // And not because the person may not: both look alike by their number.
      expect(text).toContain(route.includes(' /api/') ? '"code":"foreignOrigin"' : REFUSED);
    }
    await rows(polyphony.em(), sql`delete from rate`); // nobody does all this within a minute
    const { status, text } = await ask(polyphony, visitor, request, {
      sends,
      headers: { ...headers, ...ours(polyphony) },
    });
    expect(status, text).toBeLessThan(400);
  },
);
