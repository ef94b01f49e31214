import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults, RunOptions } from 'axe-core';
import { HtmlValidate } from 'html-validate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { hasChromium, openChromium, openWindow } from './chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};
/** Dark changes colours and nothing else. */
const COLOURS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] };
const WIDTHS = [360, 1280];

const markup = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'doctype-style': ['error', { style: 'lowercase' }], // as the HTML standard writes it
    'long-title': 'off', // an idea's title may be longer than a search engine shows
    'no-trailing-whitespace': 'off', // templates leave it where a part is empty
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit'] }], // several boxes, one answer
  },
});

describe.skipIf(!hasChromium).each(['en', 'ar'])('every page in %s', (language) => {
  let polyphony: TestPlatform;
  let browser: Browser;
  let context: BrowserContext;
  let idea: string;
  let page: Page;

  beforeAll(async () => {
    polyphony = await startPolyphony();
    browser = await openChromium();
    idea = await postTwice(polyphony);
    const emma = await polyphony.signIn('Emma', { language, roles: ['moderator'] });
    context = await openWindow(browser, polyphony, emma, { bypassCSP: true });
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  test.each([
    ['the choice of language', '/'],
    ['home', '/{l}'],
    ['themes', '/{l}/spaces'],
    ['a theme', '/{l}/spaces/climate'],
    ['a theme without ideas', '/{l}/spaces/health'],
    ['ideas, filtered', '/{l}/ideas?language=es&space=climate'],
    ['an idea', '/{l}/ideas/{idea}'],
    ['an idea as it was written', '/{l}/ideas/{idea}?view=original'],
    ['versions', '/{l}/ideas/{idea}/history'],
    ['a new idea', '/{l}/spaces/climate/ideas/new'],
    ['the reason for hiding', '/{l}/ideas/{idea}/hide'],
    ['sign in', '/{l}/sign-in'],
    ['my page', '/{l}/me'],
    ['a profile', '/{l}/people/emma'],
    ['figures', '/{l}/statistics'],
    ['the way out', '/{l}/leave?to=https%3A%2F%2Fexample.org%2F'],
    ['nothing there', '/{l}/nothing'],
  ])('%s', async (_name, path) => {
    await page.goto(path.replace('{l}', language).replace('{idea}', idea));
    expect(await complaints(page)).toEqual([]);
  });

  test('a form that was refused, with the focus on what is wrong', async () => {
    await page.goto(`/${language}/spaces/climate/ideas/new`);
    await page.click('main form button');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('error-summary');
    expect(await complaints(page)).toEqual([]);
  });
});

/** Two versions of an idea in Spanish. */
async function postTwice(polyphony: TestPlatform): Promise<string> {
  const maria = await polyphony.person('María', { language: 'es' });
  const first = {
    title: 'Energía limpia para todos',
    body: 'Debemos invertir más en energías renovables y en el transporte público.',
  };
  const { body } = await maria.api('POST', '/spaces/climate/ideas', first);
  await maria.api(
    'PATCH',
    `/ideas/${body.id}`,
    { body: 'Debemos cuidar los bosques y los ríos.' },
    { 'If-Match': '"1"' },
  );
  return body.id;
}

/** What the validator, axe in light and dark, and a ruler say about the open page: at best nothing. */
async function complaints(page: Page): Promise<string[]> {
  const found = await malformed(page);
  await page.evaluate(AXE);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    found.push(...(await axe(page, RULES, `light ${width}`)));
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    found.push(...(await axe(page, COLOURS, `dark ${width}`)));
    const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (excess > 0) found.push(`${width}: ${excess} px too wide`);
  }
  return found;
}

async function malformed(page: Page): Promise<string[]> {
  const answer = await page.request.get(page.url());
  const report = await markup.validateString(await answer.text());
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${ruleId}, line ${line}: ${message}`),
  );
}

async function axe(page: Page, options: RunOptions, where: string): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults, RunOptions>(
    (given) => (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(given),
    options,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${where}: ${id} at ${String(node.target)}`));
}
