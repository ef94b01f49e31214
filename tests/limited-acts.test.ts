import { sql } from 'kysely';
import { expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { createLink } from '../src/services/people/sign-in.ts';
import { FEDERATED } from './support/federation/federated.ts';
import { startPolyphony } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';
import { ACTS, ask, prepare, requestOf } from './support/unsafe-acts.ts';

/** A link works once, signing out has to work always, and only an engine knows the token of its answer. */
const UNLIMITED = [
  'POST /:language/sign-in/:token',
  'POST /:language/sign-out',
  'POST /api/callbacks/translation/:token',
];

test('F76: whatever changes something is counted, so that nobody does it without end', async () => {
  const polyphony = await startPolyphony(FEDERATED, { engine: stubEngine() });
  try {
    const ada = await polyphony.signIn('Ada', { roles: ['moderator', 'organizer', 'secretariat', 'administrator'] });
    const newcomer = polyphony.visitor();
    const link = await createLink(polyphony.em(), { email: 'newcomer@example.org', language: 'en' });
    await newcomer.submit(`/en/sign-in/${link}`, {});
    const things = await prepare(polyphony, ada, await polyphony.person('João', { language: 'pt' }));
    const uncounted: string[] = [];
    for (const [route, { sends = {}, headers = {} }] of Object.entries(ACTS)) {
      await rows(polyphony.em(), sql`delete from rate`);
      const request = await requestOf(polyphony, route, things);
      const visitor = route.endsWith('/welcome') ? newcomer : ada;
      const ours = { Origin: polyphony.url, 'Sec-Fetch-Site': 'same-origin' };
      const { status, text } = await ask(polyphony, visitor, request, { sends, headers: { ...headers, ...ours } });
      expect(status, `${route}: ${text}`).toBeLessThan(400);
      if ((await rows(polyphony.em(), sql`select 1 from rate`)).length === 0) uncounted.push(route);
    }
    expect(uncounted.toSorted()).toEqual(UNLIMITED.toSorted());
  } finally {
    await polyphony.stop();
  }
});
