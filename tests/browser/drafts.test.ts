import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { startPolyphony, type ApiPerson, type TestPlatform } from '../support/polyphony.ts';
import { stubEngine } from '../support/stub-engine.ts';
import { onPage } from '../support/words.ts';
import { hasChromium, openChromium, openWindow, stay, stayed, turn } from './chromium.ts';

const HALF = 'Me parece una buena idea, pero habría que';
const FORM = '#comments form:has(#body)';
const BODY = `${FORM} #body`;

describe.skipIf(!hasChromium)('F21: what María is writing', () => {
  let browser: Browser;
  let polyphony: TestPlatform;
  let joao: ApiPerson;
  let idea: string;
  let maria: Page;
  beforeAll(async () => {
    browser = await openChromium();
    polyphony = await startPolyphony({}, { engine: stubEngine() });
    joao = await polyphony.person('João', { language: 'pt' });
    const words = { title: 'Comboios', body: 'Queremos comboios noturnos em toda a Europa.' };
    idea = (await joao.api('POST', '/spaces/climate/ideas', words)).body.id;
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  const open = async () => {
    const visitor = await polyphony.signIn(`María ${Date.now()}`, { language: 'es' });
    maria = await (await openWindow(browser, polyphony, visitor)).newPage();
    await maria.goto(`/es/ideas/${idea}`);
    await maria.click(BODY);
    await maria.keyboard.type(HALF);
  };
  const written = () => maria.inputValue(BODY);

  test('stays when she has new comments shown', async () => {
    await open();
    await stay(maria);
    await joao.api('POST', `/ideas/${idea}/comments`, { body: 'Quem paga isto?', alignment: 'against' });
    await maria.click('.live-slot[data-kind="comment"] .live-pill');
    await maria.locator('.comment', { hasText: 'Quem paga isto?' }).waitFor();
    expect([await stayed(maria), await written()]).toEqual([true, HALF]);
  });

  test('is asked about before she leaves, and is there again when she comes back', async () => {
    await open();
    const asked = new Promise<string>((resolve) =>
      maria.once('dialog', (dialog) => {
        resolve(dialog.type());
        void dialog.accept();
      }),
    );
    await Promise.all([maria.waitForEvent('load'), maria.reload()]);
    expect(await asked).toBe('beforeunload');
    await maria.getByText(onPage('es', 'site:draft.kept')).waitFor();
    expect(await written()).toBe(HALF);
    await maria.click(`${FORM} .notice button`);
    expect(await written()).toBe('');
    await maria.reload();
    expect(await written()).toBe('');
  });

  test('is there again after the server was down, and gone once it has it', async () => {
    await open();
    await maria.route('**/comments', (route) => route.fulfill({ status: 502, body: 'Bad gateway' }));
    await turn(maria, `${FORM} button[type="submit"]`);
    expect(await maria.textContent('body')).toBe('Bad gateway');
    await maria.unroute('**/comments');
    await maria.goto(`/es/ideas/${idea}`);
    expect(await written()).toBe(HALF);
    await turn(maria, `${FORM} button[type="submit"]`);
    await maria.locator('.comment', { hasText: HALF }).waitFor();
    expect(await written()).toBe('');
  });
});
