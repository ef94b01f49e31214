import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults, RunOptions } from 'axe-core';
import { HtmlValidate } from 'html-validate';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from '../support/browser-like.ts';
import { FEDERATED } from '../support/federation/federated.ts';
import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { meetServer } from '../support/unsafe-acts.ts';
import { tellWordings } from '../support/wordings.ts';
import { hasChromium, openChromium, openWindow, turn } from './chromium.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};
/** Dark changes colours and nothing else. */
const COLOURS: RunOptions = { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] };
const WIDTHS = [360, 1280];
/** Sees every page there is. */
const STAFF = ['moderator', 'organizer', 'secretariat', 'administrator'] as const;

const markup = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'doctype-style': ['error', { style: 'lowercase' }], // as the HTML standard writes it
    'long-title': 'off', // an idea's title may be longer than a search engine shows
    'no-trailing-whitespace': 'off', // templates leave it where a part is empty
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit'] }], // several boxes, one answer
  },
});

/** In a file for each language, so that both are looked at at once. */
export function everyPage(language: string): void {
  describe.skipIf(!hasChromium)(`every page in ${language}`, () => {
    let polyphony: TestPlatform;
    let browser: Browser;
    let context: BrowserContext;
    let idea: string;
    let event: string;
    let report: string;
    let text: string;
    let short: string;
    let page: Page;

    beforeAll(async () => {
      polyphony = await startPolyphony({ ...FEDERATED, TRANSLATION_ENGINES: 'apertium,none' });
      browser = await openChromium();
      const emma = await polyphony.signIn('Emma', { language, roles: [...STAFF] });
      idea = await postTwice(emma, language);
      [event, report] = await holdEvent(emma, language, idea);
      await holdMeeting(polyphony, idea);
      [, text = ''] = /data-text="([\w-]+)"/.exec((await emma.get(`/${language}/ideas/${idea}`)).text) ?? [];
      short = await postShort(emma, language);
      const term = { space: 'climate', from: 'en', to: 'es', source: 'sink', target: 'sumidero' };
      await emma.submit(`/${language}/glossary/new`, term);
      await emma.submit(`/${language}/texts/${text}/report`, { reason: 'spam', note: 'They sell something.' });
      await tellWordings(emma);
      await meetServer(polyphony.em());
      await improveTwice(emma, await polyphony.signIn('Pia'), text);
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
      ['an idea whose language is asked for', '/{l}/ideas/{short}'],
      ['a new idea', '/{l}/spaces/climate/ideas/new'],
      ['a change of an idea', '/{l}/ideas/{idea}/edit'],
      ['the last word before withdrawing', '/{l}/ideas/{idea}/withdraw'],
      ['the report of a text', '/{l}/texts/{text}/report'],
      ['a translation to improve', '/{l}/texts/{text}/improve/pt'],
      ['who translated what', '/{l}/texts/{text}/translations/pt'],
      ['the last word before rolling back', '/{l}/texts/{text}/translations/pt/roll-back?to=1'],
      ['the last word before erasing', '/{l}/texts/{text}/translations/pt/erase?to=1'],
      ['an idea in the words of a person', '/pt/ideas/{idea}'],
      ['the thanks for a report', '/{l}/texts/{text}/report?sent=1'],
      ['events', '/{l}/events'],
      ['events, filtered, without any', '/{l}/events?country=LU'],
      ['a new event', '/{l}/events/new'],
      ['the last word before cancelling', '/{l}/events/{event}/cancel'],
      ['the desk of the moderators', '/{l}/moderation'],
      ['the desk of translations by people', '/{l}/moderation/translations'],
      ['the desk without anything on it', '/{l}/moderation?state=withdrawn'],
      ['the reason for hiding', '/{l}/ideas/{idea}/hide'],
      ['an event with its report', '/{l}/events/{event}'],
      ['a report', '/{l}/reports/{report}'],
      ['a change of a report', '/{l}/events/{event}/report'],
      ['the desk of an organizer', '/{l}/organize'],
      ['who registered', '/{l}/organize/events/{event}/people'],
      ['a message to those who registered', '/{l}/organize/events/{event}/message'],
      ['sign in', '/{l}/sign-in'],
      ['my page', '/{l}/me'],
      ['a profile', '/{l}/people/emma'],
      ['figures', '/{l}/statistics'],
      ['the secretariat’s desk', '/{l}/secretariat'],
      ['the desk of a theme in which nothing happens', '/{l}/secretariat?space=health'],
      ['the glossary', '/{l}/glossary'],
      ['new terms', '/{l}/glossary/new?space=climate'],
      ['how texts are translated', '/{l}/translation'],
      ['the administration', '/{l}/admin'],
      ['engines, queue and costs', '/{l}/admin/translation'],
      ['what to translate in advance', '/{l}/admin/translation/backfill'],
      ['what translating a theme in advance takes', '/{l}/admin/translation/backfill?space=climate'],
      ['whether a theme may use engines outside', '/{l}/admin/translation/spaces/climate'],
      ['other servers', '/{l}/admin/federation'],
      ['the last word before blocking a server', '/{l}/admin/federation/block?host=away.example'],
      ['what is no server', '/{l}/admin/federation/block?host=nowhere'],
      ['what other servers sent and nobody understood', '/{l}/admin/federation/set-aside'],
      ['which wording is wrong', '/{l}/wording?page=%2Fel%2Fideas%3Flanguage%3Des&words=Ideen'],
      ['the thanks for that', '/{l}/wording?page=%2Fel%2Fideas&sent=1'],
      ['what is said to be wrong', '/{l}/secretariat/wording?language=el'],
      ['what is done', '/{l}/secretariat/wording?state=done'],
      ['the way out', '/{l}/leave?to=https%3A%2F%2Fexample.org%2F'],
      ['nothing there', '/{l}/nothing'],
    ])('%s', async (_name, path) => {
      const ids: Record<string, string> = { l: language, idea, event, report, text, short };
      await page.goto(path.replaceAll(/\{(\w+)\}/g, (_place, name: string) => ids[name] ?? ''));
      expect(await complaints(page)).toEqual([]);
    });

    test('a form that was refused, with the focus on what is wrong', async () => {
      await page.goto(`/${language}/spaces/climate/ideas/new`);
      await turn(page, 'main form button');
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('error-summary');
      expect(await complaints(page)).toEqual([]);
    });

    test('the form of a report, with what a search has found', async () => {
      await page.goto(`/${language}/events/${event}/report`);
      await page.click('details.fold summary');
      await page.uncheck(`#idea-${idea}`);
      await page.fill('#search', 'bosques ríos');
      await turn(page, 'main button[name=action]');
      expect(await page.isChecked(`#idea-${idea}`)).toBe(false);
      expect(await page.inputValue('#attendees')).toBe('12');
      expect(await complaints(page)).toEqual([]);
    });

    test('the desk of an organizer who has announced nothing', async () => {
      const newcomer = await polyphony.signIn('Nina', { language, roles: ['organizer'] });
      const desk = await (await openWindow(browser, polyphony, newcomer, { bypassCSP: true })).newPage();
      await desk.goto(`/${language}/organize`);
      expect(await complaints(desk)).toEqual([]);
    });

    test('an idea that was hidden, with the reason', async () => {
      await page.goto(`/${language}/ideas/${idea}/hide`);
      await page.fill('#reason', 'This was posted twice.');
      await page.click('main form button');
      await page.waitForURL(/ideas\/[\w-]+$/);
      expect(await complaints(page)).toEqual([]);
    });

    test('the way in: address, mail, link, name', async () => {
      const newcomer = await (await openWindow(browser, polyphony, null, { bypassCSP: true })).newPage();
      await newcomer.goto(`/${language}/sign-in`);
      await newcomer.fill('#email', 'new@example.net');
      await turn(newcomer, 'main form button');
      const found = await complaints(newcomer);
      const mail = await polyphony.mails.next('new@example.net');
      await newcomer.goto(/http\S+\/sign-in\/\S+/.exec(mail.text ?? '')?.[0] ?? '');
      found.push(...(await complaints(newcomer)));
      await newcomer.click('main form button');
      await newcomer.waitForURL(/welcome/);
      found.push(...(await complaints(newcomer)));
      expect(found).toEqual([]);
    });
  });
}

/** Two versions of an idea in Spanish; returns its id. */
async function postTwice(visitor: Visitor, language: string): Promise<string> {
  const title = 'Energía limpia para todos';
  const { location } = await visitor.submit(`/${language}/spaces/climate/ideas/new`, {
    title,
    body: 'Debemos invertir más en energías renovables y en el transporte público.',
  });
  const id = /ideas\/([\w-]+)/.exec(location ?? '')?.[1] ?? '';
  await visitor.submit(`/${language}/ideas/${id}/edit`, {
    title,
    body: 'Debemos cuidar los bosques y los ríos.',
    version: '1',
  });
  return id;
}

/** A translation that two people have written, and that one of them calls wrong. */
async function improveTwice(emma: Visitor, pia: Visitor, text: string): Promise<void> {
  const improve = (who: Visitor, body: string, base: string) =>
    who.submit(`/pt/texts/${text}/improve/pt`, { title: 'Mais árvores', body, base });
  await improve(emma, 'Precisamos de **mais** árvores.', '0');
  await improve(pia, 'Precisamos de **muito mais** árvores.', '1');
  await pia.submit(`/pt/texts/${text}/report`, { reason: 'wrong-translation', note: 'Não é isso.' });
}

/** Two words, of which nobody can tell the language. Returns the id of the idea. */
async function postShort(visitor: Visitor, language: string): Promise<string> {
  const { location } = await visitor.submit(`/${language}/spaces/climate/ideas/new`, { title: 'Alpe', body: 'Jadran' });
  return /ideas\/([\w-]+)/.exec(location ?? '')?.[1] ?? '';
}

/** An event that is over, with a report that names the idea and a new one; returns the ids of both. */
async function holdEvent(visitor: Visitor, language: string, idea: string): Promise<[event: string, report: string]> {
  const { location } = await visitor.submit(`/${language}/events/new`, {
    space: 'climate',
    title: 'Una tarde por los bosques',
    body: 'Hablamos de los bosques y de los ríos de nuestra región.',
    startsAt: '2026-10-04T18:00',
    endsAt: '2026-10-04T20:00',
    timeZone: 'Europe/Madrid',
    mode: 'in-person',
    address: 'Casa de cultura',
  });
  const event = /events\/([\w-]+)/.exec(location ?? '')?.[1] ?? '';
  await visitor.submit(`/${language}/events/${event}/report`, {
    title: 'Lo que se dijo',
    body: 'Todos quieren más árboles, y nadie se puso de acuerdo en quién los riega.',
    attendees: '12',
    ideas: idea,
    version: '0',
    'newIdeas-0-title': 'Un árbol por cada plaza',
    'newIdeas-0-body': 'Cada plaza de aparcamiento necesita un árbol a su lado.',
  });
  const { text } = await visitor.get(`/${language}/events/${event}`);
  return [event, /reports\/([\w-]+)/.exec(text)?.[1] ?? ''];
}

/** A comment and support in another language, and an event without a report. */
async function holdMeeting(polyphony: TestPlatform, idea: string): Promise<void> {
  const giulia = await polyphony.person('Giulia', { language: 'pt', roles: ['organizer'] });
  await giulia.api('POST', `/ideas/${idea}/comments`, { body: 'Concordo com esta proposta para todas as cidades.' });
  await giulia.api('PUT', `/ideas/${idea}/endorsement`);
  const [from, until] = [2, 1].map((hours) => new Date(Date.now() - hours * 3_600_000).toISOString());
  await giulia.api('POST', '/spaces/climate/events', {
    ...{
      title: 'Incontro sul clima',
      body: 'Parliamone insieme.',
      language: 'it',
      mode: 'in-person',
      address: 'Sala Borsa',
    },
    ...{ startsAt: from, endsAt: until, timeZone: 'Europe/Rome' },
  });
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
    found.push(...(await page.evaluate(complaintsOfTables, width)));
  }
  return found;
}

/** A table scrolls in a box that keys reach, says so at the edge behind which it goes on, and shows all of itself on a common screen. */
function complaintsOfTables(width: number): string[] {
  return [...document.querySelectorAll('main table')].flatMap((table) => {
    const name = `${width}: the table “${table.querySelector('caption')?.textContent?.trim().slice(0, 40)}”`;
    const box = table.closest('.scroller');
    if (!(box instanceof HTMLElement) || box.tabIndex !== 0) return [`${name} cannot be scrolled by keys`];
    const isWide = box.scrollWidth > box.clientWidth;
    if (isWide && width >= 1280) return [`${name} is ${box.scrollWidth - box.clientWidth} px too wide`];
    const isSaid = Number(getComputedStyle(box, '::after').opacity) > 0.5;
    return isSaid === isWide ? [] : [`${name} ${isWide ? 'does not say that it goes on' : 'says that it goes on'}`];
  });
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
