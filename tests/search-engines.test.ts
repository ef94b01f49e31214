import { readdirSync } from 'node:fs';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { longestBlock } from './support/longest-block.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent } from './support/registrations.ts';
import { serverUrl } from './support/server.ts';

const LANGUAGES = readdirSync('locales').filter((name) => /^[a-z]{2}$/.test(name));

let polyphony: TestPlatform;
let maria: ApiPerson;
let emma: Visitor;
let idea: string;
let event: string;
beforeAll(async () => {
  polyphony = await startPolyphony();
  maria = await polyphony.person('María', { language: 'es', roles: ['organizer'] });
  emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
  idea = await post('Más trenes nocturnos');
  event = await announceEvent(maria, 2, { language: 'es', title: 'Asamblea', body: 'Hablamos de trenes.' });
});
afterAll(() => polyphony.stop());

const post = async (title: string): Promise<string> =>
  (
    await maria.api('POST', '/spaces/climate/ideas', {
      title,
      body: 'Unen ciudades y cuidan el clima.',
      language: 'es',
    })
  ).body.id;

const read = async (path: string) => (await polyphony.visitor().get(path)).text;

/** What a page says of itself, below the address of the platform. */
async function addressesOf(path: string) {
  const page = await read(path);
  const own = (href = '') => href.replaceAll('&amp;', '&').replace(polyphony.url, '');
  const canonical = [...page.matchAll(/<link rel="canonical" href="([^"]*)">/g)].map(([, href]) => own(href));
  const found = page.matchAll(/<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">/g);
  return { canonical, alternates: new Map([...found].map(([, code = '', href]) => [code, own(href)])) };
}

describe('a page says what its one address is, and where it is in other languages', () => {
  test.each([
    ['/', '/', '', '/'],
    ['/fr', '/fr', '', '/'],
    ['/fr/?texts=de', '/fr', '', '/'],
    ['/fr/ideas', '/fr/ideas', '/ideas', '/en/ideas'],
    ['/fr/ideas/', '/fr/ideas', '/ideas', '/en/ideas'],
    ['/fr/ideas?texts=de&view=original', '/fr/ideas', '/ideas', '/en/ideas'],
    ['/fr/ideas?view=original&language=es&space=climate', '/fr/ideas?space=climate&language=es'],
    ['/fr/ideas?space=climate&language=es&page=1', '/fr/ideas?space=climate&language=es'],
    ['/fr/ideas?language=klingon&space=nowhere', '/fr/ideas'],
    ['/fr/ideas?country=FR&posted=1', '/fr/ideas'],
    ['/fr/spaces', '/fr/spaces'],
    ['/fr/spaces/climate?language=es&view=translation', '/fr/spaces/climate?language=es'],
    ['/fr/events?when=upcoming&mode=online&country=PT', '/fr/events?mode=online&country=PT'],
    ['/fr/events?when=past', '/fr/events?when=past'],
    ['/fr/ideas/{idea}?comments=oldest&commentPage=1&texts=de', '/fr/ideas/{idea}'],
    ['/fr/events/{event}?view=original', '/fr/events/{event}'],
    ['/fr/people/maria?view=original', '/fr/people/maria'],
    ['/fr/statistics/2026-W40?texts=de&space=climate', '/fr/statistics/2026-W40?space=climate'],
    ['/fr/translation?from=es', '/fr/translation'],
  ])('%s is %s', async (path, canonical, below = canonical.slice(3), otherwise = `/en${below}`) => {
    const filled = (address: string) => address.replace('{idea}', idea).replace('{event}', event);
    const said = await addressesOf(filled(path));
    expect(said.canonical).toEqual([filled(canonical)]);
    expect([...said.alternates.keys()].toSorted()).toEqual([...LANGUAGES, 'x-default'].toSorted());
    for (const language of LANGUAGES) expect(said.alternates.get(language)).toBe(filled(`/${language}${below}`));
    expect(said.alternates.get('x-default')).toBe(filled(otherwise));
  });

  test('the second page of a list is one of its own', async () => {
    await rows(polyphony.em(), copies('economy', 25));
    const { canonical, alternates } = await addressesOf('/de/ideas?page=2&space=economy&texts=fr');
    expect(canonical).toEqual(['/de/ideas?space=economy&page=2']);
    expect(alternates.get('fi')).toBe('/fi/ideas?space=economy&page=2');
  });

  test.each(['/fr/sign-in', '/fr/nowhere', '/fr/leave?to=https%3A%2F%2Fexample.org', '/fr/ideas/{idea}/history'])(
    '%s is not for search engines, and says nothing',
    async (path) =>
      expect(await addressesOf(path.replace('{idea}', idea))).toEqual({ canonical: [], alternates: new Map() }),
  );
});

describe('the sitemap', () => {
  const locations = (xml: string) => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, loc = '']) => loc);

  test('robots.txt names it; it leads to every public page in each language, and to no other', async () => {
    expect(await read('/robots.txt')).toContain(`\nSitemap: ${polyphony.url}/sitemap.xml\n`);
    const index = await polyphony.visitor().get('/sitemap.xml');
    expect(index.headers.get('Content-Type')).toBe('application/xml; charset=utf-8');
    const parts = locations(index.text);
    expect(parts).toHaveLength(new Set(parts).size);
    for (const language of LANGUAGES) {
      const own = parts.filter((part) => part.startsWith(`${polyphony.url}/sitemap/${language}/`));
      expect(own.map((part) => part.split('/').at(-1))).toEqual(['pages.xml', 'event-1.xml', 'idea-1.xml']);
    }
    const greek = parts.filter((part) => part.includes('/el/'));
    const all = await Promise.all(greek.map(async (part) => locations(await read(new URL(part).pathname))));
    for (const path of ['', '/ideas', '/spaces', '/spaces/climate', '/events', `/ideas/${idea}`, `/events/${event}`])
      expect(all.flat()).toContain(`${polyphony.url}/el${path}`);
    for (const address of all.flat().filter((_each, place) => place % 5 === 0)) {
      const { canonical } = await addressesOf(address.replace(polyphony.url, ''));
      expect(canonical.map((path) => polyphony.url + path)).toEqual([address]);
    }
  });

  test('says when something changed last', async () => {
    const shown = await read('/sitemap/en/idea-1.xml');
    const [, lastmod = ''] = new RegExp(`${idea}</loc><lastmod>([^<]*)<`).exec(shown) ?? [];
    expect(lastmod).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    await maria.api('PATCH', `/ideas/${idea}`, { title: 'Más trenes' }, { 'If-Match': '"1"' });
    await eventually(async () => expect(await read('/sitemap/en/idea-1.xml')).not.toContain(lastmod));
  });

  test('what is hidden is gone from it within two seconds', async () => {
    const bad = await post('Compra aquí');
    await eventually(async () => expect(await read('/sitemap/fr/idea-1.xml')).toContain(bad));
    expect(await read('/sitemap/fr/idea-1.xml')).toContain(bad);
    await emma.submit(`/en/ideas/${bad}/hide`, { reason: 'Somebody sells something.' });
    await eventually(async () => expect(await read('/sitemap/fr/idea-1.xml')).not.toContain(bad), 2);
  });

  test.each([
    'en/idea-99',
    'en/idea-0',
    'en/idea-01',
    'en/comment-1',
    'en/space-1',
    'en/decision-1',
    'tr/pages',
    'en/x',
    'en/idea-9999999',
  ])('there is no part %s', async (part) =>
    expect((await polyphony.visitor().get(`/sitemap/${part}.xml`)).status).toBe(404),
  );

  test('of 18,000 ideas comes in parts that hold up nobody', async () => {
    await rows(polyphony.em(), copies('health', 18_000));
    const started = performance.now();
    const { result, longestBlockMs } = await longestBlock(async () => {
      const index = await (await fetch(`${polyphony.url}/sitemap.xml`)).text();
      const ideas = locations(index).filter((part) => part.includes('/pt/idea-'));
      const found: string[] = [];
      for (const part of ideas) found.push(...locations(await (await fetch(part)).text()));
      return found;
    });
    expect(new Set(result).size).toBeGreaterThan(18_000);
    expect(result).toHaveLength(new Set(result).size);
    // The embedded database works in this very process.
    expect(serverUrl ? longestBlockMs : 0).toBeLessThan(200);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

/** As many ideas as an import brings, all in María's words. */
const copies = (slug: string, count: number) => sql`
  with made as materialized (select gen_random_uuid() as id from generate_series(1, ${sql.lit(count)})),
    subjects as (insert into subject (id, kind, space_id, root_id, text_id, visibility, published_at, revision)
      select id, 'idea', (select subject_id from space where slug = ${slug}), id, (select text_id from subject where id = ${idea}),
        'public', now(), 1 from made)
  insert into idea (subject_id) select id from made`;
