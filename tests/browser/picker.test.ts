import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { hasChromium, openChromium, openWindow } from './chromium.ts';

const LIST = '/fr/ideas?language=es';

describe.skipIf(!hasChromium)('Jürgen looks for his language', () => {
  let polyphony: TestPlatform;
  let browser: Browser;

  beforeAll(async () => {
    polyphony = await startPolyphony();
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  async function open(path: string, options: Parameters<typeof openWindow>[3] = {}): Promise<Page> {
    const page = await (await openWindow(browser, polyphony, null, options)).newPage();
    await page.goto(path);
    await page.click('.picker > summary');
    return page;
  }

  const shown = (page: Page) =>
    page.$$eval('.languages li:not([hidden]) a', (all) => all.map((each) => each.getAttribute('lang')));

  test.each([
    [360, 640, 'en'],
    [360, 480, 'ar'],
    [1280, 800, 'ar'],
    [1280, 500, 'en'],
  ])('at %i × %i in %s the list stays on the screen, and scrolls in itself', async (width, height, language) => {
    const page = await open(`/${language}/ideas`, { viewport: { width, height } });
    const edges = await page.$eval('.picker .panel', (panel) => {
      const { left, right, top, bottom } = panel.getBoundingClientRect();
      return [left >= 0, right <= innerWidth, top >= 0, bottom <= innerHeight];
    });
    expect(edges).toEqual([true, true, true, true]);
    await page.$eval('.picker .panel', (panel) => panel.scrollTo(0, panel.scrollHeight));
    const last = page.locator('.picker button[type=submit]');
    expect(await last.evaluate((button) => button.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
  });

  test.each([
    ['alle', ['de']],
    ['DEUTSCH', ['de']],
    ['fi', ['fi']],
    ['grec', ['el']],
    ['ελλ', ['el']],
    ['cestina', ['cs']],
    ['Gaeilge', ['ga']],
    ['francais', ['fr']],
    ['عربية', ['ar']],
    ['klingon', []],
  ])('what he types is looked for in own names, French names and codes: %s', async (typed, found) => {
    const page = await open(LIST);
    await page.fill('#find-language', typed);
    expect(await shown(page)).toEqual(found);
    expect(await page.textContent('.find-language [role=status]')).toMatch(new RegExp(`^${found.length} `));
    await page.context().close();
  });

  test('keys alone lead him there; the page and its filter stay, and it is remembered', async () => {
    const page = await (await openWindow(browser, polyphony, null)).newPage();
    await page.goto(LIST);
    await page.focus('.picker > summary');
    await page.keyboard.press('Enter');
    await page.locator('#find-language').waitFor({ state: 'visible' });
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('lang'))).toBe('ca');
    await page.keyboard.press('End');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('lang'))).toBe('ar');
    await page.keyboard.type('deut');
    expect(await page.inputValue('#find-language')).toBe('deut');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await shown(page)).length).toBeGreaterThan(20);
    await page.fill('#find-language', 'deut');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await Promise.all([page.waitForURL('**/de/ideas?language=es'), page.keyboard.press('Enter')]);
    await page.goto('/');
    expect(new URL(page.url()).pathname).toBe('/de');
  });

  test('without script all languages are there in the order of their names, and no field that does nothing', async () => {
    const page = await open(LIST, { javaScriptEnabled: false });
    expect(await page.isVisible('#find-language')).toBe(false);
    const names = await page.$$eval('.languages a', (all) => all.map((each) => each.textContent));
    expect(names).toEqual(names.toSorted(new Intl.Collator('en').compare));
    expect([names[0], names.at(-1)]).toEqual(['català', 'العربية']);
    const greek = await page.$eval('.languages a[lang=el]', (a) => [a.getAttribute('hreflang'), a.getAttribute('dir')]);
    expect(greek).toEqual(['el', 'ltr']);
    await page.click('.languages a[lang=de]');
    expect(page.url()).toBe(`${polyphony.url}/de/ideas?language=es`);
    await page.goto('/');
    expect(new URL(page.url()).pathname).toBe('/de');
  });
});
