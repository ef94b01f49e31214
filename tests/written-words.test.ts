import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { faultsIn } from './support/markup.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';

// What people write arrives as they wrote it. F1, F2 and so on are the numbers of faults that were met from outside.

let polyphony: TestPlatform;
let hanna: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony();
  hanna = await polyphony.person('Hanna');
});
afterAll(() => polyphony.stop());

/** The words of an idea as its page shows them: everything between the tags of its text, and these themselves. */
async function shown(body: string): Promise<{ html: string; words: string; page: string }> {
  const idea = await hanna.api('POST', '/spaces/climate/ideas', { title: 'Ein Titel', body, language: 'de' });
  const page = (await polyphony.visitor().get(`/en/ideas/${idea.body.id}`)).text;
  const html = /data-version="original"><div class="prose"[^>]*>([^]*?)<\/div>/.exec(page)?.[1] ?? '';
  const words = html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return { html, words, page };
}

describe('F1: a link that leads nowhere keeps its words and changes nothing after them', () => {
  const targets = ['/x', '#x', 'tel:112', 'ftp://example.org/x', 'x', '?x', '//example.org'];
  const forms = (target: string) => [
    `[unserer Seite](${target}) und das ist **sehr wichtig** für alle.`,
    `[*unserer* Seite](${target}) und [hier](https://example.org) oder _da_.`,
    `**[Seite](${target})** und \`Code\``,
    `<${target}> und *mehr*`,
    `${target} und **mehr**`,
  ];

  test.each(targets)('%s', async (target) => {
    const { page, html } = await shown(forms(target).join('\n\n'));
    expect(faultsIn(page)).toEqual([]);
    expect(html).toContain('unserer Seite und das ist <strong>sehr wichtig</strong> für alle.');
    expect(html.match(/<strong>/g)?.length).toBe(html.match(/<\/strong>/g)?.length);
    for (const [, href] of html.matchAll(/<a href="([^"]*)"/g))
      expect(href).toMatch(/^\/en\/leave\?to=(https?|mailto)%3A/);
  });

  test('www. is an address, also in a link', async () => {
    const { html } = await shown(
      'Mehr dazu [auf unserer Seite](www.example.org) und das ist **sehr wichtig** für alle.',
    );
    expect(html).toContain(`href="/en/leave?to=${encodeURIComponent('https://www.example.org')}"`);
  });
});

describe('F2: numbers are shown as they were written', () => {
  test.each([
    '2026. március 15-én találkozunk.',
    '1848. március 15. is fontos.',
    '17. 05. 2016 war ein guter Tag.',
    '3. Oktober ist Feiertag.',
    '1. května je svátek.',
    '24.12. feiern wir.',
    '10) Zehn Jahre',
    '2026.',
  ])('%s', async (line) => {
    const one = await shown(line);
    expect(one.html).not.toContain('<li>');
    expect(one.words).toBe(line);
  });

  test('several paragraphs that begin with a year or a day make no list', async () => {
    const lines = [
      '2026. március 15-én találkozunk.',
      '1848. március 15. is fontos.',
      '17. 05. 2016 war ein guter Tag.',
      '3. Oktober ist Feiertag.',
    ];
    const { html, words } = await shown(lines.join('\n\n'));
    expect(html).not.toContain('<ol');
    expect(words).toBe(lines.join(' '));
    expect((await shown(lines.join('\n'))).words).toBe(lines.join(' '));
  });

  test.each([
    ['1. Züge\n2. Betten\n3. Frühstück', '<ol>', 3],
    ['1) Züge\n2) Betten', '<ol>', 2],
    ['0. Vorher\n1. Jetzt', '<ol start="0">', 2],
    ['1. Züge\n\n   leise\n2. Betten\n   1. oben\n   2. unten', '<ol>', 4],
  ])('a real list stays one: %j', async (body, begin, items) => {
    const { html } = await shown(body);
    expect(html).toContain(begin);
    expect(html.match(/<li>/g)).toHaveLength(items);
  });

  test('a list ends where the counting does', async () => {
    const { html, words } = await shown('1. Züge\n2. Betten\n\n2026. október 3.');
    expect(html.match(/<li>/g)).toHaveLength(2);
    expect(words).toBe('Züge Betten 2026. október 3.');
  });
});

test('F4: an indented sentence is no code', async () => {
  const { html } = await shown('Erster Absatz.\n\n\tMit einem Tabulator.\n\n    Mit vier Leerzeichen.');
  expect(html).not.toContain('<pre');
  expect((await shown(`\`\`\`\n${'x'.repeat(300)}\n\`\`\``)).html).toContain('<pre tabindex="0"><code>xxx');
});

describe('F5: signs nobody sees do not refuse a text', () => {
  test('line ends of Word are line ends, others are left out', async () => {
    const { words, html } = await shown('Erste Zeile\u000Bzweite\u000Cdritte\u0007 und\u001F Schluss');
    expect(words).toBe('Erste Zeile zweite dritte und Schluss');
    expect(html.match(/<br/g)).toHaveLength(2);
  });
});
