import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { sql } from 'kysely';

import { row } from '../src/platform/db/database.ts';
import { grantRole } from '../src/services/people/people.ts';
import type { Visitor } from './support/browser-like.ts';
import { startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

const DESK = '/en/secretariat/wording';

let polyphony: TestPlatform;
let sofia: Visitor;
let piotr: Visitor;
let eleni: Visitor;
beforeAll(async () => {
  polyphony = await startPolyphony();
  sofia = await polyphony.signIn('Sofia', { roles: ['secretariat'] });
  piotr = await polyphony.signIn('Piotr', { language: 'pl' });
  eleni = await polyphony.signIn('Eleni', { language: 'el' });
});
afterAll(() => polyphony.stop());

const desk = async (query = '', who = sofia): Promise<string> => (await who.get(DESK + query)).text;

/** The words on the desk, from above. */
const wordsOn = (page: string): string[] =>
  [...page.matchAll(/<h2 class="desk-title wording-words" lang="\w+" dir="\w+">([^<]*)</g)].map(
    ([, words = '']) => words,
  );

/** Where the button of these words sends. */
const actOf = (page: string, words: string): string =>
  new RegExp(`>${words}</h2>.*?<form method="post" action="([^"]+)"`, 's').exec(page)?.[1] ?? '';

const openOnDesk = async (): Promise<boolean[]> => {
  const { location } = await sofia.get('/en/secretariat');
  const { text } = await sofia.get(location ?? '');
  return [1, 2, 3].map((count) => text.includes(onPage('en', 'secretariat:wording.open', { count })));
};

describe('Sofia of the secretariat reads which words of the site are wrong', () => {
  test('nothing at first', async () => {
    expect(await desk()).toContain(onPage('en', 'secretariat:wording.none'));
  });

  test('the latest first, with language, page, who said it and what it should be', async () => {
    await piotr.submit('/pl/wording', { page: '/pl/ideas', words: 'Pomysla', better: 'Pomysły', remark: 'Na górze.' });
    await eleni.submit('/el/wording', { page: '/el/events?when=past', words: 'Ιδεες', better: 'Ιδέες' });
    await piotr.submit('/pl/wording', { page: '', words: '=1+2', better: 'Wyślij' });
    const page = await desk();
    expect(wordsOn(page)).toEqual(['=1+2', 'Ιδεες', 'Pomysla']);
    for (const part of [
      '<dd lang="pl" dir="ltr">Pomysły</dd>',
      '<dd lang="und" dir="auto">Na górze.</dd>',
      'href="/pl/ideas" dir="ltr"',
      'href="/el/events?when=past"',
      'href="/en/people/piotr"',
      'href="/en/people/eleni"',
    ])
      expect(page).toContain(part);
  });

  test('in one language alone', async () => {
    const page = await desk('?language=el');
    expect(wordsOn(page)).toEqual(['Ιδεες']);
    expect(page).toContain(`href="${DESK}.csv?language=el"`);
  });

  test('as a file, whose cells run in no spreadsheet', async () => {
    const { status, headers, text } = await sofia.get(`${DESK}.csv`);
    expect(status).toBe(200);
    expect(headers.get('Content-Disposition')).toContain('polyphony-wording.csv');
    const [head = '', ...lines] = text.trim().split('\r\n');
    expect(head.split(',')).toHaveLength(7);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain("'=1+2");
    expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,Eleni,el,http.*\/el\/events\?when=past,Ιδεες,Ιδέες,$/);
    const one = await sofia.get(`${DESK}.csv?language=pl`);
    expect(one.text.trim().split('\r\n')).toHaveLength(3);
  });

  test('how many are open stands on her desk; one that is done goes, and one press brings it back', async () => {
    expect(await openOnDesk()).toEqual([false, false, true]);
    const act = actOf(await desk(), 'Ιδεες');
    const done = await sofia.submit(act, { to: `${DESK}?language=el` });
    expect(done.location).toBe(`${DESK}?language=el`);
    const after = await desk('?language=el');
    expect(wordsOn(after)).toEqual([]);
    expect(after).toContain('class="notice notice--success said"');
    expect(after).toContain(`action="${act}"`);
    expect(await openOnDesk()).toEqual([false, true, false]);
    expect(wordsOn(await desk('?state=done'))).toEqual(['Ιδεες']);
    await sofia.submit(act, { undo: '1' });
    expect(wordsOn(await desk())).toEqual(['=1+2', 'Ιδεες', 'Pomysla']);
  });

  test('done twice is done once, by whoever was first, and so is its undoing', async () => {
    const act = actOf(await desk(), 'Pomysla');
    const settled = () =>
      row(
        polyphony.em(),
        sql<{ at: Date; by: string }>`select settled_at as at, settled_by as by from wording_report
        where words = 'Pomysla'`,
      );
    await sofia.submit(act, {});
    const first = await settled();
    expect(first?.at).toBeInstanceOf(Date);
    const ada = await polyphony.signIn('Ada', { roles: ['administrator'] });
    expect((await ada.submit(act, {})).status).toBe(303);
    expect(await settled()).toEqual(first);
    for (let time = 0; time < 2; time++) expect((await sofia.submit(act, { undo: '1' })).status).toBe(303);
    expect(await settled()).toEqual({ at: null, by: null });
  });

  test('what is done stays as it was read: the form that said it is used up', async () => {
    const key = /name="key" value="([\w-]+)"/.exec((await eleni.get('/el/wording')).text)?.[1] ?? '';
    const said = { page: '/el', words: 'Σχολια', better: 'Σχόλια', key };
    await eleni.submit('/el/wording', said);
    await sofia.submit(actOf(await desk(), 'Σχολια'), {});
    const late = await eleni.submit('/el/wording', { ...said, better: 'Κάτι άλλο' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('>\nΚάτι άλλο</textarea>');
  });

  test('twenty a page; past the last one there is nothing', async () => {
    for (let count = 1; count <= 8; count++) {
      for (const [who, code] of [
        [piotr, 'pl'],
        [eleni, 'el'],
      ] as const)
        await who.submit(`/${code}/wording`, { words: `w${count}`, better: 'x' });
      if (count === 4) await polyphony.em().getConnection().execute('delete from rate');
    }
    expect(wordsOn(await desk())).toHaveLength(19);
    await polyphony.em().getConnection().execute('delete from rate');
    for (const words of ['y', 'z']) await piotr.submit('/pl/wording', { words, better: 'x' });
    expect(wordsOn(await desk())).toHaveLength(20);
    expect(wordsOn(await desk('?page=2'))).toEqual(['Pomysla']);
    for (const query of ['?page=3', '?page=0', '?page=x']) expect((await sofia.get(DESK + query)).status).toBe(404);
  });

  test('nobody else reads or settles it, not even who answers for one theme', async () => {
    const act = actOf(await desk(), 'z');
    const emma = await polyphony.signIn('Emma', { roles: ['moderator'] });
    const tomas = await polyphony.signIn('Tomas');
    const found = await row(
      polyphony.em(),
      sql<{ id: string; climate: string }>`select p.id, sp.subject_id as climate from person p, space sp
        where p.handle = 'tomas' and sp.slug = 'climate'`,
    );
    await grantRole(polyphony.em(), found?.id ?? '', 'secretariat', found?.climate);
    const { location } = await tomas.get('/en/secretariat?space=climate');
    const week = await tomas.get(location ?? '');
    expect(week.status).toBe(200);
    expect(week.text).not.toContain('id="wording"');
    for (const path of [DESK, `${DESK}.csv`]) {
      expect((await polyphony.visitor().get(path)).status).toBe(401);
      for (const who of [piotr, emma, tomas]) expect((await who.get(path)).status).toBe(403);
    }
    expect((await piotr.submit(act, {})).status).toBe(403);
    expect((await polyphony.visitor().submit(act, {})).status).toBe(401);
    expect((await sofia.submit(`${DESK}/${found?.id}/done`, {})).status).toBe(404);
    expect((await sofia.submit(`${DESK}/nothing/done`, {})).status).toBe(404);
  });
});
