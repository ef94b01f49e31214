import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { installed } from '../support/apertium.ts';
import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { hasChromium, openChromium, openWindow, stay, stayed, turn } from './chromium.ts';

const TITLE = 'Energía limpia para todos';
const SPANISH = 'Debemos invertir más en energías renovables y en el transporte público.';
const PORTUGUESE = 'Devemos investir mais em energias renováveis e no transporte público.';

/** Several steps on two screens, on a machine that translates beside them. */
describe.skipIf(!hasChromium || !installed)('people on two screens', { timeout: 60_000 }, () => {
  let polyphony: TestPlatform;
  let browser: Browser;

  beforeAll(async () => {
    polyphony = await startPolyphony({ TRANSLATION_ENGINES: 'apertium,none' });
    browser = await openChromium();
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  test('María posts in Spanish; João sees it come, reads it in Portuguese, and looks at her own words', async () => {
    const joao = await signedIn('João', 'pt');
    await joao.goto('/pt/spaces/climate');
    const maria = await joins('María', 'maria@example.net');
    await postIdea(maria, TITLE, SPANISH);

    await stay(joao);
    await joao.click('.live-pill');
    await joao.locator('.card-text', { hasText: PORTUGUESE }).waitFor();
    expect(await stayed(joao)).toBe(true);

    await turn(joao, '.card h3 a');
    await joao.locator('.prose:visible', { hasText: PORTUGUESE }).waitFor();
    expect(await joao.locator('.translation-line:visible').textContent()).toContain('Apertium');

    await stay(joao);
    await joao.click('[data-swap]:visible');
    expect(await joao.locator('.prose:visible').textContent()).toContain(SPANISH);
    expect(await joao.locator('h1:visible').textContent()).toBe(TITLE);
    expect(new URL(joao.url()).search).toBe(''); // his choice is kept with him, not in the address
    await joao.keyboard.press('Enter'); // the way back has the focus
    expect(await joao.locator('.prose:visible').textContent()).toContain(PORTUGUESE);
    expect(await stayed(joao)).toBe(true);
  });

  test('María changes her idea while João reads it: the new translation takes the place of the old', async () => {
    const maria = await signedIn('María Elena', 'es');
    const path = await postIdea(maria, TITLE, 'Necesitamos más árboles en las calles.');
    const joao = await signedIn('João Pedro', 'pt');
    await joao.goto(path.replace('/es/', '/pt/'));
    await stay(joao);
    await maria.goto(`${path}/edit`);
    await maria.fill('#body', SPANISH);
    await maria.click('main form button');
    await joao.locator('.prose:visible', { hasText: PORTUGUESE }).waitFor();
    expect(await stayed(joao)).toBe(true);
  });

  test('what a moderator hides is gone from the screen of who was reading it', async () => {
    const maria = await signedIn('María Isabel', 'es');
    const path = await postIdea(maria, TITLE, SPANISH);
    const joao = await signedIn('João Carlos', 'pt');
    await joao.goto(path.replace('/es/', '/pt/'));
    await joao.locator('.prose:visible', { hasText: PORTUGUESE }).waitFor();
    const emma = await signedIn('Emma', 'en', ['moderator']);
    await emma.goto(`${path.replace('/es/', '/en/')}/hide`);
    await emma.fill('#reason', 'This was written to insult somebody.');
    await emma.click('main form button');
    await joao.locator('.notice--gone').waitFor();
    expect(await joao.locator('main').textContent()).not.toContain(PORTUGUESE);
    expect(await joao.locator('main').textContent()).not.toContain(SPANISH);
  });

  test('who loses the connection is told so, and hears afterwards what was missed', async () => {
    const joao = await signedIn('João Miguel', 'pt');
    const line = await cuttable(joao);
    await joao.goto('/pt/spaces/health');
    await line.cut();
    await joao.locator('.live-now--off').waitFor();
    const maria = await signedIn('María Luisa', 'es');
    await postIdea(maria, TITLE, SPANISH, 'health');
    line.mend();
    await joao.locator('.live-pill').waitFor({ timeout: 20_000 }); // attempts come ever more seldom
    expect(await joao.locator('.live-now--off').count()).toBe(0);
  });

  test('the keyboard alone is enough: language panel, a new idea, the original and back', async () => {
    const maria = await signedIn('María Teresa', 'es');
    await maria.goto('/es');
    await maria.keyboard.press('Tab');
    await maria.keyboard.press('Enter');
    await maria.locator('main:focus').waitFor();
    await maria.locator('.picker summary').focus();
    await maria.keyboard.press('Enter');
    await maria.locator('.picker .panel').waitFor();
    await maria.keyboard.press('Escape');
    expect(await maria.locator('.picker[open]').count()).toBe(0);

    await maria.goto('/es/spaces/climate/ideas/new');
    await maria.locator('main .back').focus();
    for (const stop of ['SELECT', 'INPUT']) {
      await maria.keyboard.press('Tab');
      expect(await focused(maria)).toBe(stop);
    }
    await maria.keyboard.type(TITLE);
    await maria.keyboard.press('Tab');
    await maria.keyboard.type(SPANISH);
    for (let tabs = 0; tabs < 10 && (await focused(maria)) !== 'BUTTON'; tabs++) await maria.keyboard.press('Tab');
    await maria.keyboard.press('Enter');
    await maria.waitForURL(/posted=1/);
    expect(await maria.locator('.prose').textContent()).toContain(SPANISH);
  });

  test('without script everything still works, one page at a time', async () => {
    const maria = await joins('María Pilar', 'pilar@example.net', { javaScriptEnabled: false });
    const path = await postIdea(maria, TITLE, SPANISH);
    const joao = await signedIn('João Luís', 'pt', [], { javaScriptEnabled: false });
    await expect
      .poll(() => readProse(joao, path.replace('/es/', '/pt/')), { timeout: 15_000, interval: 500 })
      .toContain(PORTUGUESE);
    await turn(joao, '[data-swap]:visible');
    expect(await joao.locator('.prose:visible').textContent()).toContain(SPANISH);
    await turn(joao, '[data-swap]:visible');
    expect(await joao.locator('.prose:visible').textContent()).toContain(PORTUGUESE);
    await joao.click('.picker summary');
    await turn(joao, '.picker [hreflang="en"]');
    expect(await joao.locator('html').getAttribute('lang')).toBe('en');
  });

  async function signedIn(
    name: string,
    language: string,
    roles: 'moderator'[] = [],
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    const visitor = await polyphony.signIn(name, { language, roles });
    return (await openWindow(browser, polyphony, visitor, options)).newPage();
  }

  /** The whole way of somebody new: address, mail, link, name. */
  async function joins(name: string, email: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await openWindow(browser, polyphony, null, options)).newPage();
    await page.goto('/es/sign-in');
    await page.fill('#email', email);
    await page.click('main form button');
    const mail = await polyphony.mails.next(email);
    await page.goto(/http\S+\/sign-in\/\S+/.exec(mail.text ?? '')?.[0] ?? '');
    await page.click('main form button');
    await page.fill('#name', name);
    await page.fill('#handle', email.split('@')[0] ?? '');
    await page.click('main form button');
    await page.waitForURL(/\/es$/);
    return page;
  }
});

/** Writes into the form and sends it; returns the address of the idea. */
async function postIdea(page: Page, title: string, body: string, space = 'climate'): Promise<string> {
  await page.goto(`/es/spaces/${space}/ideas/new`);
  await page.fill('#title', title);
  await page.fill('#body', body);
  await page.click('main form button');
  await page.waitForURL(/posted=1/);
  return new URL(page.url()).pathname;
}

async function readProse(page: Page, path: string): Promise<string | null> {
  await page.goto(path);
  return page.locator('.prose:visible').textContent();
}

const focused = (page: Page): Promise<string | undefined> => page.evaluate(() => document.activeElement?.tagName);

/** A page whose live connection can be cut, also for new attempts, and mended. */
async function cuttable(page: Page): Promise<{ cut(): Promise<void>; mend(): void }> {
  let isCut = false;
  const open: { close(): Promise<void> }[] = [];
  const opened = Promise.withResolvers<void>();
  await page.routeWebSocket(/socket\.io/, (socket) => {
    if (isCut) return socket.close();
    socket.connectToServer();
    open.push(socket);
    opened.resolve();
  });
  return {
    async cut() {
      await opened.promise;
      isCut = true;
      await Promise.all(open.map((socket) => socket.close()));
    },
    mend: () => void (isCut = false),
  };
}
