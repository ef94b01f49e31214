import { sql } from 'kysely';

import { row, rows as rowsOf, type Em } from '../../platform/db/database.ts';
import { InvalidInput, notFound } from '../../platform/http/errors.ts';
import { spend } from '../../platform/http/rate.ts';
import type { Person } from '../../platform/person.ts';
import type { SubjectRow } from '../house/kinds.ts';
import { admit } from '../subjects/gate.ts';
import { findSubject, isId, openTo } from '../subjects/subjects.ts';
import { textActs } from './texts.policy.ts';
import type { Languages } from '../../platform/languages.ts';
import { showRow, textColumn, textJoin, type ShownText, type TextRow } from './texts.reads.ts';
import { READER, wish, wishForReader } from './translations.ts';

/** Translations cost engines time or money; a person reads no faster than this. */
const PERSON_A_MINUTE = 30;
const ADDRESS_A_MINUTE = 10;

/** The current text of a subject this person may read. Throws 404 for older versions and strangers, 410 for what is closed. */
async function findText(
  em: Em,
  id: string,
  person: Person | null,
  language = 'en',
): Promise<TextRow & { subject: SubjectRow }> {
  if (!isId(id)) throw notFound();
  const found = await row(
    em,
    sql<
      TextRow & { subject_id: string }
    >`select ${textColumn}, s.id as subject_id from subject s ${textJoin(language)} where s.text_id = ${id} and t.body is not null`,
  );
  if (!found) throw notFound();
  return { text: found.text, subject: await findSubject(em, found.subject_id, person) };
}

/** Somebody wants to read this text in this language: it goes to the front of the queue. Throws 404 and 410 for what they may not read, 422 for a language we do not have. */
export async function wishFor(
  em: Em,
  languages: Languages,
  id: string,
  { language, person, address }: { language: string; person: Person | null; address: string },
): Promise<void> {
  const { text, subject } = await findText(em, id, person);
  await admit(em, person, { act: textActs.wishForTranslation, subject });
  if (!languages.all.includes(language))
    throw new InvalidInput([{ field: 'language', key: 'errors:language', params: {} }]);
  if (!person?.unlimited)
    await spend(em, [
      person
        ? { bucket: `wish:${person.id}`, max: PERSON_A_MINUTE, seconds: 60 }
        : { bucket: `wish:${address}`, max: ADDRESS_A_MINUTE, seconds: 60 },
    ]);
  if (languages.translator.way(text.language, language))
    await wish(em, text, [language], { priority: READER, again: true });
}

/** A text this person may read, with its translation as it stands, whether they would need it or not. */
export async function readText(
  em: Em,
  languages: Languages,
  id: string,
  { person, language }: { person: Person | null; language: string },
): Promise<ShownText> {
  return showRow(await findText(em, id, person, language), { languages, language, person: null });
}

/** What the rooms of a signed-in reader show at most: one page of a list, or one subject. */
const WATCHED = 20;

/** A signed-in person watches these rooms in this language: texts shown there go to the front of the queue. */
export async function wishForRooms(
  em: Em,
  languages: Languages,
  person: Person,
  { rooms, language }: { rooms: readonly string[]; language: string },
): Promise<void> {
  if (!languages.all.includes(language)) return;
  const subjects = rooms.flatMap((room) => (room.startsWith('subject:') ? [room.slice('subject:'.length)] : []));
  const slugs = rooms.flatMap((room) => (room.startsWith('space:') ? [room.slice('space:'.length)] : []));
  const shown = await rowsOf(
    em,
    sql<{
      id: string;
      language: string;
    }>`select t.id, t.language from subject s join text t on t.id = s.text_id left join space sp on sp.subject_id = s.space_id
      where ${openTo(person)} and s.kind <> 'space' and (s.root_id = any(${subjects}::uuid[]) or sp.slug = any(${slugs}::text[])) and t.language <> ${language}
      order by s.published_at desc limit ${WATCHED}`,
  );
  await wishForReader(
    em,
    languages,
    { person, language },
    shown.filter((text) => !person.reads.includes(text.language)),
  );
}
