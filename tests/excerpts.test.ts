import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { excerpt } from '../src/services/texts/markdown.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const FLAG = '🇪🇺';

describe('the first words of a text', () => {
  test.each([
    ['~20 people came', '~20 people came'],
    ['5 * 3 = 15, and 2 * 2 = 4', '5 * 3 = 15, and 2 * 2 = 4'],
    ['2*3*4 = 24, 2**3**2 = 512', '2*3*4 = 24, 2**3**2 = 512'],
    ['foo_bar_baz', 'foo_bar_baz'],
    ['2026 was warm', '2026 was warm'],
    ['2026. A warm year', '2026. A warm year'],
    ['1) Trains\n2) Beds', '1) Trains 2) Beds'],
    ['**Trains** and *beds*, __all__ of _them_', 'Trains and beds, all of them'],
    ['a `night_train()` and\n\n```\nits bed\n```', 'a night_train() and its bed'],
    ['# Trains\n\nat night\n\n---\n\n> they said', 'Trains at night they said'],
    ['- trains\n- beds\n  * soft ones', 'trains beds soft ones'],
    ['one line\nand the next  \nand one more', 'one line and the next and one more'],
    ['[the *plan*](https://example.org/a_b) of 2026', 'the plan of 2026'],
    ['see https://example.org/a_b_c', 'see https://example.org/a_b_c'],
    ['<https://example.org/plan>', 'https://example.org/plan'],
    ['[here](javascript:alert(1))', '[here](javascript:alert(1))'],
    ['Tom &amp; Ana &lt;3 \\*trains\\*', 'Tom & Ana <3 *trains*'],
    ['<b>not ours</b>', '<b>not ours</b>'],
    ['   \n\n ', ''],
  ])('of %j are %j', (source, words) => {
    expect(excerpt(source)).toBe(words);
  });

  test.each([
    ['between words', 'Night trains between capitals', 20, 'Night trains…'],
    ['inside a word that is all there is', 'a'.repeat(100), 20, `${'a'.repeat(20)}…`],
    ['before a family, not inside', `${'a'.repeat(15)}${FAMILY}`, 20, `${'a'.repeat(15)}…`],
    ['before a flag, not inside', `${'a'.repeat(13)}${FLAG.repeat(4)}`, 20, `${'a'.repeat(13)}${FLAG}…`],
    ['before a letter with its accents', `${'a'.repeat(19)}e\u0301\u0323 und weiter`, 20, `${'a'.repeat(19)}…`],
    ['where the words have marks', '**Night** *trains* between capitals', 20, 'Night trains…'],
    ['after a long address', `[Plan](https://example.org/${'a'.repeat(60)}) for trains and beds`, 20, 'Plan…'],
  ])('are cut %s', (_where, source, max, words) => {
    expect(excerpt(source, max)).toBe(words);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7])('hold no half of an emoji, wherever its text is cut (%i)', (before) => {
    for (const emoji of [FAMILY, FLAG]) {
      const words = excerpt('a'.repeat(before) + emoji.repeat(200), 60);
      expect(words.replaceAll(emoji, '')).toBe(`${'a'.repeat(before)}…`);
    }
  });
});

describe('on the pages', () => {
  let polyphony: TestPlatform;
  beforeAll(async () => {
    polyphony = await startPolyphony();
  });
  afterAll(() => polyphony.stop());

  test('the card and the description of an idea say its words', async () => {
    const ana = await polyphony.person('Ana');
    const body = `~20 people &amp; **5 * 3** = 15 [night_trains](https://example.org/plan)${` ${FAMILY}`.repeat(40)}`;
    const { status } = await ana.api('POST', '/spaces/climate/ideas', { title: 'Trains', body, language: 'en' });
    expect(status).toBe(201);
    const list = (await polyphony.visitor().get('/en/ideas')).text;
    const [, card] = /<p class="card-text"[^>]*>([^<]*)/.exec(list) ?? [];
    const [, path = ''] = /href="(\/en\/ideas\/[0-9a-f-]{36})/.exec(list) ?? [];
    const page = (await polyphony.visitor().get(path)).text;
    const [, description] = /<meta name="description" content="([^"]*)"/.exec(page) ?? [];
    for (const words of [card, description])
      expect(words).toMatch(new RegExp(String.raw`^~20 people &amp; 5 \* 3 = 15 night_trains( ${FAMILY})+…$`, 'u'));
  });
});
