import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { autonym } from '../translation/languages.ts';
import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

const GOOD = { page: '/pl/ideas?language=es', words: 'Pomysla', better: 'Pomysły', remark: '' };

let polyphony: TestPlatform;
let piotr: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony();
  piotr = await polyphony.signIn('Piotr', { language: 'pl' });
});
afterAll(() => polyphony.stop());

const link = (page: string) => `href="/pl/wording?page=${encodeURIComponent(page)}" data-wording`;

const stored = () =>
  rows(
    polyphony.em(),
    sql<Record<string, string | null>>`select language, page, words, better, remark from wording_report order by id`,
  );

const keyIn = (text: string): string => /name="key" value="([\w-]+)"/.exec(text)?.[1] ?? '';

describe('Piotr meets a word that no Pole would say', () => {
  test('every page leads him to the form, and nobody who is not signed in', async () => {
    for (const page of ['/pl', '/pl/ideas?language=es', '/pl/translation', '/pl/nothing', '/pl/me']) {
      expect((await piotr.get(page)).text, page).toContain(link(page));
      expect((await polyphony.visitor().get(page)).text, page).not.toContain('data-wording');
    }
    const long = `/pl/ideas?from=${'x'.repeat(1_000)}`;
    expect((await piotr.get(long)).text).toContain(link('/pl/ideas'));
    const lost = await polyphony.visitor().get('/pl/wording?page=%2Fpl');
    expect(lost.status).toBe(401);
    expect(lost.text).toContain('/pl/sign-in?to=%2Fpl%2Fwording%3Fpage%3D');
  });

  test('the page on which the words of the site are counted leads there, too', async () => {
    expect((await polyphony.visitor().get('/pl/translation')).text).toContain(
      'href="/pl/wording?page=%2Fpl%2Ftranslation%23interface"',
    );
  });

  test('the form shows the language and the page he came from, in whatever language he reads it', async () => {
    for (const language of ['pl', 'en', 'ar']) {
      const { status, text } = await piotr.get(`/${language}/wording?page=%2Fpl%2Fideas%3Flanguage%3Des&words=Pomysla`);
      expect(status).toBe(200);
      expect(text).toContain(`<dd><span lang="pl" dir="ltr">${autonym('pl')}</span></dd>`);
      expect(text).toContain('href="/pl/ideas?language=es" dir="ltr"');
      expect(text).toContain('>\nPomysla</textarea>');
    }
  });

  test.each([
    '//evil.example/pl',
    'https://evil.example/pl',
    'javascript:alert(1)',
    '/tlh/ideas',
    '/plx',
    `/pl/${'x'.repeat(600)}`,
    'pl',
  ])('%s is no page of ours: the language is that of the form', async (page) => {
    const { status, text } = await piotr.get(`/pl/wording?page=${encodeURIComponent(page)}`);
    expect(status).toBe(200);
    expect(text).toContain('name="page" value=""');
    expect(text).toContain('name="language" value="pl"');
  });

  test('what he sends is kept once, and he reads thanks and the way back', async () => {
    const key = keyIn((await piotr.get('/pl/wording?page=%2Fpl%2Fideas')).text);
    const sent = await piotr.submit('/pl/wording', { ...GOOD, key });
    expect(sent.status).toBe(303);
    const { text } = await piotr.get(sent.location ?? '');
    expect(text).toContain(onPage('pl', 'site:wording.thanks'));
    expect(text).toContain('href="/pl/ideas?language=es"');
    await piotr.submit('/pl/wording', { ...GOOD, key });
    expect(await stored()).toEqual([{ ...GOOD, language: 'pl', remark: null }]);
  });

  test('the same form sent with better words takes the place of what it said', async () => {
    await rows(polyphony.em(), sql`delete from wording_report`);
    const key = keyIn((await piotr.get('/pl/wording')).text);
    await piotr.submit('/pl/wording', { ...GOOD, key });
    await piotr.submit('/pl/wording', { ...GOOD, key, better: 'Pomysły', remark: 'Pierwszy\nnagłówek' });
    expect(await stored()).toEqual([{ ...GOOD, language: 'pl', remark: 'Pierwszy nagłówek' }]);
    const greta = await polyphony.signIn('Greta', { language: 'de' });
    const stolen = await greta.submit('/de/wording', { ...GOOD, page: '/de', words: 'Vorschlag', key });
    expect(stolen.status).toBe(409);
    expect(stolen.text).toContain('>\nVorschlag</textarea>');
    const again = await greta.submit('/de/wording', { ...GOOD, page: '/de', key: keyIn(stolen.text) });
    expect(again.status).toBe(303);
    expect(await stored()).toHaveLength(2);
  });

  test('a link to sign in keeps its secret', async () => {
    await rows(polyphony.em(), sql`delete from wording_report`);
    await piotr.submit('/en/wording', { ...GOOD, page: '/pl/sign-in/a-secret/x?to=%2Fpl' });
    expect((await stored())[0]).toMatchObject({ language: 'pl', page: '/pl/sign-in?to=%2Fpl' });
  });
});

describe('what is wrong is said beside the field, and nothing he typed is lost', () => {
  test.each([
    ['no words', { words: ' \u200B' }, 'errors:wordsRequired', {}],
    ['nothing in their place', { better: '' }, 'errors:betterRequired', {}],
    ['too many words', { words: 'ś'.repeat(501) }, 'errors:tooLong', { max: 500 }],
    ['too many in their place', { better: '🚆'.repeat(501) }, 'errors:tooLong', { max: 500 }],
    ['a long remark', { remark: 'a'.repeat(1_001) }, 'errors:tooLong', { max: 1_000 }],
    ['NUL', { remark: 'a\u0000b' }, 'errors:badCharacters', {}],
  ] as const)('%s', async (_name, wrong, key, params) => {
    await rows(polyphony.em(), sql`delete from wording_report`);
    const typed = { ...GOOD, remark: 'Na górze strony.', ...wrong };
    const { status, text } = await piotr.submit('/pl/wording', typed);
    expect(status).toBe(422);
    expect(text).toContain(onPage('pl', key, params));
    for (const name of ['words', 'better', 'remark'] as const) expect(text).toContain(`>\n${typed[name]}</textarea>`);
    expect(text).toContain('name="page" value="/pl/ideas?language=es"');
    expect(await stored()).toEqual([]);
  });

  test('five hundred letters of any script are not too many', async () => {
    const typed = { ...GOOD, words: '🚆'.repeat(500), better: 'ж'.repeat(500), remark: 'ع'.repeat(1_000) };
    expect((await piotr.submit('/pl/wording', typed)).status).toBe(303);
  });

  test('his session ended while he wrote: all stands there, with the way to sign in beside it', async () => {
    const { status, text } = await polyphony.visitor().submit('/pl/wording', { ...GOOD, remark: 'Na górze.' });
    expect(status).toBe(401);
    for (const words of ['>\nPomysla</textarea>', '>\nPomysły</textarea>', '>\nNa górze.</textarea>'])
      expect(text).toContain(words);
    expect(text).toContain(onPage('pl', 'contributions:signedOut'));
  });

  test('more than anybody finds in a minute is too many, and what he typed stays', async () => {
    await rows(polyphony.em(), sql`delete from rate`);
    const answers = [];
    for (let count = 0; count < 11; count++) answers.push(await piotr.submit('/pl/wording', GOOD));
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 303), 429]);
    expect(answers.at(-1)?.text).toContain('>\nPomysla</textarea>');
  });
});
