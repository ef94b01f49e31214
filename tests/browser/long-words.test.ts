import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { announceEvent, come } from '../support/registrations.ts';
import { hasChromium, openChromium, openWindow } from './chromium.ts';

const PATHS = [
  ...['', '/ideas', '/ideas/{idea}', '/spaces/climate/ideas/new', '/events', '/events/{event}', '/reports/{report}'],
  ...[
    '/spaces/climate',
    '/statistics',
    '/sign-in',
    '/me',
    '/translation',
    '/privacy',
    '/ideas?language=bg&space=climate',
  ],
  ...['/organize', '/organize/events/{event}/people', '/events/new', '/moderation', '/glossary', '/secretariat'],
  ...['/secretariat/reports', '/secretariat/wording', '/admin', '/admin/translation', '/admin/translation/backfill'],
];
/** Sees every page there is. */
const STAFF = ['moderator', 'organizer', 'secretariat', 'administrator'] as const;
/** More than a phone shows at once. */
const GUESTS = 14;

describe.skipIf(!hasChromium)('The key pages on a phone', { timeout: 60_000 }, () => {
  let polyphony: TestPlatform;
  let browser: Browser;
  let ids: Record<string, string>;
  beforeAll(async () => {
    polyphony = await startPolyphony();
    browser = await openChromium();
    const giulia = await polyphony.person('Giulia', { roles: ['organizer'] });
    const post = { title: 'Treni notturni', body: 'Binari per tutti.', language: 'it' };
    const idea = (await giulia.api('POST', '/spaces/climate/ideas', post)).body.id;
    const held = await announceEvent(giulia, null, { startsAt: '2026-03-01T18:00', endsAt: '2026-03-01T20:00' });
    const report = (
      await giulia.api('PUT', `/events/${held}/report`, { ...post, title: 'Verbale', attendees: 20, ideas: [idea] })
    ).body.id;
    await announceEvent(giulia, null, { startsAt: '2026-03-08T18:00', endsAt: '2026-03-08T20:00' }); // without a report
    ids = { idea, event: await announceEvent(giulia, 20), report };
    for (let guest = 1; guest <= GUESTS; guest++)
      await come(await polyphony.person(`Guest ${guest}`), ids['event'] ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  test.each(['de', 'fi', 'el', 'bg'])('have room for the words of %s', async (language) => {
    const emma = await polyphony.signIn(`Emma ${language}`, { language, roles: [...STAFF] });
    const context = await openWindow(browser, polyphony, emma, { viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    const found: string[] = [];
    for (const path of PATHS) {
      await page.goto(`/${language}${path.replaceAll(/\{(\w+)\}/g, (_place, name: string) => ids[name] ?? '')}`);
      expect(await page.locator('h1').count(), path).toBe(1);
      const complaints = [...(await page.evaluate(complaintsOfRoom)), ...(await page.evaluate(complaintsOfBoxes))];
      found.push(...complaints.map((complaint) => `${path}: ${complaint}`));
    }
    expect(found).toEqual([]);
    await context.close();
  });
});

/** A page wider than the screen, words that are cut, buttons of three lines. */
function complaintsOfRoom(): string[] {
  const nameOf = (element: Element) => `${element.tagName}.${element.className} “${element.textContent?.trim()}”`;
  const excess = document.documentElement.scrollWidth - innerWidth;
  const found = excess > 0 ? [`${excess} px too wide`] : [];
  for (const element of document.querySelectorAll('body *:not(.hidden, .hidden *)')) {
    if (!(element instanceof HTMLElement) || !element.checkVisibility() || element.clientWidth < 2) continue;
    const style = getComputedStyle(element);
    const isCut = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    if (isCut && style.textOverflow !== 'ellipsis') found.push(`cut: ${nameOf(element)}`);
    if (!element.matches('button, .button')) continue;
    const inside = element.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    if (inside > 2.5 * parseFloat(style.lineHeight)) found.push(`more than two lines: ${nameOf(element)}`);
  }
  return found;
}

/** Choices whose longest words are cut, and lists that scroll in a window of their own: only wide tables do, to keep their headings. */
function complaintsOfBoxes(): string[] {
  const pen = document.createElement('canvas').getContext('2d');
  const found = [...document.querySelectorAll('select')].flatMap((select) => {
    if (!pen || !select.checkVisibility()) return [];
    const style = getComputedStyle(select);
    pen.font = style.font;
    const widthOf = (option: HTMLOptionElement) => pen.measureText(option.text).width;
    const longest = [...select.options].reduce((one, other) => (widthOf(other) > widthOf(one) ? other : one));
    longest.selected = true;
    const line = parseFloat(style.lineHeight);
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const lines = (select.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)) / line;
    return widthOf(longest) > room && lines < widthOf(longest) / room ? [`cut: “${longest.text}”`] : [];
  });
  const lists = [...document.querySelectorAll('.scroller:not(:has(.acts, .matrix))')];
  const windows = lists.filter((list) => list.scrollHeight > list.clientHeight + 1);
  return [...found, ...windows.map((list) => `scrolls by itself: “${list.ariaLabel}”`)];
}
