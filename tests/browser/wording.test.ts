import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from '../support/browser-like.ts';
import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { onPage } from '../support/words.ts';
import { hasChromium, openChromium, openWindow, turn } from './chromium.ts';

const LINK = 'a[data-wording]';

describe.skipIf(!hasChromium)('Noor, on her phone, sees words of the site that are wrong', () => {
  let polyphony: TestPlatform;
  let browser: Browser;
  let noor: Visitor;
  let page: Page;

  beforeAll(async () => {
    polyphony = await startPolyphony();
    browser = await openChromium();
    noor = await polyphony.signIn('Noor', { language: 'ar' });
    page = await (await openWindow(browser, polyphony, noor, { viewport: { width: 360, height: 720 } })).newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  /** As by a long press or with the keyboard. */
  const select = (selector: string) =>
    page.evaluate((where) => {
      const words = document.querySelector(where);
      if (words) getSelection()?.selectAllChildren(words);
    }, selector);

  test('what she has selected comes along, by a press and by a key', async () => {
    await page.goto('/ar/ideas');
    const title = (await page.textContent('h1'))?.trim();
    await page.waitForLoadState('networkidle');
    await select('h1');
    await turn(page, LINK);
    expect(await page.inputValue('#words')).toBe(title);
    await page.goto('/ar/ideas');
    await page.waitForLoadState('networkidle');
    await select('h1');
    await page.focus(LINK);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(await page.inputValue('#words')).toBe(title);
  });

  test('of many words so many as an address has room for', async () => {
    await page.goto('/ar/translation');
    await page.waitForLoadState('networkidle');
    await select('main');
    await turn(page, LINK);
    expect((await page.inputValue('#words')).length).toBeGreaterThan(100);
    await page.waitForSelector('#better');
  });

  test('she sends it, is thanked, and goes back to where she was', async () => {
    await page.goto('/ar/ideas?language=es');
    await turn(page, LINK);
    expect(await page.inputValue('#words')).toBe('');
    await page.fill('#words', 'الافكار');
    await turn(page, 'main form button');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('error-summary');
    expect(await page.inputValue('#words')).toBe('الافكار');
    await page.fill('#better', 'الأفكار');
    await turn(page, 'main form button');
    expect(await page.textContent('h1')).toBe(onPage('ar', 'site:wording.thanks'));
    await turn(page, 'main .actions a');
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/ar/ideas?language=es');
  });

  test('without script it is the same, and the page is no wider than her phone', async () => {
    const window = await openWindow(browser, polyphony, noor, {
      javaScriptEnabled: false,
      viewport: { width: 360, height: 720 },
    });
    const plain = await window.newPage();
    await plain.goto('/ar/ideas');
    await turn(plain, LINK);
    const form = await plain.locator('main').boundingBox();
    expect(form?.width).toBeLessThanOrEqual(360);
    await plain.fill('#words', 'الافكار');
    await plain.fill('#better', 'الأفكار');
    await turn(plain, 'main form button');
    expect(await plain.textContent('h1')).toBe(onPage('ar', 'site:wording.thanks'));
  });
});
