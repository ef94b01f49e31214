import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { closeListeners, listen } from './support/live.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
let ada: Visitor;
let emma: Visitor;
let vandal: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony();
  ada = await polyphony.signIn('Ada', { roles: ['administrator'] });
  emma = await polyphony.signIn('Emma');
  vandal = await polyphony.person('Vandal');
});
afterAll(async () => {
  closeListeners();
  await polyphony.stop();
});

const give = (who: Visitor, handle: string, role: string, space = '') =>
  who.submit(`/en/admin/people/${handle}/roles`, { role, space });
async function take(handle: string): Promise<void> {
  const page = (await ada.get(`/en/admin/people/${handle}`)).text;
  for (const [, action = ''] of page.matchAll(/action="([^"]*\/take)"/g))
    expect((await ada.submit(action, {})).status).toBe(303);
}

describe('F66: Ada gives roles on a page', () => {
  test('she finds Emma by name, handle or whole address, and those who have a role', async () => {
    for (const who of ['Emm', '@emma', 'EMMA', 'emma@example.org'])
      expect((await ada.get(`/en/admin/people?who=${encodeURIComponent(who)}`)).text).toContain(
        '/en/admin/people/emma"',
      );
    for (const who of ['nobody', 'emma@example', '%', '_', "'"])
      expect((await ada.get(`/en/admin/people?who=${encodeURIComponent(who)}`)).text).toContain(
        onPage('en', 'admin:nobodyFound'),
      );
    const staff = (await ada.get('/en/admin/people')).text;
    expect(staff).toContain('/en/admin/people/ada"');
    expect(staff).not.toContain('/en/admin/people/emma"');
    expect((await ada.get('/en/admin')).text).toContain('href="/en/admin/people"');
  });

  test('Emma moderates one theme at once, and no longer once it is taken', async () => {
    expect((await emma.get('/en/moderation')).status).toBe(403);
    expect((await give(ada, 'emma', 'moderator', 'climate')).location).toBe('/en/admin/people/emma?done=1');
    expect((await emma.get('/en/moderation')).status).toBe(200);
    expect((await ada.get('/en/admin/people/emma')).text).toContain(onPage('en', 'people:role.moderator'));
    await take('emma');
    expect((await emma.get('/en/moderation')).status).toBe(403);
  });

  test('nobody else does, and what is no role is refused', async () => {
    expect((await give(emma, 'emma', 'administrator')).status).toBe(403);
    expect((await give(polyphony.visitor(), 'emma', 'administrator')).status).toBe(401);
    expect((await emma.get('/en/admin/people')).status).toBe(403);
    for (const [role, space] of [
      ['king', ''],
      ['moderator', 'nowhere'],
      ['secretariat', 'climate'],
    ] as const)
      expect((await give(ada, 'emma', role, space)).status).toBe(422);
    expect((await give(ada, 'nobody-here', 'moderator')).status).toBe(404);
  });

  test('she does not lock herself out', async () => {
    const page = (await ada.get('/en/admin/people/ada')).text;
    const [, own = ''] = /action="([^"]*\/take)"/.exec(page) ?? [];
    expect((await ada.submit(own, {})).status).toBe(409);
    expect((await ada.submit('/en/admin/people/ada/block', {})).status).toBe(409);
    expect((await ada.get('/en/admin')).status).toBe(200);
  });
});

test('F66: who is blocked is out at once: pages, programs, sockets, and the next link', async () => {
  const eve = await polyphony.signIn('Eve', { roles: ['moderator'] });
  const cookie = [...eve.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const listener = await listen(polyphony.url, { headers: { Cookie: cookie, Origin: polyphony.url } });
  await listener.watch({ rooms: ['statistics'], lang: 'en' });
  expect((await ada.get('/en/admin/people/eve/block')).text).toContain(onPage('en', 'admin:blockMeaning'));
  expect((await eve.get('/en/me')).status).toBe(200);
  expect((await ada.submit('/en/admin/people/eve/block', {})).status).toBe(303);
  expect((await eve.get('/en/me')).status).toBe(401);
  await eventually(async () => expect(listener.socket.connected).toBe(false), 4);
  await ada.submit('/en/admin/people/vandal/block', {});
  expect((await vandal.api('POST', '/spaces/other/ideas', { title: 'x', body: 'y' })).status).toBe(401);
  const again = polyphony.visitor();
  await again.submit('/en/sign-in', { email: 'eve@example.org', to: '/en' });
  let link = '';
  await eventually(async () => {
    const { text = '' } = await polyphony.mails.next('eve@example.org');
    link = new URL(/http\S+\/sign-in\/\S+/.exec(text)?.[0] ?? '').pathname;
    const pressed = await again.submit(link, {});
    expect(pressed.status).toBe(403);
    expect(pressed.text).toContain(onPage('en', 'errors:blocked'));
  });
  expect((await again.get('/en/me')).status).toBe(401);
  expect((await ada.submit('/en/admin/people/eve/unblock', {})).status).toBe(303);
  expect((await ada.get('/en/admin/people/eve')).text).toContain(onPage('en', 'admin:noRoles'));
});
