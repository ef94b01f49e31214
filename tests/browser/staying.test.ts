import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { onPage } from '../support/words.ts';
import { hasChromium, openChromium, openWindow, turn } from './chromium.ts';

describe.skipIf(!hasChromium)('Ana follows a link out of a comment', () => {
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

  test('and stays: she is where she was reading, and the bar of stances says what its legend says', async () => {
    const joao = await polyphony.person('João', { language: 'pt' });
    const { body } = await joao.api('POST', '/spaces/climate/ideas', { title: 'Comboios', body: 'Em toda a Europa.' });
    const said = [
      ['for', 'Vejam https://example.org/comboios antes de responder.'],
      ['against', 'É demasiado caro para todos.'],
      ['neutral', 'Quanto custa um bilhete?'],
    ];
    for (const [alignment, words] of said)
      await joao.api('POST', `/ideas/${body.id}/comments`, { body: words, alignment });
    const page = await (await openWindow(browser, polyphony, null)).newPage();
    await page.goto(`/pt/ideas/${body.id}?comments=oldest`);

    const fills = (selector: string) =>
      page.$$eval(selector, (parts) => parts.map((part) => part.getAttribute('class') ?? part.getAttribute('fill')));
    expect(await fills('.tally > rect:not(.frame)')).toEqual(['on', 'off', 'url(#stripe)']);
    expect(await fills('.tally-key .swatch rect:first-child')).toEqual(['on', 'off', 'url(#stripe)']);

    await turn(page, '.comment a[href*="/leave"]');
    await page.getByRole('link', { name: onPage('pt', 'texts:exit.stay') }).click();
    await page.waitForURL(`**/pt/ideas/${body.id}?comments=oldest`);
  });
});
