import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from '../support/browser-like.ts';
import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { hasChromium, openChromium, openWindow } from './chromium.ts';

/** The clocks of Giulia's own browser. */
describe.skipIf(!hasChromium)('F45: the form of a new event', { timeout: 60_000 }, () => {
  let polyphony: TestPlatform;
  let browser: Browser;
  let giulia: Visitor;
  beforeAll(async () => {
    polyphony = await startPolyphony();
    browser = await openChromium();
    giulia = await polyphony.signIn('Giulia', { roles: ['organizer'] });
  });
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  test.each([
    ['Europe/Lisbon', 'Portugal (Lisbon) – Western European Time'],
    ['America/Bogota', 'Bogota – Colombia Standard Time'],
  ])('begins on the clocks of %s', async (timezoneId, words) => {
    const context = await openWindow(browser, polyphony, giulia, { timezoneId });
    const page = await context.newPage();
    await page.goto('/en/events/new');
    const chosen = () =>
      page.locator('#timeZone').evaluate((list) => list.querySelector('option:checked')?.textContent);
    await expect.poll(chosen).toBe(words);
    expect(await page.inputValue('#timeZone')).toBe(timezoneId);
    await context.close();
  });

  test('keeps the zone that was chosen when it is shown again', async () => {
    const context = await openWindow(browser, polyphony, giulia, { timezoneId: 'Europe/Lisbon' });
    const page = await context.newPage();
    await page.goto('/en/events/new');
    await page.selectOption('#timeZone', 'Europe/Rome');
    await page.click('main form button[type="submit"]');
    await page.waitForSelector('.error-summary');
    expect(await page.inputValue('#timeZone')).toBe('Europe/Rome');
    await context.close();
  });
});
