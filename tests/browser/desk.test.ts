import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from '../support/polyphony.ts';
import { hasChromium, openChromium, openWindow } from './chromium.ts';

/** Figures are read again every five seconds at most. */
describe.skipIf(!hasChromium)('the secretariat’s desk while people act', () => {
  let polyphony: TestPlatform;
  let browser: Browser;
  let page: Page;
  let lea: ApiPerson;
  const heard: string[] = [];

  beforeAll(async () => {
    // Without an engine: its readers are told that a translation is ready, figures are not.
    polyphony = await startPolyphony({ TRANSLATION_ENGINES: 'none' });
    browser = await openChromium();
    lea = await polyphony.person('Léa');
    const sofia = await polyphony.signIn('Sofia', { roles: ['secretariat'] });
    page = await (await openWindow(browser, polyphony, sofia)).newPage();
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
    await page.goto('/en/secretariat');
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
  });
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  test('Figures and the matrix change without a reload, and are those of a recount', async () => {
    expect(await shown('ideas')).toBe('0');
    const { body } = await lea.api('POST', '/spaces/climate/ideas', {
      title: 'Trains de nuit',
      body: 'Partout.',
      language: 'fr',
    });
    await changesTo({ ideas: '1', 'people taking part': '1' });
    await lea.api('POST', `/ideas/${body.id}/comments`, {
      body: 'So should it be in every country of the union, I think.',
    });
    await lea.api('PUT', `/ideas/${body.id}/endorsement`);
    await changesTo({ comments: '1', 'times ideas were supported': '1' });
    await eventually(async () => expect(await page.locator('.matrix tbody td').allTextContents()).toEqual(['2']));
    await lea.api('DELETE', `/ideas/${body.id}`);
    await changesTo({ ideas: '0', comments: '0', 'times ideas were supported': '0', 'people taking part': '0' });
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
  });

  test('What happens while the page is being fetched is on it, too', async () => {
    const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/en/secretariat**', async (route) => {
      const response = await route.fetch();
      held.resolve();
      await release.promise;
      await route.fulfill({ response });
    });
    const idea = { title: 'Trains de nuit', body: 'Partout.', language: 'fr' };
    await lea.api('POST', '/spaces/climate/ideas', idea);
    await held.promise;
    const { body } = await lea.api('POST', '/spaces/health/ideas', { ...idea, title: 'Trains de jour' });
    await eventually(async () => expect(heard.join('\n')).toContain(body.id));
    release.resolve();
    await changesTo({ ideas: '2' });
  });

  async function shown(name: string): Promise<string | null> {
    return page
      .locator('.figure', { has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) })
      .locator('.value')
      .textContent();
  }

  /** Then the page says the same as one that is fetched anew. */
  async function changesTo(figures: Record<string, string>): Promise<void> {
    await eventually(async () => {
      for (const [name, value] of Object.entries(figures)) expect(await shown(name)).toBe(value);
    });
    const [before, after] = await page.evaluate(async () => {
      const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
      return [document, fresh].map((each) => [...each.querySelectorAll('.value')].map((value) => value.textContent));
    });
    expect(before).toEqual(after);
  }
});
