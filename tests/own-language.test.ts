import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { inMail } from './support/words.ts';

let polyphony: TestPlatform;
let maria: ApiPerson;
let idea: string;
beforeAll(async () => {
  polyphony = await startPolyphony();
  maria = await polyphony.person('María', { language: 'es' });
  const body = 'Los trenes nocturnos unen ciudades y cuidan el clima.';
  idea = (await maria.api('POST', '/spaces/climate/ideas', { title: 'Más trenes', body, language: 'es' })).body.id;
});
afterAll(() => polyphony.stop());

/** Follows a link on the page at `from`, as browsers do it. */
const follow = (who: Visitor, from: string, to: string) =>
  who.get(to, { Referer: polyphony.url + from, 'Sec-Fetch-Site': 'same-origin' });

describe('Jürgen prefers German, and his browser asks for English', () => {
  test('what he chooses in the picker holds for the first page and for links without a language', async () => {
    const jurgen = polyphony.visitor();
    const page = (await jurgen.get('/en/ideas?language=es&page=1')).text;
    const [, german = ''] = /href="(\/de\/ideas[^"]*)" lang="de" hreflang="de"/.exec(page) ?? [];
    expect(german.replaceAll('&amp;', '&')).toBe('/de/ideas?language=es&page=1');
    await follow(jurgen, '/en/ideas?language=es&page=1', '/de/ideas?language=es&page=1');
    expect((await jurgen.get('/')).location).toBe('/de');
    for (const [path, below] of [
      [`/o/${idea}`, `ideas/${idea}`],
      ['/s/climate', 'spaces/climate'],
      ['/u/maria', 'people/maria'],
    ] as const) {
      const { location, headers } = await jurgen.get(path);
      expect(location).toBe(`/de/${below}`);
      expect(headers.get('Vary')).toMatch(/Accept-Language.*Cookie/);
    }
    expect((await jurgen.get('/nowhere')).text).toContain('<html lang="de"');
  });

  test('the choice of language stays one press away', async () => {
    const jurgen = polyphony.visitor();
    await jurgen.get('/de');
    const page = await follow(jurgen, '/de', '/');
    expect(page.status).toBe(200);
    expect(page.text).toMatch(/<html lang="de".*<li class="is-suggested"><a href="\/de"/s);
    await follow(jurgen, '/', '/fr');
    expect((await jurgen.get('/')).location).toBe('/fr');
  });

  test.each([
    ['a link from elsewhere to a page', () => `/fr/ideas/${idea}`, { 'Sec-Fetch-Site': 'cross-site' }],
    ['a link from elsewhere to a home', () => '/fr', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a link in a mail', () => `/fr/ideas/${idea}`, { 'Sec-Fetch-Site': 'none' }],
    ['a forged way', () => '/fr/ideas', { Referer: 'https://evil.example/en/ideas' }],
    ['another page', () => '/fr/ideas', { Referer: '/en/events' }],
  ])('%s in French chooses nothing for him', async (_name, path, headers: Record<string, string>) => {
    const jurgen = polyphony.visitor();
    await jurgen.get('/de');
    const referer = headers['Referer']?.replace(/^\//, `${polyphony.url}/`);
    expect((await jurgen.get(path(), { ...headers, ...(referer ? { Referer: referer } : {}) })).status).toBe(200);
    expect((await jurgen.get(`/o/${idea}`)).location).toBe(`/de/ideas/${idea}`);
  });
});

describe('Rui has an account in Portuguese', () => {
  test('links without a language open in it, until he chooses another one here', async () => {
    const rui = await polyphony.signIn('Rui', { language: 'pt' });
    rui.cookies.delete('language');
    expect((await rui.get(`/o/${idea}`)).location).toBe(`/pt/ideas/${idea}`);
    expect((await rui.get('/')).text).toContain('<html lang="pt"');
    await follow(rui, `/pt/ideas/${idea}`, `/fi/ideas/${idea}`);
    expect((await rui.get(`/o/${idea}`)).location).toBe(`/fi/ideas/${idea}`);
  });
});

describe('scripts of kept pages ask which language is the reader’s own', () => {
  test('by choice, account and browser, in the words of that language; no proxy keeps it for others', async () => {
    const rui = await polyphony.signIn('Rui Pedro', { language: 'pt' });
    rui.cookies.delete('language');
    const ask = async (who: Visitor, asked: string) => {
      const { text, headers } = await who.get('/language', { 'Accept-Language': asked });
      expect([headers.get('Cache-Control'), headers.get('Vary')]).toEqual([
        expect.stringContaining('private'),
        expect.stringContaining('Accept-Language, Cookie'),
      ]);
      return JSON.parse(text) as Record<string, string>;
    };
    expect(await ask(rui, 'fi')).toMatchObject({ language: 'pt' });
    await rui.get('/sl');
    expect(await ask(rui, 'fi')).toMatchObject({ language: 'sl' });
    const nobody = polyphony.visitor();
    expect(await ask(nobody, 'gl-ES, ca;q=0.4')).toMatchObject({
      language: 'ca',
      dismiss: inMail('ca', 'site:offer.dismiss'),
    });
    expect(await ask(nobody, 'xx')).toMatchObject({ language: 'en', read: inMail('en', 'site:offer.read') });
  });
});

describe('an address with a variant of a language', () => {
  test.each([
    ['/pt-BR/ideas?language=es&page=2', '/pt/ideas?language=es&page=2'],
    ['/PT/ideas', '/pt/ideas'],
    ['/pt_BR', '/pt'],
    ['/EN', '/en'],
    ['/en-GB-oxendict/spaces/climate', '/en/spaces/climate'],
    ['/deu/events', '/de/events'],
    ['/mo/ideas?texts=de', '/ro/ideas?texts=de'],
    ['/fr-FR//evil.example', '/fr//evil.example'],
  ])('%s leads to %s', async (path, location) => {
    const answer = await polyphony.visitor().get(path);
    expect([answer.status, answer.location]).toEqual([301, location]);
  });

  test.each([
    '/nb/ideas',
    '/zh-Hant',
    '/API/v1/ideas',
    '/pt-/ideas',
    '/pt--BR',
    '/xx',
    '/__proto__/ideas',
    '/hasOwnProperty',
  ])('%s is not there', async (path) => expect((await polyphony.visitor().get(path)).status).toBe(404));

  test('nothing is written through it', async () => {
    const ana = await polyphony.signIn('Ana');
    expect((await ana.submit('/EN/ideas/new', { title: 'Trees', body: 'More of them.' })).status).toBe(404);
  });
});

test('a browser that asks for very much costs hardly more than one that asks for little', async () => {
  const much = Array.from({ length: 1_600 }, (_each, place) => `x${place % 9};q=0.${place % 10}`).join(',');
  const costOf = async (asked: string) => {
    const before = process.cpuUsage();
    for (let times = 0; times < 20; times++)
      expect((await polyphony.visitor().get('/s/climate', { 'Accept-Language': asked })).location).toBe(
        '/en/spaces/climate',
      );
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 20_000; // milliseconds a request
  };
  await costOf('xx');
  const dear: number[] = [];
  const cheap: number[] = [];
  for (let round = 0; round < 4; round++) {
    dear.push(await costOf(much));
    cheap.push(await costOf('xx'));
  }
  // The least of each: the process does other things, too, and those only add.
  expect(Math.min(...dear) - Math.min(...cheap)).toBeLessThan(15);
});
