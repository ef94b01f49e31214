import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from '../support/browser-like.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from '../support/polyphony.ts';
import { stubEngine } from '../support/stub-engine.ts';
import { hasChromium, openChromium, openWindow, stay, stayed, turn } from './chromium.ts';

const TITLE = 'Energía limpia para todos';
const BODY = 'Debemos invertir más en energías renovables.';
const COMMENT = 'Estoy de acuerdo con esta propuesta.';
const MARTAS = 'Temos de investir mais em energias renováveis.';

describe.skipIf(!hasChromium)('what readers do with a translation', { timeout: 60_000 }, () => {
  let polyphony: TestPlatform;
  let browser: Browser;
  let maria: ApiPerson;
  let path: string;

  beforeAll(async () => {
    polyphony = await startPolyphony({}, { engine: stubEngine() });
    browser = await openChromium();
    maria = await polyphony.person('María', { language: 'es' });
    const idea = { title: TITLE, body: BODY, language: 'es' };
    const { body } = await maria.api('POST', '/spaces/climate/ideas', idea);
    path = `/pt/ideas/${body.id}`;
    await maria.api('POST', `/ideas/${body.id}/comments`, { body: COMMENT, alignment: 'for' });
    await eventually(async () => {
      const { text } = await polyphony.visitor().get(`${path}?comments=oldest`);
      expect(text).toContain(`pt: ${COMMENT}`);
      expect(text).toContain(`pt: ${BODY}`);
    });
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  async function open(who: Visitor | null, address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await openWindow(browser, polyphony, who, options)).newPage();
    await page.goto(address);
    return page;
  }

  const words = (page: Page) => page.locator('article .prose:visible').allTextContents();

  test('João turns a comment over where it stands; it stays so after a reload and on the list', async () => {
    const joao = await polyphony.signIn('João', { language: 'pt' });
    const page = await open(joao, path);
    await stay(page);
    const kept = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.locator('.comment [data-swap]:visible').focus();
    await page.keyboard.press('Enter');
    expect(await words(page)).toEqual([`pt: ${BODY}`, COMMENT].map((each) => expect.stringContaining(each)));
    expect((await words(page))[1]).not.toContain('pt:');
    // The focus is on the way back, and the page is the same one.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Ver tradução');
    expect(await stayed(page)).toBe(true);
    expect((await kept).status()).toBe(303);

    const keptToo = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.click('article > .section [data-swap]:visible');
    await keptToo;
    await page.reload();
    expect((await words(page)).join()).not.toContain('pt:');
    await page.goto('/pt/ideas');
    expect(await page.locator('.card h3').textContent()).toBe(TITLE);
  });

  test('for a visitor it is in the address, and goes with them', async () => {
    const page = await open(null, path);
    await page.click('article > .section [data-swap]:visible');
    expect(new URL(page.url()).search).toBe('?view=original');
    await page.goto('/pt/ideas?view=original');
    await turn(page, '.card h3 a');
    expect(new URL(page.url()).search).toBe('?view=original');
    expect((await words(page)).join()).not.toContain('pt:');
  });

  test('Marta improves it, and Inês, who is reading, sees her words come', async () => {
    const ines = await open(await polyphony.signIn('Inês', { language: 'pt' }), path);
    await stay(ines);
    const marta = await open(await polyphony.signIn('Marta', { language: 'pt' }), path);
    await turn(marta, 'article > .section a[href*="/improve/"]:visible');
    expect(await marta.locator('#body').inputValue()).toBe(`pt: ${BODY}`);
    await marta.fill('#body', MARTAS);
    await turn(marta, 'main form button[type="submit"]');
    expect(await marta.locator('article > .section .prose:visible').textContent()).toContain(MARTAS);
    await ines.locator('article > .section .prose:visible', { hasText: MARTAS }).waitFor();
    expect(await ines.locator('article > .section .translation-line:visible').textContent()).toContain('Marta');
    expect(await stayed(ines)).toBe(true);
  });

  test('without script both work too, on a phone, from right to left', async () => {
    const options = { javaScriptEnabled: false, viewport: { width: 360, height: 800 } };
    const rui = await polyphony.signIn('Rui', { language: 'pt' });
    const page = await open(rui, path, options);
    await turn(page, '.comment [data-swap]:visible');
    expect(new URL(page.url()).hash).toMatch(/^#c-/);
    expect((await words(page)).join()).not.toContain(`pt: ${COMMENT}`);
    await page.goto(path.replace('/pt/', '/ar/'));
    await turn(page, 'article > .section a[href*="/improve/ar"]:visible');
    const [original, editor] = await page.locator('.parallel--editor > section').all();
    const [above, below] = [await original?.boundingBox(), await editor?.boundingBox()];
    expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.fill('#title', 'طاقة نظيفة للجميع');
    await page.fill('#body', 'يجب أن نستثمر أكثر في الطاقات المتجددة.');
    await turn(page, 'main form button[type="submit"]');
    expect(await page.locator('h1:visible').textContent()).toBe('طاقة نظيفة للجميع');
  });
});
