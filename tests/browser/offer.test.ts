import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { onPage } from '../support/words.ts';
import { hasChromium, openChromium, openWindow } from './chromium.ts';

describe.skipIf(!hasChromium)('Sofia reads Greek, and gets a link to a page in French', () => {
  let polyphony: TestPlatform;
  let browser: Browser;
  let path: string;

  beforeAll(async () => {
    polyphony = await startPolyphony();
    browser = await openChromium();
    const maria = await polyphony.person('María', { language: 'es' });
    const words = { title: 'Más trenes', body: 'Los trenes nocturnos unen ciudades.', language: 'es' };
    path = `/ideas/${(await maria.api('POST', '/spaces/climate/ideas', words)).body.id}`;
  });
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  async function arrive(locale: string, address: string, width = 360): Promise<Page> {
    const options = { locale, viewport: { width, height: 740 }, permissions: ['clipboard-read', 'clipboard-write'] };
    const page = await (await openWindow(browser, polyphony, null, options)).newPage();
    await page.goto(address, { waitUntil: 'networkidle' });
    return page;
  }

  test.each([360, 1280])(
    'she is offered hers in its words, at %i px; one press, and it is remembered',
    async (width) => {
      const page = await arrive('el-GR', `/fr${path}?comments=oldest`, width);
      const bar = page.locator('.offer');
      expect(await bar.locator('a').textContent()).toBe(onPage('el', 'site:offer.read'));
      expect([await bar.getAttribute('lang'), await bar.getAttribute('dir')]).toEqual(['el', 'ltr']);
      const { x, y, width: wide, height } = (await bar.boundingBox()) ?? { x: -1, y: 0, width: 0, height: 0 };
      expect([x, wide, y + height]).toEqual([0, width, 740]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      await Promise.all([page.waitForURL(`**/el${path}?comments=oldest`), bar.locator('a').click()]);
      expect(await page.locator('.offer').count()).toBe(0);
      await page.goto(`/o${path.replace('/ideas', '')}`);
      expect(new URL(page.url()).pathname).toBe(`/el${path}`);
      await page.context().close();
    },
  );

  test('she puts it away, and is not asked again', async () => {
    const page = await arrive('el-GR', `/fr${path}`);
    await page.click('.offer button');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.goto(`/de${path}`, { waitUntil: 'networkidle' });
    expect(await page.locator('.offer').count()).toBe(0);
  });

  test.each([
    ['fr-CA', '/fr'],
    ['sr-RS', '/hr'],
  ])('nobody whose browser asks for %s is offered anything on a page in %s', async (locale, home) => {
    expect(await (await arrive(locale, home + path)).locator('.offer').count()).toBe(0);
  });

  test('what she chose counts more than what the browser asks for', async () => {
    const page = await arrive('en-GB', '/el/ideas');
    await page.goto('/el');
    await page.goto(`/ar${path}`, { waitUntil: 'networkidle' });
    expect(await page.locator('.offer').getAttribute('lang')).toBe('el');
  });

  test('the link to share has no language', async () => {
    const page = await arrive('fr-FR', `/fr${path}?texts=de`);
    await page.click('a[data-copy]');
    await page.locator('.share [role=status]:not(:empty)').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`${polyphony.url}/o${path.replace('/ideas', '')}`);
    expect(new URL(page.url()).pathname).toBe(`/fr${path}`);
  });
});
