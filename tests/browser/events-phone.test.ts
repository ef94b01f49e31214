import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { announceEvent } from '../support/registrations.ts';
import { hasChromium, openChromium, openWindow } from './chromium.ts';

const EVENTS = 20;
const ZONES = ['Europe/Rome', 'Europe/Lisbon'];

/** Counts the formats that a page makes: each takes a phone some milliseconds. */
const COUNTING = `window.made = 0;
Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, { construct(target, given) { window.made++; return new target(...given); } });`;

describe.skipIf(!hasChromium)('F48: the list of events on a phone', { timeout: 60_000 }, () => {
  let polyphony: TestPlatform;
  let browser: Browser;
  beforeAll(async () => {
    polyphony = await startPolyphony();
    browser = await openChromium();
    const giulia = await polyphony.person('Giulia', { roles: ['organizer'] });
    for (let number = 0; number < EVENTS; number++)
      await announceEvent(giulia, null, { timeZone: ZONES[number % ZONES.length] });
  });
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  test('makes one format for the reader and one a zone, however many events there are', async () => {
    const phone = { viewport: { width: 360, height: 740 }, timezoneId: 'Europe/Helsinki' };
    const context = await openWindow(browser, polyphony, null, phone);
    const page = await context.newPage();
    await page.addInitScript(COUNTING);
    await page.goto('/en/events');
    const last = page.locator('local-time').last();
    const shown = () => last.evaluate((each) => each.shadowRoot?.textContent ?? '');
    await expect.poll(shown).toMatch(/: .*(19|20):00.*(21|22):30/);
    expect(await page.locator('local-time').count()).toBe(EVENTS);
    expect(await page.evaluate('window.made')).toBe(1 + ZONES.length);
    await context.close();
  });

  test('says nothing where the clocks of reader and event agree', async () => {
    const context = await openWindow(browser, polyphony, null, { timezoneId: 'Europe/Berlin' });
    const page = await context.newPage();
    await page.goto('/en/events');
    const words = () =>
      page.locator('local-time').evaluateAll((all) => all.map((each) => each.shadowRoot?.textContent));
    await expect.poll(async () => new Set((await words()).map((each) => Boolean(each))).size).toBe(2);
    expect((await words()).filter(Boolean)).toHaveLength(EVENTS / ZONES.length);
    await context.close();
  });
});
