import { afterAll, beforeAll, expect, test } from 'vitest';

import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

// What pages say of an act is what the act does.

let polyphony: TestPlatform;
beforeAll(async () => {
  polyphony = await startPolyphony();
});
afterAll(() => polyphony.stop());

test('Lucía reads who will still see her idea before she withdraws it, and the moderator reads the same after', async () => {
  const lucia = await polyphony.signIn('Lucía');
  const posted = await lucia.submit('/en/spaces/climate/ideas/new', {
    title: 'Más árboles',
    body: 'Uno en cada plaza.',
  });
  const [path = ''] = (posted.location ?? '').split('?');
  expect((await lucia.get(`${path}/withdraw`)).text).toContain(onPage('en', 'contributions:withdrawWarning'));
  await lucia.submit(`${path}/withdraw`, {});
  const erin = await polyphony.signIn('Erin', { roles: ['moderator'] });
  for (const reader of [lucia, erin])
    expect((await reader.get(path)).text).toContain(onPage('en', 'ideas:isWithdrawn'));
  expect((await polyphony.visitor().get(path)).status).toBe(410);
});

test('a link leads through a page whose sentence names the site, in each language', async () => {
  for (const language of ['en', 'de', 'ar']) {
    const { text } = await polyphony
      .visitor()
      .get(`/${language}/leave?to=${encodeURIComponent('https://example.org/a')}`);
    const host = '<strong><bdi dir="ltr">example.org</bdi></strong>';
    expect(text).toContain(onPage(language, 'texts:exit.host', { host: '*' }).replace('*', host));
  }
});
