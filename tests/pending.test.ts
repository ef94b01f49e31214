import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { ideaInput, postIdea } from '../src/kinds/ideas/ideas.ts';
import { addPerson, createApiToken, findActorByToken } from '../src/services/people/people.ts';
import { row, rows } from '../src/platform/db/database.ts';
import type { Person } from '../src/platform/person.ts';
import { readSettings } from '../src/platform/settings.ts';
import { openLanguages, type OpenLanguages } from '../src/platform/languages.ts';
import { correctLanguage, detectPending } from '../src/services/texts/texts.ts';
import { freshDatabase, type TestDatabase } from './support/databases.ts';

const GERMAN = 'Wir brauchen mehr Züge in der Nacht, damit niemand fliegen muss.';

let opened: TestDatabase;
let languages: OpenLanguages;
let elena: Person;
beforeAll(async () => {
  opened = await freshDatabase();
  languages = await openLanguages(readSettings({}), pino({ level: 'silent' }));
  await languages.ready;
  const id = await addPerson(em(), {
    email: 'elena@example.org',
    name: 'Elena',
    handle: 'elena',
    interfaceLanguage: 'es',
  });
  const actor = await findActorByToken(em(), await createApiToken(em(), id, { unlimited: true }));
  if (!actor) throw new Error('Elena is not there.');
  elena = actor;
});
beforeEach(async () => void (await detectPending(em(), languages)));
afterAll(async () => {
  await languages.close();
  await opened.database.close();
  await opened.drop();
});

const em = () => opened.database.em();

/** As in the first second of a program, when the tables of the detector are not there yet. */
async function postEarly(body: string): Promise<string> {
  const space = await row(em(), sql<{ id: string }>`select subject_id as id from space limit 1`);
  const input = ideaInput.parse({ title: 'Una idea', body });
  return postIdea(em(), { ...languages, detector: () => null }, elena, {
    space: { id: space?.id ?? '' },
    input,
    interfaceLanguage: 'es',
  });
}

const textOf = (id: string) =>
  row(
    em(),
    sql<{
      id: string;
      language: string;
      decided_by: string;
    }>`select id, language, decided_by from text where subject_id = ${id}`,
  );

test('who posts before the detector is loaded does not wait for it: the language is found afterwards', async () => {
  const id = await postEarly(GERMAN);
  expect(await textOf(id)).toMatchObject({ language: 'es', decided_by: 'pending' });
  expect(await detectPending(em(), languages)).toBe(1);
  expect(await textOf(id)).toMatchObject({ language: 'de', decided_by: 'detector' });
});

test('however many there were', async () => {
  for (let count = 0; count < 105; count++) await postEarly(`${GERMAN} ${count}`);
  expect(await detectPending(em(), languages)).toBe(105);
});

test('a detector that is still not there changes nothing', async () => {
  const id = await postEarly(GERMAN);
  await detectPending(em(), { ...languages, detector: () => null });
  expect(await textOf(id)).toMatchObject({ language: 'es', decided_by: 'pending' });
});

test('what a reader wished for meanwhile is not translated from the wrong language', async () => {
  const id = await postEarly(GERMAN);
  const { id: text = '' } = (await textOf(id)) ?? {};
  await rows(
    em(),
    sql`insert into translation (text_id, language, state, origin, body, source_language, wished_at, ready_at)
        values (${text}, 'fr', 'ready', 'machine', 'Nous Wir brauchen.', 'es', now(), now()), (${text}, 'pt', 'queued', 'machine', null, 'es', now(), null)`,
  );
  await detectPending(em(), languages);
  expect(await rows(em(), sql`select 1 from translation where text_id = ${text} and source_language <> 'de'`)).toEqual(
    [],
  );
});

test('what the author says meanwhile stays', async () => {
  const id = await postEarly(GERMAN);
  const text = await textOf(id);
  await correctLanguage(em(), languages, elena, { textId: text?.id ?? '', language: 'nl' });
  expect(await detectPending(em(), languages)).toBe(0);
  expect(await textOf(id)).toMatchObject({ language: 'nl', decided_by: 'author' });
  expect(
    await rows(em(), sql`select 1 from translation where text_id = ${text?.id ?? ''} and source_language <> 'nl'`),
  ).toEqual([]);
});
