import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { eventually } from './support/polyphony.ts';
import { onPage } from './support/words.ts';
import {
  ana,
  BODY,
  erin,
  joao,
  marta,
  polyphony,
  read,
  revisionsAt,
  save,
  withAnIdea,
} from './support/improved-idea.ts';

// Erin moderates and reads no Portuguese. What people write over translations is on her desk until she has looked at it.

const INSULT = 'Maria é uma ladra.';
const DESK = '/en/moderation/translations';

withAnIdea();

const wordsOf = (page: string) => page.replaceAll(/<[^>]*>/g, ' ');
const desk = async () => (await erin.get(DESK)).text;
const idsOn = (page: string) => [...page.matchAll(/id="desk-([0-9a-f-]{36})"/g)].map(([, id = '']) => id);
const waiting = onPage('en', 'moderation:noImprovements');
const lookAtAll = async () => {
  const ids = idsOn(await desk());
  if (ids.length > 0) await erin.submit(`${DESK}/${ids[0]}/looked`, { texts: ids.join(' ') });
};
describe('F79: what Ana writes over a translation', () => {
  test('is on the desk beside its original and in English, though nobody has told Erin of it', async () => {
    await lookAtAll();
    expect(await desk()).toContain(waiting);
    await save(ana, INSULT, 0);
    expect((await erin.get('/en/moderation')).text).toContain(`href="${DESK}"`);
    await eventually(async () => {
      const page = wordsOf(await desk());
      for (const words of ['Ana', BODY, `en: ${BODY}`, INSULT, `en: ${INSULT}`]) expect(page).toContain(words);
    });
    // João reads nothing of the copy anywhere, and may not open the desk.
    const [id] = idsOn(await desk());
    for (const address of [`/o/${id}`, `/pt/ideas/${id}`])
      expect((await polyphony.visitor().get(address)).status).toBe(404);
    expect((await joao.api('GET', `/subjects/${id}/comments`)).status).toBe(404);
    expect((await marta.get(DESK)).status).toBe(403);
    expect((await marta.submit(`${DESK}/${id}/looked`, {})).status).toBe(403);
  });

  test('leaves it when she has looked, with one press for all of a page, and comes back with one', async () => {
    await lookAtAll();
    await save(ana, 'Energia limpa para todos.', 0);
    await save(marta, 'Energia limpa para todas as pessoas.', 1);
    const [second, first] = idsOn(await desk());
    await erin.submit(`${DESK}/${second}/looked`, { texts: `${second} ${first}` });
    const after = await desk();
    expect(after).toContain(waiting);
    expect(after).toContain(onPage('en', 'site:undo'));
    expect((await erin.get('/en/moderation')).text).not.toContain(`href="${DESK}"`);
    await erin.submit(`${DESK}/${second}/looked`, { undo: '1' });
    expect(idsOn(await desk())).toEqual([second, first]);
    expect(await read()).toMatchObject({ origin: 'human', body: 'Energia limpa para todas as pessoas.' });
  });

  test('leaves it when she rolls it back, and readers see what was there before', async () => {
    await lookAtAll();
    await save(marta, 'Energia limpa para todos.', 0);
    await lookAtAll();
    await save(ana, INSULT, 1);
    const page = await desk();
    expect(page).toContain(`${revisionsAt('en')}/roll-back?to=1`);
    expect(page).toContain(onPage('en', 'translations:bringEarlierBack'));
    const sent = await erin.submit(`${revisionsAt('en')}/roll-back`, { to: '1', base: '2', from: DESK });
    expect(sent.location).toBe(DESK);
    expect(await desk()).toContain(waiting);
    expect(await read()).toMatchObject({ body: 'Energia limpa para todos.' });
  });

  test('leaves it when she erases it, with the copy and its translations', async () => {
    await lookAtAll();
    await rows(polyphony.em(), sql`delete from rate`);
    await save(ana, INSULT, 0);
    await eventually(async () => expect(await desk()).toContain(`en: ${INSULT}`));
    expect(await desk()).toContain(`${revisionsAt('en')}/erase?to=1`);
    await erin.submit(`${revisionsAt('en')}/erase`, { to: '1' });
    expect(await desk()).toContain(waiting);
    const left = await rows(
      polyphony.em(),
      sql`select 1 from subject s join text t on t.subject_id = s.id
        where s.kind = 'improvement' and not exists (select 1 from translation_revision v where v.id = s.id and v.body is not null)`,
    );
    expect(left).toEqual([]);
    expect(await read()).toMatchObject({ origin: 'machine' });
  });

  test('is not looked at by a moderator of another theme', async () => {
    await lookAtAll();
    await save(ana, INSULT, 0);
    const [id] = idsOn(await desk());
    const helga = await polyphony.signIn('Helga');
    await rows(
      polyphony.em(),
      sql`insert into role (id, person_id, name, space_id) select gen_random_uuid(), p.id, 'moderator', sp.subject_id
        from person p, space sp where p.handle = 'helga' and sp.slug = 'health'`,
    );
    expect((await helga.get(DESK)).text).toContain(waiting);
    expect((await helga.submit(`${DESK}/${id}/looked`, {})).status).toBe(403);
    expect((await erin.submit(`${DESK}/x/looked`, {})).status).toBe(404);
  });
});
