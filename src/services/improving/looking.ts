import { randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Ways } from '../../platform/languages.ts';
import type { Person } from '../../platform/person.ts';
import type { Kind, SubjectRow } from '../house/kinds.ts';
import { admit } from '../subjects/gate.ts';
import { Subject } from '../subjects/subject.entity.ts';
import { findSubject, isId } from '../subjects/subjects.ts';
import { Text } from '../texts/text.entity.ts';
import { BACKGROUND, wish } from '../texts/translations.ts';
import { translationActs } from './improving.policy.ts';
import { TranslationRevision } from './revision.entity.ts';

// Moderators look at what people translate, also into languages that they do not read. For that a revision has a copy: a text under the
// subject it translates, with the id of the revision, which engines carry into other languages as any text. Only the desk shows it.

export const improvementKind: Kind = {
  kind: 'improvement',
  noun: 'moderation:improvements',
  path: ({ rootId }) => `/o/${rootId}`,
  hideable: false,
  invites: [],
};

interface Improvement {
  /** Of the revision. */
  id: string;
  /** What was translated. */
  subject: SubjectRow;
  language: string;
  title: string | null;
  body: string;
  authorId: string;
}

/** Stores the copy of a revision and wishes for its words in the languages of the space's moderators: they are there when they come. */
export async function copyForDesk(
  em: Em,
  { translator }: Ways,
  { id, subject, language, title, body, authorId }: Improvement,
): Promise<void> {
  const { id: parentId, rootId, spaceId } = subject;
  const textId = randomUUIDv7();
  const publishedAt = new Date();
  await tables(em, Subject)
    .insertInto('subject')
    .values({ id, kind: 'improvement', parentId, rootId, spaceId, authorId, textId, visibility: 'staff', publishedAt })
    .execute();
  await tables(em, Text)
    .insertInto('text')
    .values({
      id: textId,
      subjectId: id,
      version: 1,
      title,
      body,
      language,
      decidedBy: 'author',
      writtenAt: publishedAt,
    })
    .execute();
  const wanted = await languagesOfModerators(em, spaceId);
  const possible = wanted.filter((target) => target !== language && translator.way(language, target));
  await wish(em, { id: textId, language }, possible, { priority: BACKGROUND });
}

async function languagesOfModerators(em: Em, spaceId: string | null): Promise<string[]> {
  const found = await rows(
    em,
    sql<{
      language: string;
    }>`select distinct p.interface_language as language from role o join person p on p.id = o.person_id
      where o.name = 'moderator' and (o.space_id is null or o.space_id = ${spaceId}) order by 1`,
  );
  return found.map(({ language }) => language);
}

/** The words of these revisions are erased: so are their copies, and all that engines made of them. */
export async function eraseCopies(em: Em, revisionIds: readonly string[]): Promise<void> {
  const ids = sql`any(${[...revisionIds]}::uuid[])`;
  await rows(em, sql`delete from translation where text_id in (select id from text where subject_id = ${ids})`);
  await rows(em, sql`delete from text where subject_id = ${ids}`);
  await rows(em, sql`delete from subject where id = ${ids} and kind = 'improvement'`);
}

/** A moderator has looked at these revisions, and they stay as they are. Throws 403, and 404 when one of them is not there. */
export async function markLooked(em: Em, person: Person, ids: readonly string[]): Promise<void> {
  await transaction(em, async (inner) => {
    await admitTo(inner, person, ids);
    await tables(inner, TranslationRevision)
      .updateTable('translation_revision')
      .set({ lookedAt: now, lookedBy: person.id })
      .where('id', 'in', [...ids])
      .where('lookedAt', 'is', null)
      .execute();
  });
}

/** Takes back what this person marked together with that revision. Throws as `markLooked`. */
export async function unmarkLooked(em: Em, person: Person, id: string): Promise<void> {
  await transaction(em, async (inner) => {
    await admitTo(inner, person, [id]);
    await rows(
      inner,
      sql`update translation_revision set looked_at = null, looked_by = null where looked_by = ${person.id}
        and looked_at = (select looked_at from translation_revision where id = ${id})`,
    );
  });
}

async function admitTo(em: Em, person: Person, ids: readonly string[]): Promise<void> {
  if (!ids.every(isId)) throw notFound();
  const found = await tables(em, TranslationRevision)
    .selectFrom('translation_revision')
    .select(['id', 'subjectId'])
    .where('id', 'in', [...ids])
    .execute();
  if (found.length !== new Set(ids).size) throw notFound();
  for (const subjectId of new Set(found.map((each) => each.subjectId))) {
    const subject = await findSubject(em, subjectId, person);
    await admit(em, person, { act: translationActs.lookAt, subject });
  }
}
