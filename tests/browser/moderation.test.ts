import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startPolyphony, type ApiPerson, type TestPlatform } from '../support/polyphony.ts';
import { onPage } from '../support/words.ts';
import { hasChromium, openChromium, openWindow, stay, stayed, turn } from './chromium.ts';

describe.skipIf(!hasChromium)('Emma’s desk while people report', () => {
  let polyphony: TestPlatform;
  let browser: Browser;
  let page: Page;
  let joao: ApiPerson;
  let idea: { id: string; text: { id: string } };

  beforeAll(async () => {
    polyphony = await startPolyphony();
    browser = await openChromium();
    joao = await polyphony.person('João', { language: 'pt' });
    idea = (await joao.api('POST', '/spaces/climate/ideas', { title: 'Mais árvores', body: 'Em todas as praças.' }))
      .body;
    const emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
    page = await (await openWindow(browser, polyphony, emma, { viewport: { width: 360, height: 720 } })).newPage();
    await page.goto('/en/moderation');
    await stay(page);
  });
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  test('the count of reports and the report come while she reads', async () => {
    await page.getByText(onPage('en', 'moderation:noFlags')).waitFor();
    await joao.api('PUT', `/texts/${idea.text.id}/report`, { reason: 'spam', note: 'Publicidade.' });
    await page.getByText('1 text with open reports').waitFor();
    await page.locator(`#desk-${idea.id}`).getByText('Publicidade.').waitFor();
    expect(await stayed(page)).toBe(true);
  });

  test('she hides the idea, sees that she did, wherever the page stands, and takes it back', async () => {
    await page.getByRole('link', { name: /^Hide ?: “Mais árvores”$/ }).click();
    await page.fill('#reason', 'This is an advertisement.');
    await turn(page, 'main form button');
    const said = page.locator('.said');
    expect(await said.getByRole('status').textContent()).toBe('Hidden from the public: Idea');
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const undo = said.getByRole('button', { name: onPage('en', 'site:undo') });
    expect((await undo.boundingBox())?.y).toBeLessThan(720);
    await Promise.all([page.waitForEvent('load'), undo.click()]);
    await page.getByText('1 text with open reports').waitFor();
  });
});
