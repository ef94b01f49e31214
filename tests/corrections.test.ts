import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { shiftWeek, weekOf } from '../src/edges/statistics/weeks.ts';
import { installed, SPANISH } from './support/apertium.ts';
import type { PageAnswer, Visitor } from './support/browser-like.ts';
import { figureOf, rowsOf } from './support/figures.ts';
import { eventually, startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';
import { onPage } from './support/words.ts';

let polyphony: TestPlatform;
let maria: Visitor;
let emma: Visitor;
let karl: ApiPerson;
let id: string;
let text: string;
beforeAll(async () => {
  polyphony = await startPolyphony({ TRANSLATION_ENGINES: 'apertium,none' });
  maria = await polyphony.signIn('María', { language: 'es' });
  emma = await polyphony.signIn('Emma', { language: 'en', roles: ['moderator'] });
  karl = await polyphony.person('Karl', { language: 'de' });
});
afterAll(() => polyphony.stop());

beforeEach(async () => {
  // Who posts the same words again within minutes is led to the first.
  await rows(polyphony.em(), sql`delete from idempotency`);
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

describe('the secretariat’s week', () => {
  const thisWeek = weekOf(new Date(), 'Europe/Brussels');
  const lastWeek = shiftWeek(thisWeek, -1, 'Europe/Brussels');
  let sofia: Visitor;
  beforeAll(async () => {
    sofia = await polyphony.signIn('Sofia', { language: 'en', roles: ['secretariat'] });
  });
  // Only what this story is about.
  beforeEach(() => rows(polyphony.em(), sql`delete from text_correction where text_id <> ${text}`));

  const week = async (name = thisWeek.name) => (await sofia.get(`/en/secretariat/${name}?space=health`)).text;
  const lines = async () => (await sofia.get(`/en/secretariat/${thisWeek.name}.csv?space=health`)).text.split('\r\n');

  /** María posts about health; returns the id of the text. */
  async function postHealth(title: string, more: Record<string, string> = {}): Promise<string> {
    const posted = await maria.submit('/es/spaces/health/ideas/new', { title, body: SPANISH, ...more });
    [id = ''] = /[0-9a-f-]{36}/.exec(posted.location ?? '') ?? [];
    return (await karl.api('GET', `/ideas/${id}`)).body.text.id;
  }

  test('tells how many languages were corrected, by whom, and how many had been recognised', async () => {
    text = await postHealth('Uno');
    await correct(maria, 'pt');
    text = await postHealth('Dos');
    await correct(emma, 'pt');
    await correct(emma, 'fr');
    await postHealth('Tres');
    await postHealth('Cuatro', { language: 'es' });
    const page = await week();
    expect(figureOf(page, onPage('en', 'secretariat:corrected'))).toEqual({
      value: '3',
      notes: ['By authors: 1 · by moderators: 2', onPage('en', 'secretariat:correctedMeaning')],
    });
    expect(figureOf(page, 'texts whose language we recognised')).toEqual({
      value: '3',
      notes: ['Corrected: 2 (66.7%)', onPage('en', 'secretariat:recognisedMeaning')],
    });
    const table = rowsOf(page, 'Corrections, by language');
    expect(table['español (Spanish)']).toEqual(['português (Portuguese)', '2']);
    expect(table['português (Portuguese)']).toEqual(['français (French)', '1']);
    const file = await lines();
    const of = `${thisWeek.name},health`;
    expect(file).toContain(`corrections-by-author,es,pt,1,${of}`);
    expect(file).toContain(`corrections-by-moderator,es,pt,1,${of}`);
    expect(file).toContain(`corrections-by-moderator,pt,fr,1,${of}`);
    expect(file).toContain(`recognised,texts,,3,${of}`);
    expect(file).toContain(`recognised,corrected,,2,${of}`);
  });

  test('counts what somebody says while changing nothing else, but no new words', async () => {
    const before = Number(figureOf(await week(), onPage('en', 'secretariat:corrected')).value);
    await postHealth('Cinco');
    const edit = (fields: Record<string, string>) =>
      maria.submit(`/es/ideas/${id}/edit`, { title: 'Cinco', body: SPANISH, version: '1', ...fields });
    expect((await edit({ language: 'pt' })).status).toBe(303);
    expect((await edit({ language: 'fr', version: '2', body: 'Tout autre chose.' })).status).toBe(303);
    expect(Number(figureOf(await week(), onPage('en', 'secretariat:corrected')).value)).toBe(before + 1);
  });

  test('keeps to the week in which it was corrected, and to what is public today', async () => {
    text = await postHealth('Seis');
    await correct(maria, 'pt');
    const moment = new Date(lastWeek.from.getTime() + 60 * 3_600_000);
    await rows(polyphony.em(), sql`update text_correction set corrected_at = ${moment} where text_id = ${text}`);
    expect(figureOf(await week(lastWeek.name), onPage('en', 'secretariat:corrected')).value).toBe('1');
    expect(figureOf(await week(), onPage('en', 'secretariat:corrected')).value).toBe('0');
    expect((await emma.submit(`/en/ideas/${id}/hide`, { reason: 'Off topic.' })).status).toBe(303);
    expect(figureOf(await week(lastWeek.name), onPage('en', 'secretariat:corrected')).value).toBe('0');
    expect(await week(lastWeek.name)).not.toContain('Corrections, by language');
  });
});
