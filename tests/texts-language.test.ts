import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { parseCalendar } from './support/calendar.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent } from './support/registrations.ts';
import { stubEngine } from './support/stub-engine.ts';
import { inMail, onPage } from './support/words.ts';

const TITLE = 'Energía limpia';
const BODY = 'Debemos invertir más en energías renovables.';
const IN_GERMAN = `de: ${BODY}`;

let polyphony: TestPlatform;
let maria: ApiPerson;
let idea: string;
let event: string;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine() });
  maria = await polyphony.person('María', { language: 'es', roles: ['organizer'] });
  const posted = await maria.api('POST', '/spaces/climate/ideas', { title: TITLE, body: BODY, language: 'es' });
  idea = `/ideas/${posted.body.id}`;
  event = await announceEvent(maria, 2, { language: 'es', title: 'Asamblea', body: 'Hablamos de trenes.' });
  const rui = await polyphony.person('Rui', { language: 'pt' });
  await eventually(async () => {
    const read = (path: string) => rui.api('GET', `${path}?lang=de`);
    expect((await read(idea)).body.translation.state).toBe('ready');
    expect((await read(`/events/${event}`)).body.translation.state).toBe('ready');
  });
});
afterAll(() => polyphony.stop());

const visible = (page: string) => page.replaceAll(/<div data-text="[^"]*" data-version="[^"]*"[^>]* hidden>/g, '');

describe('F14: Jürgen reads German, on pages in English', () => {
  test('texts come in German, marked as German, under English headings', async () => {
    const page = (await polyphony.visitor().get(`/en${idea}?texts=de`)).text;
    expect(visible(page)).toContain(IN_GERMAN);
    expect(page).toMatch(/<h1 lang="de" dir="ltr">de: Energía limpia/);
    expect(page).toMatch(/<html lang="en" dir="ltr"[^>]* data-texts="de"/);
    expect(page).toContain(onPage('en', 'texts:improve'));
    expect((await polyphony.visitor().get(`/en${idea}`)).text).toContain(`en: ${BODY}`);
    expect((await polyphony.visitor().get(`/en${idea}?texts=xx`)).text).toContain(`en: ${BODY}`);
    expect((await polyphony.visitor().get(`/ar${idea}?texts=de`)).text).toContain(`dir="ltr">de: Energía`);
  });

  test.each(['', '/ideas', '/events', '/spaces/climate', '/people/maria', '/events.ics'])('on %s too', async (path) => {
    const page = (await polyphony.visitor().get(`/en${path}?texts=de`)).text;
    expect(page).toContain('de: ');
    expect(page).not.toContain('en: ');
  });

  test.each(['/ideas', '/events'])('the switch of %s names it', async (path) => {
    const page = (await polyphony.visitor().get(`/en${path}?texts=de`)).text;
    expect(page).toMatch(/<ul class="switch">.*?<span lang="de" dir="ltr">Deutsch/s);
  });

  test('every link, form and way back keeps it, and leads to German texts', async () => {
    const jurgen = polyphony.visitor();
    const seen = new Set<string>();
    const todo = ['/en?texts=de'];
    for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
      if (seen.has(path) || seen.size > 60) continue;
      seen.add(path);
      const { text, status } = await jurgen.get(path);
      if (status !== 200 || !text.startsWith('<!doctype html>')) continue;
      for (const href of leadingOn(text)) {
        expect.soft(href, `on ${path}`).toMatch(/[?&]texts=de(?:&|#|$)/);
        todo.push(href);
      }
      for (const [form] of text.matchAll(/<form\b[^>]*method="get"[^]*?<\/form>/g))
        expect(form).toContain('name="texts"');
    }
    expect(seen.size).toBeGreaterThan(40);
    const asked = await jurgen.submit('/en/sign-in?texts=de', {
      email: 'jurgen@example.org',
      to: `/en${idea}?texts=de`,
    });
    expect(asked.text).toContain('texts=de');
    const wished = await jurgen.submit(`/en/texts/${await textOf(idea)}/wish?texts=de`, {});
    expect(wished.location).toMatch(/\?texts=de$/);
    expect((await jurgen.get('/s/climate?texts=de')).location).toBe('/en/spaces/climate?texts=de');
  });

  test('search engines are told of the page without it; kept pages do not mix', async () => {
    const page = (await polyphony.visitor().get(`/en${idea}?texts=de`)).text;
    expect(page).toContain(`<link rel="canonical" href="${polyphony.url}/en${idea}">`);
    expect(page.match(/<link rel="alternate"[^>]*>/g)?.join()).not.toContain('texts=');
    for (const [language, words] of [
      ['pt', `pt: ${BODY}`],
      ['de', IN_GERMAN],
      ['pt', `pt: ${BODY}`],
    ] as const) {
      const read = (await polyphony.visitor().get(`/en${idea}?texts=${language}`)).text;
      expect(visible(read)).toContain(words);
    }
  });

  test('a calendar is German by its address', async () => {
    const file = (await polyphony.visitor().get(`/en/events/${event}.ics?texts=de`)).text;
    expect(parseCalendar(file)[0]?.summary).toContain('de: Asamblea');
  });
});

describe('F14: Mia has an account', () => {
  const read = async (who: Visitor) => visible((await who.get(`/en${idea}`)).text);

  test('she chooses in the picker, and it holds on every page without a trace in the address', async () => {
    const mia = await polyphony.signIn('Mia');
    expect(await read(mia)).toContain(`en: ${BODY}`);
    const form = (await mia.get(`/en${idea}`)).text;
    expect(form).toMatch(/<form class="texts-in" method="post" action="\/en\/me\/texts"/);
    const chosen = await mia.submit('/en/me/texts', { texts: 'de', to: `/en${idea}?comments=oldest` });
    expect([chosen.status, chosen.location]).toEqual([303, `/en${idea}?comments=oldest`]);
    expect(await read(mia)).toContain(IN_GERMAN);
    expect((await mia.get('/en/me')).text).toMatch(/<option value="de" lang="de" selected>/);
    expect((await mia.submit('/en/me/texts', { texts: 'klingon', to: '/en' })).status).toBe(422);
    expect((await mia.submit('/en/me/texts', { texts: '', to: '/en' })).status).toBe(303);
    expect(await read(mia)).toContain(`en: ${BODY}`);
  });

  test('she sets it among her settings; mails tell of texts in German', async () => {
    const lena = await polyphony.signIn('Lena');
    const settings = { name: 'Lena', interfaceLanguage: 'en', textsLanguage: 'de', reads: ['en'] };
    expect((await lena.submit('/en/me?texts=fr', settings)).location).toBe('/en/me?saved=1');
    expect(await read(lena)).toContain(IN_GERMAN);
    expect((await lena.submit(`/en/events/${event}/register`, {})).status).toBe(303);
    const mail = await polyphony.mails.next('lena@example.org');
    expect(mail.subject).toContain(inMail('en', 'mails:machine', { title: 'de: Asamblea' }));
  });
});

describe('F54: Ġorġ joins', () => {
  async function atTheDoor(email: string, to: string): Promise<Visitor> {
    const visitor = polyphony.visitor();
    await visitor.submit('/en/sign-in', { email, to });
    const { text = '' } = await polyphony.mails.next(email);
    await visitor.submit(new URL(/http\S+/.exec(text)?.[0] ?? '').pathname, {});
    return visitor;
  }

  test('he says which languages he reads; texts come in the first; a handle is suggested and said to stay', async () => {
    const gorg = await atTheDoor('gorg@example.org', `/en${idea}?texts=de`);
    const welcome = (await gorg.get('/en/welcome')).text;
    expect(welcome).toMatch(/<option value="de" lang="de" selected>/);
    expect(welcome).toContain(onPage('en', 'people:handleHint'));
    const first = await gorg.submit('/en/welcome', {
      name: 'Ġorġ Østergård',
      handle: '',
      textsLanguage: 'de',
      reads: ['mt', 'it'],
    });
    expect(first.status).toBe(422);
    expect(first.text).toContain('value="gorg-ostergard"');
    expect(first.text).toContain(onPage('en', 'errors:handleSuggested'));
    expect(first.text).toMatch(/name="reads" value="mt" checked/);
    const answers = { name: 'Ġorġ Østergård', handle: 'gorg-ostergard', textsLanguage: 'de', reads: ['mt', 'it'] };
    expect((await gorg.submit('/en/welcome?texts=de', answers)).location).toBe(`/en${idea}`);
    expect(visible((await gorg.get(`/en${idea}`)).text)).toContain(IN_GERMAN);
    const me = (await gorg.get('/en/me')).text;
    for (const code of ['de', 'mt', 'it']) expect(me).toMatch(new RegExp(`name="reads" value="${code}" checked`));
    expect(me).not.toMatch(/name="reads" value="en" checked/);
  });

  test.each([
    ['Мария Иванова', 'mariya-ivanova'],
    ['Γιώργος', 'giorgos'],
    ['Łukasz Groß', 'lukasz-gross'],
    ['سارة', 'person'],
    ['Citizen', 'citizen-2'],
    ['María', 'maria-2'],
  ])('%s is offered %s, and a taken handle the next free one', async (name, handle) => {
    const visitor = await atTheDoor(`w-${handle}@example.org`, '/en');
    const offered = await visitor.submit('/en/welcome', { name, handle: '' });
    expect(offered.text).toContain(`value="${handle}"`);
    const taken = await visitor.submit('/en/welcome', { name, handle: 'maria' });
    expect(taken.text).toContain(onPage('en', 'people:handleFree', { handle }));
  });
});

const textOf = async (path: string) => (await maria.api('GET', path)).body.text.id;

/** Where the links of a page lead within the platform, as far as a reader follows them. */
function leadingOn(page: string): string[] {
  const links = [...page.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
  return links.filter((href) => /^\/(?:en(?:[/?]|$)|\?|$)/.test(href));
}
