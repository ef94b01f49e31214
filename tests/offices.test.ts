import { afterAll, beforeAll, expect, test } from 'vitest';

import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
let emma: ApiPerson;
let carla: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony();
  emma = await polyphony.person('Emma', { roles: ['moderator', 'organizer'] });
  carla = await polyphony.person('Carla');
});
afterAll(() => polyphony.stop());

const marks = (page: string) => page.match(/<span class="office"/g)?.length ?? 0;

test('F82: who speaks for the platform carries a mark on cards, pages, comments, their profile and in the API', async () => {
  const idea = { title: 'How we moderate', body: 'We read everything that is reported.', language: 'en' };
  const { body } = await emma.api('POST', '/spaces/other/ideas', idea);
  expect(body.author).toEqual({ handle: 'emma', name: 'Emma', office: 'moderator' });
  const said = await emma.api('POST', `/ideas/${body.id}/comments`, { body: 'Ask us anything.', alignment: 'for' });
  expect(said.body.author.office).toBe('moderator');
  const visitor = polyphony.visitor();
  expect(marks((await visitor.get('/en/ideas')).text)).toBe(1);
  expect(marks((await visitor.get(`/en/ideas/${body.id}`)).text)).toBe(2);
  const profile = (await visitor.get('/en/people/emma')).text;
  expect(profile).toMatch(/@emma<\/span>\s*<span class="office" data-office="moderator"><svg/);
  expect(profile).toContain(onPage('en', 'people:role.moderator'));
});

test('F82: the words of a name make no mark, and organizers speak for themselves', async () => {
  const name = 'Carla <span class="office">of Bologna';
  const visitor = await polyphony.signIn('Carlotta', { roles: ['organizer'] });
  await visitor.submit('/en/me', { name, interfaceLanguage: 'en', showsFirst: '' });
  const idea = { title: 'A quiet square', body: 'Fewer cars on the square.', language: 'en' };
  const { body } = await carla.api('POST', '/spaces/climate/ideas', idea);
  expect(body.author.office).toBeNull();
  expect(marks((await polyphony.visitor().get(`/en/ideas/${body.id}`)).text)).toBe(0);
  expect(marks((await polyphony.visitor().get('/en/people/carlotta')).text)).toBe(0);
});
