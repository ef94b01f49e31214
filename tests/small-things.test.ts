import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent } from './support/registrations.ts';
import { onPage } from './support/words.ts';

// F68: small things that people stumbled over.

let polyphony: TestPlatform;
let ana: ApiPerson;
let idea: string;
beforeAll(async () => {
  polyphony = await startPolyphony();
  ana = await polyphony.person('Ana', { roles: ['organizer'] });
  const words = { title: 'Night trains', body: 'See [the plan](https://example.org/plan).', language: 'en' };
  idea = (await ana.api('POST', '/spaces/climate/ideas', words)).body.id;
  await announceEvent(ana, null, { title: 'An evening about trains', language: 'en' });
});
afterAll(() => polyphony.stop());

const read = async (path: string) => (await polyphony.visitor().get(path)).text;

describe('F68', () => {
  test('a profile shows events beside ideas', async () => {
    const page = await read('/en/people/ana');
    for (const words of ['Night trains', 'An evening about trains', `<h2>${onPage('en', 'events:title')}</h2>`])
      expect(page).toContain(words);
  });

  test('the foot of every page leads to events', async () => {
    const [, foot = ''] = /<footer([^]*)<\/footer>/.exec(await read('/en')) ?? [];
    expect(foot).toContain('href="/en/events"');
  });

  test('nobody is asked to report their own words', async () => {
    const page = await read(`/en/ideas/${idea}`);
    expect(page).toContain(`>${onPage('en', 'moderation:flag')}</a>`);
    const pia = await polyphony.signIn('Pia');
    const { location } = await pia.submit('/en/spaces/climate/ideas/new', {
      title: 'Beds',
      body: 'Soft ones.',
      language: 'en',
    });
    const own = (await pia.get(location ?? '')).text;
    expect(own).toContain('Soft ones.');
    expect(own).not.toContain(`>${onPage('en', 'moderation:flag')}</a>`);
  });

  test('the theme of an idea stands on its page once', async () => {
    const page = await read(`/en/ideas/${idea}`);
    const [, main = ''] = /<main([^]*)<\/main>/.exec(page) ?? [];
    const [, theme = ''] = /href="\/en\/spaces\/climate"><span[^>]*>([^<]*)/.exec(main) ?? [];
    expect(theme).not.toBe('');
    expect(main.split(`>${theme}<`)).toHaveLength(2);
  });

  test('a link is printed with its address', async () => {
    expect(await read(`/en/ideas/${idea}`)).toContain('data-to="https://example.org/plan"');
  });

  test('the title of the window names what the page is about', async () => {
    expect(await read(`/en/ideas/${idea}/history`)).toContain(
      `<title>${onPage('en', 'contributions:history')}: Night trains`,
    );
  });

  test('a week is described to search engines', async () => {
    const { location } = await polyphony.visitor().get('/en/statistics');
    expect(await read(location ?? '')).toMatch(/<meta name="description" content="[^"]{20,}"/);
  });
});
