import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { installed, SPANISH } from './support/apertium.ts';
import type { PageAnswer, Visitor } from './support/browser-like.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
let maria: Visitor;
let emma: Visitor;
let karl: ApiPerson;
let id: string;
let text: string;
beforeAll(async () => {
  polyphony = await startPolyphony();
  maria = await polyphony.signIn('María', { language: 'es' });
  emma = await polyphony.signIn('Emma', { language: 'en', roles: ['moderator'] });
  karl = await polyphony.person('Karl', { language: 'de' });
});
afterAll(() => polyphony.stop());

beforeEach(async () => {
  const posted = await maria.submit('/es/spaces/climate/ideas/new', { title: 'Energía limpia', body: SPANISH });
  [id = ''] = /[0-9a-f-]{36}/.exec(posted.location ?? '') ?? [];
  text = (await karl.api('GET', `/ideas/${id}`)).body.text.id;
});

const correct = (visitor: Visitor, language: string): Promise<PageAnswer> =>
  visitor.submit(`/es/texts/${text}/language`, { language }, { Referer: `${polyphony.url}/es/ideas/${id}` });
const idea = async (lang = 'en') => (await karl.api('GET', `/ideas/${id}?lang=${lang}`)).body;
const stored = () =>
  rows(polyphony.em(), sql`select language, decided_by, detected_language from text where id = ${text}`);
const corrections = () =>
  rows(
    polyphony.em(),
    sql`select c.before, c.after, p.handle from text_correction c join person p on p.id = c.person_id where c.text_id = ${text} order by c.corrected_at`,
  );

describe('the language of a text', () => {
  test('María says it is Portuguese; what was detected stays beside it, and the correction is kept', async () => {
    expect((await idea()).text).toMatchObject({ language: 'es', decidedBy: 'detector' });
    const answer = await correct(maria, 'pt');
    expect([answer.status, answer.location]).toEqual([303, `/es/ideas/${id}`]);
    expect(await stored()).toEqual([{ language: 'pt', decided_by: 'author', detected_language: 'es' }]);
    expect(await corrections()).toEqual([{ before: 'es', after: 'pt', handle: 'maria' }]);
    expect((await idea()).text).toMatchObject({ language: 'pt', decidedBy: 'author', body: SPANISH });
  });

  test('Emma, who moderates, may correct it too', async () => {
    expect((await correct(emma, 'fr')).status).toBe(303);
    expect(await stored()).toEqual([{ language: 'fr', decided_by: 'moderator', detected_language: 'es' }]);
    expect(await corrections()).toEqual([{ before: 'es', after: 'fr', handle: 'emma' }]);
  });

  test('saying what is known already changes nothing but who said it', async () => {
    await correct(maria, 'es');
    expect(await stored()).toEqual([{ language: 'es', decided_by: 'author', detected_language: 'es' }]);
    expect(await corrections()).toEqual([]);
  });

  test('strangers may not, nor who is not signed in; a language that is none of ours is refused', async () => {
    const stranger = await polyphony.signIn(`Stranger ${id.slice(-4)}`);
    expect((await correct(stranger, 'fr')).status).toBe(403);
    expect((await correct(polyphony.visitor(), 'fr')).status).toBe(401);
    const answer = await correct(maria, 'tlh');
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(onPage('es', 'errors:invalid'));
    expect(await stored()).toEqual([{ language: 'es', decided_by: 'detector', detected_language: 'es' }]);
  });

  test.skipIf(!installed)('its translations are made anew, from the language it is in', async () => {
    const translated = (language: string) =>
      eventually(async () => expect((await idea(language)).translation).toMatchObject({ state: 'ready' }));
    await translated('pt');
    await correct(maria, 'pt');
    expect(
      await rows(polyphony.em(), sql`select 1 from translation where text_id = ${text} and source_language = 'es'`),
    ).toEqual([]);
    await translated('es');
    await correct(emma, 'es');
    await translated('pt');
  });
});
