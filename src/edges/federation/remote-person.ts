import { createHash, randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import type { Person as Actor } from '../../platform/person.ts';
import { closeSubject, findSubject } from '../../services/subjects/subjects.ts';
import { findActor } from '../../services/people/people.ts';
import { Person } from '../../services/people/person.entity.ts';
import type { Remote } from './remote.ts';

const HANDLE_CHARACTERS = 100;

/** Somebody elsewhere as a person here: they have a page and may write, and no way in. Null: kept out here. */
export async function personOf(em: Em, remote: Remote): Promise<Actor | null> {
  const known = await row(
    em,
    sql<{ id: string; name: string | null }>`select id, name from person where uri = ${remote.uri}`,
  );
  if (known && known.name !== remote.name)
    await rows(em, sql`update person set name = ${remote.name} where id = ${known.id} and erased_at is null`);
  return findActor(em, known?.id ?? (await addRemote(em, remote)));
}

async function addRemote(em: Em, { uri, host, handle, name }: Remote): Promise<string> {
  const id = randomUUIDv7();
  const short =
    handle
      .replaceAll(/[^\p{L}\p{N}_.-]/gu, '')
      .toLowerCase()
      .slice(0, HANDLE_CHARACTERS) || 'somebody';
  const isTaken = await row(em, sql`select 1 from person where handle = ${`${short}@${host}`}`);
  const unlike = isTaken ? `-${createHash('sha256').update(uri).digest('hex').slice(0, 8)}` : '';
  await tables(em, Person)
    .insertInto('person')
    .values({
      id,
      uri,
      host,
      handle: `${short}${unlike}@${host}`,
      name,
      interfaceLanguage: 'und',
      createdAt: new Date(),
    })
    .execute();
  return id;
}

/** They left: what they wrote and did here goes, as their server asks. */
export async function erasePerson(em: Em, uri: string): Promise<void> {
  const person = await row(em, sql<{ id: string }>`select id from person where uri = ${uri}`);
  if (!person) return;
  const actor = await findActor(em, person.id);
  const written = await rows(
    em,
    sql<{ id: string }>`select id from subject where author_id = ${person.id} and withdrawn_at is null`,
  );
  for (const { id } of actor ? written : []) await eraseSubject(em, id, person.id);
  await rows(em, sql`delete from endorsement where person_id = ${person.id}`);
  await rows(em, sql`delete from registration where person_id = ${person.id}`);
  await rows(
    em,
    sql`update person set erased_at = now(), handle = null, name = null, uri = null where id = ${person.id}`,
  );
}

/** Takes what they wrote out of view, and its words out of the tables: all versions and what was translated of them. */
export async function eraseSubject(em: Em, id: string, authorId: string): Promise<void> {
  await closeSubject(
    em,
    await findSubject(em, id, await findActor(em, authorId), { lock: true }),
    'withdrawn',
    authorId,
  );
  const versions = sql`select id from text where subject_id = ${id}`;
  await rows(em, sql`delete from translation where text_id in (${versions})`);
  await rows(
    em,
    sql`update text set title = null, body = null, hash = null, erased_at = now() where subject_id = ${id}`,
  );
}
