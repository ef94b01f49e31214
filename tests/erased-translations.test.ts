import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { eventually } from './support/polyphony.ts';
import { onPage } from './support/words.ts';
import {
  ana,
  erin,
  joao,
  marta,
  path,
  polyphony,
  read,
  revisionsAt,
  save,
  text,
  withAnIdea,
} from './support/improved-idea.ts';

// What a vandal wrote over a translation is nowhere to be read once moderators have erased it.

const INSULT = 'Maria é uma ladra.';

withAnIdea();

/** What is read on a page, what was changed in it and what was left alike. */
const wordsOf = ({ text: page }: { text: string }) => page.replaceAll(/<[^>]*>/g, '');

const left = async () =>
  (
    await rows(
      polyphony.em(),
      sql`select 1 from translation where body = ${INSULT} union all select 1 from translation_revision where body = ${INSULT}`,
    )
  ).length;

describe('F79: Erin erases', () => {
  test('what Ana wrote, which is then read nowhere, and nobody brings it back', async () => {
    await save(ana, INSULT, 0);
    expect(wordsOf(await polyphony.visitor().get(revisionsAt()))).toContain('ladra');
    await marta.get(`/pt${path}`);
    const page = await erin.get(revisionsAt('en'));
    expect(page.text).toContain(`${revisionsAt('en')}/erase?to=1`);
    const asked = await erin.get(`${revisionsAt('en')}/erase?to=1`);
    expect(asked.text).toContain(onPage('en', 'translations:eraseTitle'));
    expect((await erin.submit(`${revisionsAt('en')}/erase`, { to: '1' })).location).toBe(revisionsAt('en'));
    expect(await left()).toBe(0);
    expect(await read()).toMatchObject({ origin: 'machine' });
    await eventually(async () => {
      for (const address of [`/pt${path}`, revisionsAt(), `${revisionsAt()}?before=2`])
        expect(wordsOf(await polyphony.visitor().get(address))).not.toContain('ladra');
    });
    expect((await polyphony.visitor().get(revisionsAt('en'))).text).toContain(onPage('en', 'translations:erased'));
    const { items } = (await joao.api('GET', `/texts/${text}/translations/pt/revisions`)).body;
    expect(items).toMatchObject([{ number: 1, act: 'improved', title: null, body: null, author: { name: 'Ana' } }]);
    expect((await erin.get(`${revisionsAt()}/roll-back?to=1`)).status).toBe(404);
    expect((await erin.submit(`${revisionsAt()}/roll-back`, { to: '1', base: '1' })).status).toBe(404);
    expect((await erin.get(`${revisionsAt()}/erase?to=1`)).status).toBe(404);
  });

  test('what was rolled back, while the words that readers see stay', async () => {
    await save(ana, INSULT, 0);
    await save(marta, 'Energia para todos.', 1);
    await erin.submit(`${revisionsAt()}/erase`, { to: '1' });
    expect(await left()).toBe(0);
    expect(await read()).toMatchObject({ origin: 'human', body: 'Energia para todos.' });
  });

  test('alone: nobody else may', async () => {
    await save(ana, INSULT, 0);
    for (const who of [ana, marta]) {
      expect((await who.get(revisionsAt())).text).not.toContain('/erase');
      expect((await who.submit(`${revisionsAt()}/erase`, { to: '1' })).status).toBe(403);
    }
    expect(await left()).toBe(2);
  });
});
