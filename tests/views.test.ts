import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { faultsIn } from './support/markup.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent } from './support/registrations.ts';
import { stubEngine } from './support/stub-engine.ts';
import { onPage } from './support/words.ts';

// F56: each page shows all its texts in the reader's language or as they were written, by one press.

let polyphony: TestPlatform;
let lucia: ApiPerson;
let idea: string;
let comment: string;
let event: string;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine() });
  lucia = await polyphony.person('Lucía', { language: 'es', roles: ['organizer'] });
  const words = { title: 'Más árboles', body: 'Cada plaza necesita un árbol.', language: 'es' };
  idea = (await lucia.api('POST', '/spaces/climate/ideas', words)).body.id;
  const said = { body: 'Y también en las **calles**.', language: 'es', alignment: 'for' };
  comment = (await lucia.api('POST', `/subjects/${idea}/comments`, said)).body.id;
  event = await announceEvent(lucia, null, { title: 'Una tarde', body: 'Hablamos.', language: 'es' });
  await eventually(async () => {
    for (const path of [`ideas/${idea}`, `events/${event}`])
      expect((await polyphony.visitor().get(`/en/${path}`)).text).toContain('data-version="translation"');
    expect((await polyphony.visitor().get(`/en/ideas/${idea}`)).text).toContain('en: Y también');
  });
});
afterAll(() => polyphony.stop());

/** The switch of a page: which view each of its links leads to, and which is shown. */
function switchOf(page: string): { href: string; isCurrent: boolean }[] {
  const [, list = ''] = /<ul class="switch">([^]*?)<\/ul>/.exec(page) ?? [];
  return [...list.matchAll(/<a href="([^"]*)"( aria-current="true")?/g)].map(([, href = '', current]) => ({
    href: href.replaceAll('&amp;', '&'),
    isCurrent: current !== undefined,
  }));
}

describe('what a page shows', () => {
  test.each([
    ['an idea', () => `/en/ideas/${idea}`],
    ['an event', () => `/en/events/${event}`],
    ['ideas', () => '/en/ideas'],
    ['events', () => '/en/events'],
  ])('F56: is chosen once for %s', async (_name, path) => {
    const tom = polyphony.visitor();
    const [translation, original] = switchOf((await tom.get(path())).text);
    expect(translation).toMatchObject({ isCurrent: true });
    expect(original).toMatchObject({ href: expect.stringContaining('view=original'), isCurrent: false });
    const page = (await tom.get(original?.href ?? '')).text;
    expect(switchOf(page)[1]).toMatchObject({ isCurrent: true });
    expect(page).not.toMatch(/data-version="original"[^>]* hidden/);
    expect(page).not.toMatch(/<h3[^>]*><a[^>]*>en:/);
    const back = (await tom.get(switchOf(page)[0]?.href ?? '')).text;
    expect(switchOf(back)[0]).toMatchObject({ isCurrent: true });
    expect(faultsIn(page)).toEqual([]);
  });

  test('F56: stays what the rest of the address says', async () => {
    const page = (await polyphony.visitor().get(`/en/ideas/${idea}?comments=oldest`)).text;
    expect(switchOf(page)[1]?.href).toBe(`/en/ideas/${idea}?comments=oldest&view=original`);
  });
});

describe('who replies', () => {
  test('F56: sees whose words these are, in translation and with the original', async () => {
    const tom = await polyphony.signIn('Tom');
    const { text } = await tom.get(`/en/comments/${comment}/reply`);
    const [shown = ''] = /<article class="section comment"[^]*?<\/article>/.exec(text) ?? [];
    expect(shown).toContain('<a href="/en/people/lucia"><bdi>Lucía</bdi></a>');
    expect(shown).toContain('en: Y también en las <strong>calles</strong>.');
    expect(shown).toContain('class="translation-line"');
    expect(shown).toMatch(/data-version="original"[^>]* hidden>[^]*>Y también en las <strong>calles/);
    expect(shown).toContain(onPage('en', 'texts:showOriginal'));
    expect(faultsIn(text)).toEqual([]);
    const refused = await tom.submit(`/en/subjects/${idea}/comments`, { body: '', parent: comment, key: 'k1' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<article class="section comment"');
    const [, to = ''] = /<article class="section comment"[^]*?name="to" value="([^"]*)"/.exec(refused.text) ?? [];
    expect((await tom.get(to)).status).toBe(200);
  });
});
