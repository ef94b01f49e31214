import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import type { Visitor } from './support/browser-like.ts';
import { eventually } from './support/polyphony.ts';
import { onPage } from './support/words.ts';
import {
  BODY,
  MARTAS,
  polyphony,
  marta,
  ana,
  erin,
  path,
  text,
  read,
  revisionsAt,
  save,
  valueOf,
  numbers,
  withAnIdea,
} from './support/improved-idea.ts';

withAnIdea();

describe('revisions', () => {
  test('Erin, who keeps the glossary, brings a word that was put right into it', async () => {
    await save(marta, MARTAS, 0);
    const link = '/glossary/new?from=es&amp;to=pt';
    expect((await marta.get(revisionsAt())).text).not.toContain(link);
    expect((await erin.get(revisionsAt())).text).toContain(link);
    expect((await erin.get('/pt/glossary/new?from=es&to=pt')).text).toMatch(/value="es"[^>]* selected/);
  });

  test('everybody sees who translated what, and Erin rolls back', async () => {
    await save(marta, MARTAS, 0);
    await save(ana, 'Comprem comboios baratos!', 1);
    const page = (await polyphony.visitor().get(revisionsAt())).text;
    expect(page).toContain('<ins><span class="hidden">');
    expect(page).not.toContain('roll-back');
    expect(page.indexOf('<bdi>Ana</bdi>')).toBeLessThan(page.indexOf('<bdi>Marta</bdi>'));

    const erins = (await erin.get(revisionsAt('en'))).text;
    expect(erins).toContain('roll-back?to=1"');
    const asked = (await erin.get(`${revisionsAt('en')}/roll-back?to=1`)).text;
    expect(asked).toContain(MARTAS);
    const fields = { to: '1', base: valueOf(asked, 'base') ?? '' };
    expect((await erin.submit(`${revisionsAt('en')}/roll-back`, fields)).status).toBe(303);
    expect(await read()).toMatchObject({ body: MARTAS, author: { handle: 'marta' } });
    expect((await erin.get(revisionsAt('en'))).text).toContain(onPage('en', 'translations:act.rolled-back'));

    const late = await erin.submit(`${revisionsAt('en')}/roll-back`, fields);
    expect(late.status).toBe(409);
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  test('María, whose idea it is, goes back to the machine’s; Ana may not', async () => {
    await save(marta, MARTAS, 0);
    const back = `${revisionsAt()}/roll-back`;
    expect((await ana.get(`${back}?to=0`)).status).toBe(403);
    expect((await ana.submit(back, { to: '0', base: '1' })).status).toBe(403);
    expect((await read()).origin).toBe('human');
    const author = await polyphony.signIn(`Lucía ${text.slice(-4)}`, { language: 'es' });
    await rows(
      polyphony.em(),
      sql`update subject set author_id = (select id from person where name = ${`Lucía ${text.slice(-4)}`}) where text_id = ${text}`,
    );
    expect((await author.get(`${revisionsAt('es')}/roll-back?to=0`)).text).toContain(`pt: ${BODY}`);
    expect((await author.submit(`${revisionsAt('es')}/roll-back`, { to: '0', base: '1' })).status).toBe(303);
    expect(await read()).toMatchObject({ origin: 'machine', body: `pt: ${BODY}`, author: null });
    expect(await numbers()).toEqual([1, 2]);
  });
});

describe('João says that a translation is wrong', () => {
  const report = () =>
    joaoReads.submit(`/pt/texts/${text}/report`, { reason: 'wrong-translation', note: 'Nada disto.' });
  let joaoReads: Visitor;
  beforeAll(async () => {
    joaoReads = await polyphony.signIn('João Leitor', { language: 'pt' });
  });

  test('the line under it leads to the form, which knows already what is wrong', async () => {
    const page = (await joaoReads.get(`/pt${path}`)).text;
    const link = `/pt/texts/${text}/report?reason=wrong-translation`;
    expect(page).toContain(`href="${link}"`);
    expect((await joaoReads.get(link)).text).toContain('value="wrong-translation" checked');
  });

  test('Erin, who reads English, sees the Portuguese in question beside the original, and has it made anew', async () => {
    expect((await report()).status).toBe(303);
    const desk = (await erin.get('/en/moderation?flagged=1')).text;
    expect(desk).toContain(`<div class="prose" lang="pt" dir="ltr"><p>pt: ${BODY}</p>`);
    expect(desk).toContain(`href="/en/texts/${text}/improve/pt"`);
    expect(desk).toContain(`action="${revisionsAt('en')}/anew"`);
    expect((await ana.submit(`${revisionsAt()}/anew`, {})).status).toBe(403);

    await rows(
      polyphony.em(),
      sql`update translation set body = 'Disparate.' where text_id = ${text} and language = 'pt'`,
    );
    const remembered = () =>
      rows(
        polyphony.em(),
        sql<{
          key: string;
          language: string;
        }>`select m.key, m.target_language as language from memory m join memory_use u on u.memory_key = m.key
          where u.text_id = ${text} and m.created_at < ${before}::timestamptz order by 2`,
      );
    const before = new Date().toISOString();
    expect((await remembered()).map(({ language }) => language)).toContain('pt');
    const answer = await erin.submit(`${revisionsAt('en')}/anew`, { to: '/en/moderation?flagged=1' });
    expect(answer.location).toBe('/en/moderation?flagged=1');
    await eventually(async () => expect(await read()).toMatchObject({ state: 'ready', body: `pt: ${BODY}` }));
    const kept = (await remembered()).map(({ language }) => language);
    expect(kept).not.toContain('pt');
    expect(kept).toContain('fr');
  });

  test('of a person’s translation the desk leads to the revisions', async () => {
    await save(marta, 'Comprem comboios baratos!', 0);
    await report();
    const desk = (await erin.get('/en/moderation?flagged=1')).text;
    expect(desk).toContain(`href="${revisionsAt('en')}"`);
    expect(desk).toContain('Comprem comboios baratos!');
  });
});
