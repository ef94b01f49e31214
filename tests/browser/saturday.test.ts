import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { RoleName } from '../../src/platform/person.ts';
import { row, rows } from '../../src/platform/db/database.ts';
import { installed } from '../support/apertium.ts';
import { startPolyphony, type TestPlatform } from '../support/polyphony.ts';
import { onPage } from '../support/words.ts';
import { hasChromium, openChromium, openWindow, stay, stayed, turn } from './chromium.ts';

const TITLE = 'Assemblea sui treni notturni';
const NEW_IDEA = 'Un biglietto unico per i treni notturni';
const SPANISH = 'Debemos invertir más en energías renovables y en el transporte público.';
const PORTUGUESE = 'Devemos investir mais em energias renováveis e no transporte público.';
const INSULT = 'Eres un idiota y nadie quiere escuchar tus tonterías.';
const SEATS = 30;

/** An event from its announcement to what came of it, in the order in which it happened. */
describe.skipIf(!hasChromium || !installed)('a Saturday in three languages', { timeout: 90_000 }, () => {
  let polyphony: TestPlatform;
  let browser: Browser;
  let giulia: Page;
  let emma: Page;
  let margot: Page;
  let event: string;
  let idea: string;

  beforeAll(async () => {
    polyphony = await startPolyphony({ TRANSLATION_ENGINES: 'apertium,none' });
    browser = await openChromium();
    giulia = await signedIn('Giulia', 'en', ['organizer']);
    emma = await signedIn('Emma', 'en', ['secretariat']);
    margot = await signedIn('Margot', 'es', [], { timezoneId: 'Europe/Lisbon' });
  });
  afterAll(async () => {
    await browser?.close();
    await polyphony?.stop();
  });

  test('Emma has the week open when Giulia announces a hybrid event, and sees it counted', async () => {
    await emma.goto('/en/secretariat');
    await stay(emma);
    await giulia.goto('/en/events/new');
    await giulia.selectOption('#space', 'climate');
    await giulia.fill('#title', TITLE);
    await giulia.fill('#body', 'Parliamo insieme dei treni notturni tra le capitali europee.');
    await giulia.fill('#startsAt', '2031-10-04T18:00');
    await giulia.fill('#endsAt', '2031-10-04T20:30');
    await giulia.selectOption('#timeZone', 'Europe/Rome');
    await giulia.selectOption('#mode', 'hybrid');
    await giulia.fill('#address', 'Sala Borsa, Bologna');
    await giulia.fill('#capacity', String(SEATS));
    await giulia.click('main form button[type="submit"]');
    await giulia.waitForURL(/posted=1/);
    event = new URL(giulia.url()).pathname.split('/').at(-1) ?? '';
    await expect.poll(() => figure(emma, 'statistics:events')).toBe('1');
    expect(await stayed(emma)).toBe(true);
  });

  test('31 want 30 seats; Astrid is the first in line, and moves up when Margot cannot come', async () => {
    await margot.goto(`/es/events/${event}`);
    const ownTime = () =>
      margot
        .locator('local-time')
        .first()
        .evaluate((element) => element.shadowRoot?.textContent);
    await expect.poll(ownTime).toContain('17:00');
    await turn(margot, '#seats button');
    await margot.getByText(onPage('es', 'events:registered')).waitFor();
    for (let number = 1; number < SEATS; number++) {
      const person = await polyphony.person(`Guest ${number}`, { language: 'ro' });
      expect((await person.api('PUT', `/events/${event}/registration`)).body).toEqual({ state: 'registered' });
    }
    const astrid = await signedIn('Astrid', 'pt');
    await astrid.goto(`/pt/events/${event}`);
    await turn(astrid, '#seats button');
    await astrid.getByText(onPage('pt', 'events:inLine', { place: 1 })).waitFor();
    await stay(astrid);
    await turn(margot, '#seats button');
    await astrid.getByText(onPage('pt', 'events:registered')).waitFor();
    expect(await stayed(astrid)).toBe(true);
    const mail = await polyphony.mails.next('astrid@example.org');
    expect(mail.text).toContain(`/pt/events/${event}`);
  });

  test('afterwards Giulia reports: 27 came, an idea of María was discussed, and one was born', async () => {
    const maria = await signedIn('María', 'es');
    await maria.goto('/es/spaces/climate/ideas/new');
    await maria.fill('#title', 'Energía limpia para todos');
    await maria.fill('#body', SPANISH);
    await maria.click('main form button[type="submit"]');
    await maria.waitForURL(/posted=1/);
    const spanish = new URL(maria.url()).pathname;
    await isOver(event);
    await stay(maria);

    await giulia.goto(`/en/events/${event}/report`);
    await giulia.fill('#attendees', '27');
    await giulia.fill('#body', 'Tutti vogliono un biglietto unico; sul prezzo non siamo d’accordo.');
    await giulia.fill('#search', 'Energía limpia');
    await turn(giulia, 'button[value="search"]');
    await giulia.check('input[name="ideas"]');
    await giulia.click('details.fold:has(#newIdeas-0-title) summary');
    await giulia.fill('#newIdeas-0-title', NEW_IDEA);
    await giulia.fill('#newIdeas-0-body', 'Vogliamo comprare un solo biglietto per tutto il viaggio.');
    await turn(giulia, 'main form p.section button');
    expect(new URL(giulia.url()).pathname).toBe(`/en/events/${event}`);
    expect(await giulia.locator('main').textContent()).toContain('27');

    await maria.locator(`a[href="/es/events/${event}#report"]`).waitFor();
    expect(await stayed(maria)).toBe(true);
    expect(new URL(maria.url()).pathname).toBe(spanish);
    const born = await row(
      polyphony.em(),
      sql<{ id: string }>`select to_id as id from link where from_id = ${event} and type = 'born'`,
    );
    idea = born?.id ?? '';
    await expect.poll(() => figure(emma, 'statistics:attendees')).toBe('27');
  });

  test('under the new idea a Spaniard and a Portuguese argue, each in their own language, live', async () => {
    const joao = await signedIn('João', 'pt');
    await joao.goto(`/pt/ideas/${idea}`);
    await stay(joao);
    const carmen = await signedIn('Carmen', 'es');
    await carmen.goto(`/es/ideas/${idea}`);
    await carmen.check('input[value="against"]');
    await carmen.fill('#comments #body', SPANISH);
    await turn(carmen, '#comments form button[type="submit"]');
    await joao.locator('.live-slot[data-kind="comment"] .live-pill').waitFor();
    expect(await stayed(joao)).toBe(true);
    await joao.click('.live-slot[data-kind="comment"] .live-pill');
    await joao.locator('.comment .prose:visible', { hasText: PORTUGUESE }).waitFor();
    expect(await stayed(joao)).toBe(true);
  });

  test('Erin, who reads only English, hides a Spanish insult; its author reads why, in Spanish', async () => {
    const pablo = await signedIn('Pablo', 'es');
    await pablo.goto(`/es/ideas/${idea}`);
    await pablo.fill('#comments #body', INSULT);
    await turn(pablo, '#comments form button[type="submit"]');
    const erin = await signedIn('Erin', 'en', ['moderator']);
    await erin.goto('/en/moderation');
    const item = erin.locator('.desk-item', { hasText: INSULT });
    await item.locator('[lang="en"].prose, .prose[lang="en"]').first().waitFor({ timeout: 20_000 });
    await item.locator('a[href*="/hide"]').first().click();
    await erin.fill('#reason', 'This text insults a person. Please write it again without the insult.');
    await turn(erin, 'main form button[type="submit"]');
    await polyphony.mails.next('pablo@example.org').then((mail) => expect(mail.text).toContain('persona'));
  });

  test('what Emma sees is what there is', async () => {
    await expect.poll(() => figure(emma, 'statistics:registrations')).toBe(String(SEATS));
    const [counted] = await rows(
      polyphony.em(),
      sql<{
        comments: number;
      }>`select count(*)::int as comments from subject where kind = 'comment' and closed_at is null`,
    );
    await expect.poll(() => figure(emma, 'statistics:comments')).toBe(String(counted?.comments));
    expect(await stayed(emma)).toBe(true);
  });

  async function signedIn(
    name: string,
    language: string,
    roles: RoleName[] = [],
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    const visitor = await polyphony.signIn(name, { language, roles });
    return (await openWindow(browser, polyphony, visitor, options)).newPage();
  }

  /** Saturday evening: the clock is turned on, as nobody can wait so long. */
  async function isOver(id: string): Promise<void> {
    await rows(
      polyphony.em(),
      sql`update event set starts_at = now() - interval '3 hours', ends_at = now() - interval '1 second' where subject_id = ${id}`,
    );
  }
});

/** The value beside a name on the secretariat's page. */
async function figure(page: Page, key: Parameters<typeof onPage>[1]): Promise<string | null> {
  const words = page.locator('.figure', { hasText: onPage('en', key) }).first();
  return (await words.locator('.value').first().textContent())?.trim() ?? null;
}
