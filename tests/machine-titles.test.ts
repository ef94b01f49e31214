import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Visitor } from './support/browser-like.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { announceEvent } from './support/registrations.ts';
import { stubEngine } from './support/stub-engine.ts';
import { inMail, onPage } from './support/words.ts';

// F41: wherever a reader meets what a machine translated, a picture and a word say so.

/** No page of the story is further from home than so many others. */
const MOST_PAGES = 150;
const MADE = 'made in English:';
const MADE_TITLE = `${MADE} Una tarde por los bosques`;
const held = { startsAt: '2026-10-04T18:00', endsAt: '2026-10-04T20:30', language: 'es', mode: 'in-person' };

let polyphony: TestPlatform;
let emma: Visitor;
let lucia: ApiPerson;
let event: string;
let idea: string;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { engine: stubEngine({ say: (text) => `${MADE} ${text}` }) });
  emma = await polyphony.signIn('Emma', {
    roles: ['moderator', 'organizer', 'secretariat', 'administrator'],
  });
  lucia = await polyphony.person('Lucía', { language: 'es', roles: ['organizer'] });
  const words = { title: 'Más árboles en las plazas', body: 'Cada plaza necesita un árbol.', language: 'es' };
  idea = (await lucia.api('POST', '/spaces/climate/ideas', words)).body.id;
  const comment = { body: 'Y también en las calles.', language: 'es', alignment: 'for' };
  await lucia.api('POST', `/subjects/${idea}/comments`, comment);
  const about = { title: 'Una tarde por los bosques', body: 'Hablamos de los bosques.' };
  event = await announceEvent(lucia, null, { ...held, ...about });
  await announceEvent(lucia, null, { ...about, title: 'La próxima tarde', language: 'es' });
  const report = { title: 'Lo que se dijo', body: 'Todos quieren más árboles.', language: 'es', attendees: 12 };
  await lucia.api('PUT', `/events/${event}/report`, { ...report, ideas: [idea] });
  const second = await announceEvent(lucia, null, { ...held, ...about, title: 'Otra tarde por los ríos' });
  await lucia.api('PUT', `/events/${second}/report`, { ...report, title: null, ideas: [idea] });
  await eventually(async () => {
    for (const path of ['ideas', 'events?when=past', 'events'])
      expect((await emma.get(`/en/${path}`)).text).not.toMatch(/translation-line--none|icon[^]{0,400}coming/i);
    expect((await emma.get(`/en/events/${second}`)).text.split(MADE).length).toBeGreaterThan(5);
  });
}, 60_000);
afterAll(() => polyphony.stop());

/** Every page of this reader that a link leads to, but for those on which translations are written. */
async function* walk(reader: Visitor, from: string): AsyncGenerator<{ path: string; text: string }> {
  const [seen, next] = [new Set([from]), [from]];
  for (let path = next.shift(); path && seen.size <= MOST_PAGES; path = next.shift()) {
    const { status, text } = await reader.get(path);
    if (status === 200) yield { path, text };
    for (const [, href = ''] of text.matchAll(/href="(\/en\/[^"?#]*)/g))
      if (!seen.has(href) && !/\/(improve|translations)\/|\.(ics|csv)$|\/leave$/.test(href) && seen.add(href))
        next.push(href);
  }
}

/** Translated words that nothing beside or below them says to be so. */
function unlabelled(page: string): string[] {
  const [head = '', body = ''] = page.split('</head>');
  const inHead = [...head.matchAll(/<title>([^<]*)|content="([^"]*)"/g)].map(
    ([, title, words]) => title ?? words ?? '',
  );
  const label = inMail('en', 'texts:machine');
  const plain = inHead.filter((each) => each.includes(MADE) && !each.includes(`(${label})`));
  const places = [...body.matchAll(new RegExp(`${MADE}[^<]*`, 'g'))];
  const bare = places.filter(({ index }) => {
    const after = body.slice(index, index + 4_000);
    const inTitle = /^[^<]*(<\/a>)? <span class="machine"[^>]*><svg[^]*?<\/svg><span[^>]*>([^<]*)/.exec(after);
    // A text has its line below; between them is nothing but the rest of it.
    const inText = /^[^<]*(<\/?(p|strong|em|br|div|blockquote)\b[^>]*>\s*)*<div class="translation-line"/.exec(after);
    const onCard = /^[^<]*<\/p>\s*<ul class="meta">[^]*?<\/ul>\s*<div class="translation-line"/.exec(after);
    return inTitle?.[2] !== label && !inText && !onCard;
  });
  return [...plain, ...bare.map(([words]) => words)];
}

describe('what a machine translated', () => {
  test.each(['signed in', 'signed out'])(
    'F41: says so on every page, for a reader who is %s',
    async (who) => {
      const found: Record<string, string[]> = {};
      let [pages, places] = [0, 0];
      for await (const { path, text } of walk(who === 'signed in' ? emma : polyphony.visitor(), '/en')) {
        const bare = unlabelled(text);
        if (bare.length > 0) found[path] = bare;
        pages += 1;
        places += text.split(MADE).length - 1;
      }
      expect(found).toEqual({});
      expect(pages).toBeGreaterThan(12);
      expect(places).toBeGreaterThan(30);
    },
    60_000,
  );

  test('F41: pages that no link of a list leads to say so, too', async () => {
    for (const path of [`events/${event}/report`, `events/${event}/hide`, `ideas/${idea}/hide`]) {
      const { text } = await emma.get(`/en/${path}`);
      expect(text).toContain(MADE);
      expect(unlabelled(text)).toEqual([]);
    }
  });

  test('F41: the word can be seen where no line below says it', async () => {
    const word = `</svg><span>${onPage('en', 'texts:machine')}</span>`;
    const seen = (page: string, title: string) => page.slice(page.indexOf(title)).split(word).length > 1;
    expect(seen((await emma.get('/en')).text, `${MADE} Más árboles`)).toBe(true);
    expect(seen((await emma.get(`/en/ideas/${idea}`)).text, MADE_TITLE)).toBe(true);
  });

  test('F41: the API says it of what it mentions', async () => {
    const joao = await polyphony.person('João', { language: 'en' });
    const { body } = await joao.api('GET', `/ideas/${idea}?lang=en`);
    expect(body.events).toContainEqual(expect.objectContaining({ title: MADE_TITLE, isMachine: true }));
    const asWritten = await lucia.api('GET', `/ideas/${idea}?lang=es`);
    expect(asWritten.body.events).toContainEqual(expect.objectContaining({ isMachine: false }));
  });

  test('F41: what was written says nothing of it', async () => {
    const { text } = await polyphony.visitor().get(`/en/ideas/${idea}?view=original`);
    const shown = text.replaceAll(/<div [^>]*data-version="translation"[^>]* hidden>[^]*?(?=<div data-text)/g, '');
    expect(shown).not.toContain('class="machine"');
  });
});
