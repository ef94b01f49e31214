import { afterAll, beforeAll, expect, test } from 'vitest';

import { createLink } from '../src/services/people/sign-in.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
beforeAll(async () => {
  polyphony = await startPolyphony();
  await polyphony.signIn('Emma Kovač', { roles: ['moderator'] });
});
afterAll(() => polyphony.stop());

let count = 0;
async function join(name: string) {
  const visitor = polyphony.visitor();
  const token = await createLink(polyphony.em(), { email: `somebody-${++count}@example.org`, language: 'en' });
  await visitor.submit(`/en/sign-in/${token}`, {});
  return visitor.submit('/en/welcome', { name, handle: `somebody-${count}` });
}

test.each([
  ['an office', 'Administrator'],
  ['an office, in Cyrillic letters', 'Аdministrаtоr'],
  ['an office among other words', 'Alice ✓ (moderator)'],
  ['a mark', 'Alice ✓'],
  ['an institution', 'European Commission'],
  ['an institution, spread and accented', 'Comisión  Europea'],
  ['somebody who runs the platform', 'emma kovac'],
  ['somebody who runs it, in Greek and Cyrillic letters', 'Εmma Κоvač'],
])('F82: nobody is called as %s', async (_what, name) => {
  const page = await join(name);
  expect(page.status).toBe(422);
  expect(page.text).toContain(onPage('en', 'errors:nameReserved'));
});

test.each(['A\u200Blice', 'Al\u00ADice', 'Al\u0090ice', 'Alice\u{E0041}'])(
  'F82: nothing unseen stands in a name: %j',
  async (name) => {
    expect((await join(name)).status).toBe(422);
  },
);

test.each([
  'Alice',
  'Αλίκη Παπαδοπούλου',
  'Алиса',
  'José Ångström-Ðurić',
  'أليس',
  'می‌نا',
  'Alice 🌻',
  'Modesta Adminas',
])('F82: everybody else is called as they like: %s', async (name) => {
  expect((await join(name)).status).toBe(303);
});

test('F82: and nobody takes such a name later', async () => {
  const karl = await polyphony.signIn('Karl');
  const profile = { interfaceLanguage: 'en', reads: 'en' };
  expect((await karl.submit('/en/me', { ...profile, name: 'Moderator' })).status).toBe(422);
  expect((await karl.submit('/en/me', { ...profile, name: 'Karl Heinz' })).status).toBe(303);
});
