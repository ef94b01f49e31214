import { readFileSync } from 'node:fs';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { direction } from '../../translation/languages.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from '../support/polyphony.ts';
import { inMail, interfaceLanguages } from '../support/words.ts';
import { hasChromium, openChromium, openWindow, turn } from './chromium.ts';

const PHONE = { width: 360, height: 640 };
/** Enough of each language to be recognised: our own words of two themes. */
const THEMES = new Map(interfaceLanguages.map((language) => [language, themesIn(language)]));

describe.skipIf(!hasChromium)('somebody new comes, in every language', { timeout: 90_000 }, () => {
  let polyphony: TestPlatform;
  let browser: Browser;
  let giulia: ApiPerson;
  beforeAll(async () => {
    polyphony = await startPolyphony({ LANGUAGES: interfaceLanguages.join() });
    browser = await openChromium();
    giulia = await polyphony.person('Giulia');
  });
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  test.each(interfaceLanguages)('%s', async (language) => {
    const window = await openWindow(browser, polyphony, null, { locale: language, viewport: PHONE });
    const page = await window.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));

    await page.goto('/');
    await turn(page, `.choose .is-suggested a[hreflang="${language}"]`);
    expect(await page.locator('html').getAttribute('dir')).toBe(direction(language));
    const address = `mila-${language}@example.net`;
    await join(page, language, address);

    const { title, description } = THEMES.get(language)?.['climate'] ?? missing(language);
    const idea = await post(page, language, { title, body: description });
    const answer = THEMES.get(language)?.['health']?.description ?? '';
    const answered = await giulia.api('POST', `/ideas/${idea}/comments`, { body: answer });
    expect(answered.body.text.language, 'the comment was recognised').toBe(language);
    await page.click('.live-slot[data-kind="comment"] .live-pill');
    await page.locator('.prose', { hasText: answer.slice(0, 40) }).waitFor();

    await page.goto(`/${language}/spaces/climate`);
    await turn(page, `.card h3 a:text-is(${JSON.stringify(title)})`);
    expect(await page.locator('.prose').first().textContent()).toContain(description.slice(0, 60));

    expect(faults).toEqual([]);
    await window.close();
  });

  async function join(page: Page, language: string, address: string): Promise<void> {
    await turn(page, `a[href^="/${language}/sign-in"]:visible`);
    await page.fill('#email', address);
    await page.click('main form button');
    const mail = await polyphony.mails.next(address);
    expect(mail.subject).toBe(inMail(language, 'mails:signIn.subject'));
    await page.goto(/http\S+\/sign-in\/\S+/.exec(mail.text ?? '')?.[0] ?? '');
    await page.click('main form button');
    await page.fill('#name', `Mila ${language}`);
    await page.fill('#handle', `mila-${language}`);
    await page.click('main form button');
    await page.waitForURL(new RegExp(`/${language}$`));
  }
});

/** Writes into the form without saying which language it is, sends it, and returns the idea's id. */
async function post(page: Page, language: string, { title, body }: { title: string; body: string }): Promise<string> {
  await page.goto(`/${language}/spaces/climate/ideas/new`);
  await page.fill('#title', title);
  await page.fill('#body', body);
  await page.click('main form button');
  await page.waitForURL(/posted=1/);
  expect(await page.locator('.prose').first().evaluate(languageOf), 'the idea was recognised').toBe(language);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

const languageOf = (element: Element): string | null => element.closest('[lang]')?.getAttribute('lang') ?? null;

type Themes = Record<string, { title: string; description: string }>;

function themesIn(language: string): Themes {
  return JSON.parse(readFileSync(new URL(`../../locales/${language}/themes.json`, import.meta.url), 'utf8'));
}

function missing(language: string): never {
  throw new Error(`locales/${language}/themes.json has no climate.`);
}
