import { createHash } from 'node:crypto';

import { sql } from 'kysely';
import { z } from 'zod';

import { row, rows, type Em } from '../platform/db/database.ts';
import { transaction } from '../platform/db/guard.ts';
import { forbidden, HttpError } from '../platform/http/errors.ts';
import { spend } from '../platform/http/rate.ts';
import { optionalText, writtenText } from '../platform/input.ts';
import type { Person } from '../platform/person.ts';
import type { Kind } from '../subjects/kinds.ts';
import { Subject } from '../subjects/subject.entity.ts';
import { closeSubject, findSubject, gone, publishSubject, recordAct, type SubjectRow } from '../subjects/subjects.ts';
import { prepareText, storeText, type Languages } from '../texts/texts.ts';
import { carryHumanTranslations } from '../texts/translations.ts';
import { Idea } from './idea.entity.ts';

export const TITLE_CHARACTERS = 150;
export const BODY_CHARACTERS = 5_000;
export const PLACE_CHARACTERS = 80;
const POSTS_A_MINUTE = 20;
const POSTS_AN_HOUR = 200;

export const ideaKind: Kind = { kind: 'idea', path: ({ id }) => `/ideas/${id}`, hideable: true, participation: true };

/** What a person gives for an idea: the same for the form, the API and the description of the API. */
export const ideaInput = z.object({
  title: writtenText({ max: TITLE_CHARACTERS, required: 'titleRequired' }),
  body: writtenText({ max: BODY_CHARACTERS, required: 'bodyRequired', multiline: true }),
  place: optionalText(PLACE_CHARACTERS),
  /** What the author says it is written in; otherwise it is detected. */
  language: z.string({ error: 'language' }).max(10, { error: 'language' }).nullish(),
});

export type IdeaInput = z.output<typeof ideaInput>;

/** What of it stands in the idea's own table: everything but the text. */
function detailsOf({ title: _title, body: _body, language: _language, ...details }: IdeaInput) {
  return details;
}

export interface Posting {
  space: { id: string };
  input: IdeaInput;
  interfaceLanguage: string;
  /** The same key gives the same idea for 24 hours, however often it is sent. */
  key?: string | undefined;
}

/** Publishes an idea. Returns its id; for a repeated key that of the first. Throws 409 when the key came with other words, 429 over the limits. */
export async function postIdea(em: Em, languages: Languages, person: Person, posting: Posting): Promise<string> {
  await spendPost(em, person);
  const text = prepareText(languages, { ...posting.input, interfaceLanguage: posting.interfaceLanguage });
  const key = posting.key ? digest(posting.key) : null;
  return transaction(em, async (inner) => {
    const known = key && (await reserveKey(inner, person, key, posting));
    if (known) return known;
    const id = await publishSubject(
      inner,
      { kind: 'idea', spaceId: posting.space.id, authorId: person.id, textId: text.id },
      text.language,
    );
    await inner.insert(Idea, { subjectId: id, ...detailsOf(posting.input) });
    await storeText(inner, languages, { subjectId: id, version: 1, text });
    if (key)
      await rows(inner, sql`update idempotency set subject_id = ${id} where person_id = ${person.id} and key = ${key}`);
    return id;
  });
}

export interface ImportedIdea {
  spaceId: string;
  authorId: string | null;
  title: string;
  body: string;
  language: string;
  publishedAt: Date;
  /** Where it comes from; null for the demo's own. */
  source: string | null;
}

/** Stores an idea that was written elsewhere or earlier, in the transaction of `em`. Returns its id and that of its text. */
export async function importIdea(
  em: Em,
  languages: Languages,
  idea: ImportedIdea,
): Promise<{ id: string; textId: string }> {
  const { spaceId, authorId, title, body, language, publishedAt, source } = idea;
  const text = {
    ...prepareText(languages, { title, body, language, interfaceLanguage: language }),
    decidedBy: 'import' as const,
  };
  const id = await publishSubject(
    em,
    { kind: 'idea', spaceId, authorId, textId: text.id, publishedAt, source },
    language,
  );
  await em.insert(Idea, { subjectId: id });
  await storeText(em, languages, { subjectId: id, version: 1, text });
  return { id, textId: text.id };
}

async function spendPost(em: Em, person: Person): Promise<void> {
  if (person.unlimited) return;
  const bucket = `post:${person.id}`;
  await spend(em, [
    { bucket, max: POSTS_A_MINUTE, seconds: 60 },
    { bucket, max: POSTS_AN_HOUR, seconds: 3_600 },
  ]);
}

/** A second request with the same key waits here for the first, and gets its idea. */
async function reserveKey(em: Em, person: Person, key: string, { space, input }: Posting): Promise<string | null> {
  const hash = digest(JSON.stringify([space.id, input]));
  const mine = await row(
    em,
    sql`insert into idempotency (person_id, key, body_hash, created_at) values (${person.id}, ${key}, ${hash}, now()) on conflict do nothing returning 1`,
  );
  if (mine) return null;
  const first = await row(
    em,
    sql<{
      body_hash: string;
      subject_id: string;
    }>`select body_hash, subject_id from idempotency where person_id = ${person.id} and key = ${key}`,
  );
  if (first?.body_hash !== hash) throw new HttpError(409, 'errors:keyUsed');
  return first.subject_id;
}

/** Keys are hashed too: then it does not matter how long they are, or of which letters. */
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Stores new words as the next version. `version` is the one the author saw: throws 412 when it is not the last any more. */
export async function editIdea(
  em: Em,
  languages: Languages,
  person: Person,
  edit: { id: string; version: number; input: IdeaInput; interfaceLanguage: string },
): Promise<void> {
  await spendPost(em, person);
  const text = prepareText(languages, { ...edit.input, interfaceLanguage: edit.interfaceLanguage });
  await transaction(em, async (inner) => {
    const subject = await findOwn(inner, edit.id, person);
    const current = await row(
      inner,
      sql<{
        version: number;
        title: string;
        body: string;
        language: string;
      }>`select version, title, body, language from text where id = ${subject.textId}`,
    );
    if (current?.version !== edit.version)
      throw new HttpError(412, 'errors:changedMeanwhile', { details: { version: current?.version } });
    const isNewText =
      current.title !== text.title ||
      current.body !== text.body ||
      (edit.input.language && current.language !== text.language);
    if (isNewText) {
      await storeText(inner, languages, { subjectId: subject.id, version: current.version + 1, text });
      await carryHumanTranslations(inner, subject.textId ?? '', text);
    }
    await inner.upsert(Idea, { subjectId: subject.id, ...detailsOf(edit.input) });
    await inner.nativeUpdate(
      Subject,
      { id: subject.id },
      { editedAt: new Date(), ...(isNewText ? { textId: text.id } : {}) },
    );
    await recordAct(inner, 'edited', subject, {
      actorId: person.id,
      textId: isNewText ? text.id : (subject.textId ?? ''),
      language: text.language,
    });
  });
}

/** Takes an idea back, for good. */
export async function withdrawIdea(em: Em, person: Person, id: string): Promise<void> {
  await transaction(em, async (inner) => {
    await closeSubject(inner, await findOwn(inner, id, person), 'withdrawn', person.id);
  });
}

/** The author's own idea, open and locked for the transaction. */
async function findOwn(em: Em, id: string, person: Person): Promise<SubjectRow> {
  const subject = await findSubject(em, id, person, { lock: true });
  if (subject.authorId !== person.id) throw forbidden();
  if (subject.closed) throw gone(subject);
  return subject;
}
