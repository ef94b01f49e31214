import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

const PAGES = ['privacy', 'accessibility', 'legal', 'contact', 'help', 'charter'];

let polyphony: TestPlatform;
let sofia: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony();
  sofia = await polyphony.signIn('Sofia', { roles: ['secretariat'] });
});
afterAll(() => polyphony.stop());

const write = (name: string, fields: Record<string, string>, who = sofia) =>
  who.submit(`/en/secretariat/pages/${name}`, { language: 'en', version: '0', ...fields });
const read = async (path: string) => (await polyphony.visitor().get(path)).text;

describe('F67: Sofia of the secretariat writes what the service says of itself', () => {
  test.each(PAGES)('%s stands at the foot of every page, empty until she writes it', async (name) => {
    for (const language of ['en', 'ar'])
      expect(await read(`/${language}/ideas`)).toContain(`href="/${language}/${name}"`);
    expect(await read(`/en/${name}`)).toContain(onPage('en', 'site:pages.empty'));
    expect((await sofia.get(`/en/${name}`)).text).toContain(onPage('en', 'site:pages.emptyForStaff'));
  });

  test('in English, then in Spanish: each reader finds their own, all others the one there is, and that it is so', async () => {
    const body = 'Write to **us**.\n\n## By mail\n\n- hello@example.org';
    expect((await write('contact', { body })).location).toBe('/en/contact');
    const english = await read('/en/contact');
    expect(english).toContain('<strong>us</strong>');
    expect(english).toMatch(/<div class="section prose" lang="en" dir="ltr">/);
    expect(english).not.toContain('class="notice"');
    const portuguese = await read('/pt/contact');
    expect(portuguese).toContain('<strong>us</strong>');
    expect(portuguese).toContain('class="notice"');
    expect((await write('contact', { body: 'Escríbenos.', language: 'es' })).status).toBe(303);
    expect(await read('/es/contact')).toContain('Escríbenos.');
    expect(await read('/en/contact?texts=es')).toContain('Escríbenos.');
    expect(await read('/en/contact')).toContain('<strong>us</strong>');
  });

  test('what somebody else saved meanwhile is not lost, and nothing dangerous is shown', async () => {
    expect((await write('legal', { body: 'First. <script>alert(1)</script>' })).status).toBe(303);
    expect(await read('/en/legal')).not.toContain('<script>alert');
    const late = await write('legal', { body: 'Second.' });
    expect(late.status).toBe(412);
    expect(late.text).toContain('Second.');
    expect((await write('legal', { body: 'Third.', version: '1' })).status).toBe(303);
    expect(await read('/en/legal')).toContain('Third.');
    for (const wrong of [
      { body: '' },
      { body: 'x', language: 'klingon' },
      { body: 'x', version: 'y' },
      { body: 'x', version: '2147483648' },
    ])
      expect((await write('help', wrong)).status).toBe(422);
  });

  test('nobody else writes them', async () => {
    const emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
    expect((await write('help', { body: 'Mine now.' }, emma)).status).toBe(403);
    expect((await write('help', { body: 'Mine now.' }, polyphony.visitor())).status).toBe(401);
    expect((await emma.get('/en/secretariat/pages')).status).toBe(403);
    expect((await sofia.get('/en/secretariat/pages/nothing')).status).toBe(404);
    expect((await sofia.get('/en/secretariat/pages')).text).toContain('/en/secretariat/pages/help"');
  });
});
