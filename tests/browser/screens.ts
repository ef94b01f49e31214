// `npm run screens`: pictures of the key pages, from a demonstration of its own that is thrown away. An address (`-- http://localhost:3000`) takes them from one that runs.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { Browser, BrowserContext, Page } from 'playwright-core';

import { launchProgram } from '../support/program.ts';
import { openChromium } from './chromium.ts';

const FOLDER = fileURLToPath(new URL('../../docs/screens/', import.meta.url));
/** To fill the demonstration on two busy cores, and to let the first translations arrive. */
const FILL_SECONDS = 600;
const TRANSLATE_MILLISECONDS = 15_000;
const SIGN_IN = /organizer .* (http\S+)/;

/** Twelve key pages; where one of a kind is shown, what leads to it: from the first page by each link to the next, until there is one. */
const PAGES: Record<string, { path: string; find?: [on: string, ...ways: RegExp[]]; own?: boolean }> = {
  home: { path: '' },
  ideas: { path: '/ideas' },
  idea: { path: '/ideas/', find: ['/ideas', /\/en\/ideas\/([\da-f-]{36})"/g] },
  'new-idea': { path: '/spaces/climate/ideas/new', own: true },
  events: { path: '/events' },
  event: { path: '/events/', find: ['/events', /\/en\/events\/([\da-f-]{36})"/g] },
  report: {
    path: '/reports/',
    find: ['/events?when=past', /\/en(\/events\/[\da-f-]{36})"/g, /\/en\/reports\/([\da-f-]{36})/g],
  },
  space: { path: '/spaces/climate' },
  week: { path: '/statistics/', find: ['/statistics', /\/en\/statistics\/(\d[\w-]+)/g] },
  'sign-in': { path: '/sign-in' },
  me: { path: '/me', own: true },
  translation: { path: '/translation' },
};
/** Each in English on a wide screen; these besides, on a phone or in the dark. */
const PHONE = ['home', 'idea', 'events'];
const OTHERS = ['de', 'el', 'bg', 'ar'];

interface Shot {
  name: string;
  language: string;
  width: 360 | 1280;
  colorScheme: 'light' | 'dark';
}

await main();

async function main(): Promise<void> {
  const [address] = process.argv.slice(2);
  if (!address) return withDemo((url, link) => shootAll(url, link));
  return shootAll(address, null);
}

async function withDemo(work: (url: string, link: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'polyphony-screens-'));
  const program = await launchProgram({ DATA_DIR: folder }, 'src/demo/demo.ts');
  try {
    console.log('Filling a demonstration …');
    const until = Date.now() + FILL_SECONDS * 1_000;
    while (!SIGN_IN.test(program.output())) {
      if (Date.now() > until) throw new Error(`The demonstration does not start: ${program.output()}`);
      await setTimeout(500);
    }
    await setTimeout(TRANSLATE_MILLISECONDS);
    await work(program.url, SIGN_IN.exec(program.output())?.[1] ?? '');
  } finally {
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function shootAll(url: string, link: string | null): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const browser = await openChromium();
  try {
    const state = link ? await signedIn(browser, link) : undefined;
    for (const shot of shots()) {
      if (PAGES[shot.name]?.own && !state) continue;
      const context = await browser.newContext({
        ...(PAGES[shot.name]?.own && state ? { storageState: state } : {}),
        locale: shot.language,
        ...{ baseURL: url, viewport: { width: shot.width, height: shot.width === 360 ? 740 : 900 } },
        ...{ colorScheme: shot.colorScheme, reducedMotion: 'reduce' },
      });
      await shoot(context, shot);
      await context.close();
    }
  } finally {
    await browser.close();
  }
}

function shots(): Shot[] {
  const light = { language: 'en', colorScheme: 'light' } as const;
  return [
    ...Object.keys(PAGES).map((name) => ({ ...light, name, width: 1280 as const })),
    ...PHONE.map((name) => ({ ...light, name, width: 360 as const })),
    ...OTHERS.flatMap((language) =>
      ['home', 'ideas'].map((name) => ({ ...light, name, language, width: 360 as const })),
    ),
    { name: 'idea', language: 'en', width: 1280, colorScheme: 'dark' },
  ];
}

async function signedIn(browser: Browser, link: string): Promise<Awaited<ReturnType<BrowserContext['storageState']>>> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.click('main form button');
  await page.waitForLoadState();
  const state = await context.storageState();
  await context.close();
  return state;
}

/** WebP, which Chromium writes itself: half of a PNG. */
async function shoot(context: BrowserContext, { name, language, width, colorScheme }: Shot): Promise<void> {
  const { path = '', find } = PAGES[name] ?? {};
  const page = await context.newPage();
  const found = find ? await follow(page, find) : '';
  const answer = await page.goto(`/${language}${path}${found}`, { waitUntil: 'load' });
  if (answer?.status() !== 200) throw new Error(`${page.url()} answered ${answer?.status()}.`);
  await page.evaluate(() => document.fonts.ready.then(() => null));
  const session = await context.newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 });
  const file = `${[name, language, width, ...(colorScheme === 'dark' ? ['dark'] : [])].join('-')}.webp`;
  writeFileSync(join(FOLDER, file), data, 'base64');
  console.log(`docs/screens/${file}`);
}

async function follow(page: Page, [on, way, ...ways]: [on: string, ...ways: RegExp[]]): Promise<string> {
  if (!way) return on;
  const text = await (await page.request.get(`/en${on}`)).text();
  for (const [, found = ''] of text.matchAll(way)) {
    const end = await follow(page, [found, ...ways]);
    if (end) return end;
  }
  return '';
}
