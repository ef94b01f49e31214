import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { RoleName } from '../src/platform/person.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

// People with work here find it: in the header of every page, and as the first page after signing in.

let polyphony: TestPlatform;
beforeAll(async () => (polyphony = await startPolyphony()));
afterAll(() => polyphony.stop());

const header = (page: string): string => /<header class="masthead">[^]*?<\/header>/.exec(page)?.[0] ?? '';

describe.each<[RoleName | null, string]>([
  ['organizer', '/organize'],
  ['secretariat', '/secretariat'],
  ['moderator', '/moderation'],
  ['administrator', '/admin'],
  [null, ''],
])('somebody who is %s', (role, desk) => {
  test.each(['en', 'ar'])(
    'comes to what is theirs after signing in, and goes on where they were going, in %s',
    async (language) => {
      const name = `Noor ${role ?? 'nobody'} ${language}`;
      await polyphony.person(name, { language, roles: role ? [role] : [] });
      const email = `${name.toLowerCase().replaceAll(' ', '-')}@example.org`;
      const visitor = polyphony.visitor();
      const signIn = async (to: string) => {
        await visitor.submit(`/${language}/sign-in`, { email, to });
        const mail = await polyphony.mails.next(email);
        const [link = ''] = /http\S+\/sign-in\/\S+/.exec(mail.text ?? '') ?? [];
        return (await visitor.submit(new URL(link).pathname, {})).location;
      };
      expect(await signIn(`/${language}`)).toBe(`/${language}${desk}`);
      expect(header((await visitor.get(`/${language}/ideas`)).text).includes(`href="/${language}${desk}"`)).toBe(true);
      await visitor.submit(`/${language}/sign-out`, {});
      expect(await signIn(`/${language}/ideas`)).toBe(`/${language}/ideas`);
    },
  );
});

describe('a citizen who wants to announce an event', () => {
  test('is told how, where the events are', async () => {
    const ana = await polyphony.signIn('Ana');
    expect((await ana.get('/en/events')).text).toContain(onPage('en', 'events:onlyOrganizers'));
    expect(header((await ana.get('/en')).text)).not.toContain('/en/organize');
  });
});
