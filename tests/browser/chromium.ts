import { existsSync } from 'node:fs';

import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';

import type { Visitor } from '../support/browser-like.ts';
import type { TestPlatform } from '../support/polyphony.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** Whether this machine has a browser; without it the tests that need it are skipped, and say so. */
export const hasChromium = existsSync(executablePath);
if (!hasChromium) console.warn(`There is no Chromium at ${executablePath}: the browser tests are skipped.`);

export const openChromium = (): Promise<Browser> => chromium.launch({ executablePath, args: ['--no-sandbox'] });

/** A window of somebody's own, with their session if they have one. */
export async function openWindow(
  browser: Browser,
  { url }: Pick<TestPlatform, 'url'>,
  visitor: Visitor | null,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, ...options });
  const cookies = [...(visitor?.cookies ?? [])].map(([name, value]) => ({ name, value, url }));
  if (cookies.length > 0) await context.addCookies(cookies);
  context.setDefaultTimeout(10_000);
  return context;
}

/** Presses what leads to another page, and waits until that is there as a whole, with its scripts: a press alone waits for the first byte. */
export async function turn(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.click(selector)]);
}

/** Leaves a mark on the open document that a reload would wipe out. */
export const stay = (page: Page): Promise<void> => page.evaluate(() => void (document.body.dataset['stay'] = 'yes'));
export const stayed = (page: Page): Promise<boolean> => page.evaluate(() => document.body.dataset['stay'] === 'yes');
