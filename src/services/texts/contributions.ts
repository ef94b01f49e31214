import { createHash } from 'node:crypto';

import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { now, secondsAgo } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { HttpError, notFound } from '../../platform/http/errors.ts';
import { spend } from '../../platform/http/rate.ts';
import type { Person } from '../../platform/person.ts';
import { Subject } from '../subjects/subject.entity.ts';
import { admit } from '../subjects/gate.ts';
import { closeSubject, findSubject, recordAct } from '../subjects/subjects.ts';
import type { Act } from '../house/acts.ts';
import type { SubjectRow } from '../house/kinds.ts';
import { Idempotency } from './idempotency.entity.ts';
import { Text } from './text.entity.ts';
import { keepCorrection, prepareText, storeText, type NewText, type Written } from './texts.ts';
import type { Languages } from '../../platform/languages.ts';
import { followToVersion } from './translations.ts';

// What every kind of contribution that people write has in common: limits, a key against doubles, new versions, withdrawal.

const POSTS_A_MINUTE = 20;
const POSTS_AN_HOUR = 200;
/** So long a key is known. */
const KEY_SECONDS = 86_400;
/** Longer than the way back from a page, shorter than until somebody means it again. */
const SAME_WORDS_SECONDS = 600;

export interface Contribution {
  written: Written;
  /** What else belongs to it, and where it goes: the same key with something else is refused. */
  body: unknown;
  key?: Key | undefined;
}

/** The same name gives the same contribution for 24 hours, however often it is sent. */
export interface Key {
  name: string;
  /** A form comes back with the words still in it, and under another name: the same words within minutes are the same contribution. */
  isForm: boolean;
}

/**
 * Publishes something written: `publish` stores it in the transaction and returns its id. Returns that id; for a repeated key that of the
 * first. Throws 409 when the key came with something else, 429 over the limits.
 */
export async function contribute(
  em: Em,
  { languages, person }: { languages: Languages; person: Person },
  { written, body, key }: Contribution,
  publish: (em: Em, text: NewText) => Promise<string>,
): Promise<string> {
  await spendPost(em, person);
  const text = prepareText(languages, written);
  const hashed = key ? digest(key.name) : null;
  return transaction(em, async (inner) => {
    const known = hashed && (await reserveKey(inner, person, hashed, body));
    if (known) return known;
    const same = key?.isForm ? await findSameWords(inner, person, body) : null;
    const id = same ?? (await publish(inner, text));
    if (!same) await storeText(inner, languages, { subjectId: id, version: 1, text });
    if (hashed)
      await tables(inner, Idempotency)
        .updateTable('idempotency')
        .set({ subjectId: id })
        .where('personId', '=', person.id)
        .where('key', '=', hashed)
        .execute();
    return id;
  });
}

/** What this person has just sent, if it is still there; two at once are one. */
async function findSameWords(em: Em, person: Person, body: unknown): Promise<string | null> {
  const bodyHash = digest(JSON.stringify(body));
  await rows(em, sql`select pg_advisory_xact_lock(hashtextextended(${person.id + bodyHash}, 0))`);
  const found = await tables(em, Idempotency, Subject)
    .selectFrom('idempotency as i')
    .innerJoin('subject as s', 's.id', 'i.subjectId')
    .select('s.id')
    .where('i.personId', '=', person.id)
    .where('i.bodyHash', '=', bodyHash)
    .where('i.createdAt', '>', secondsAgo(SAME_WORDS_SECONDS))
    .where('s.closedAt', 'is', null)
    .executeTakeFirst();
  return found?.id ?? null;
}

/** A second request with the same key waits here for the first, and gets its answer. */
async function reserveKey(em: Em, person: Person, key: string, body: unknown): Promise<string | null> {
  const bodyHash = digest(JSON.stringify(body));
  const { numInsertedOrUpdatedRows: mine } = await tables(em, Idempotency)
    .insertInto('idempotency')
    .values({ personId: person.id, key, bodyHash, createdAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (mine) return null;
  const first = await tables(em, Idempotency)
    .selectFrom('idempotency')
    .select(['bodyHash', 'subjectId'])
    .where('personId', '=', person.id)
    .where('key', '=', key)
    .executeTakeFirst();
  if (first?.bodyHash !== bodyHash) throw new HttpError(409, 'errors:keyUsed');
  return first.subjectId;
}

/** Keys whose time has passed. */
export async function forgetKeys(em: Em): Promise<void> {
  await tables(em, Idempotency).deleteFrom('idempotency').where('createdAt', '<', secondsAgo(KEY_SECONDS)).execute();
}

/** Keys are hashed too: then it does not matter how long they are, or of which letters. */
const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Counts one more text that somebody writes, of any kind. Throws 429 over the limits. */
export async function spendPost(em: Em, person: Person): Promise<void> {
  if (person.unlimited) return;
  const bucket = `post:${person.id}`;
  await spend(em, [
    { bucket, max: POSTS_A_MINUTE, seconds: 60 },
    { bucket, max: POSTS_AN_HOUR, seconds: 3_600 },
  ]);
}

export interface Revision {
  id: string;
  /** The revision its author saw: throws 412 when it is not the last any more. */
  version: number;
  written: Written;
  /** Of the policy of its kind: who may change it. */
  act: Act;
}

/** Stores new words as the next version, when they are new; `also` changes what the kind keeps beside its text. Throws as the gate does, and 404 for another kind. */
export async function revise(
  em: Em,
  { languages, person }: { languages: Languages; person: Person },
  { id, version, written, act }: Revision,
  also: (em: Em, subject: SubjectRow) => Promise<void> = async () => {},
): Promise<void> {
  await spendPost(em, person);
  const text = prepareText(languages, written);
  await transaction(em, async (inner) => {
    const subject = await findAdmitted(inner, person, { id, act });
    if (subject.revision !== version)
      throw new HttpError(412, 'errors:changedMeanwhile', { details: { version: subject.revision } });
    const current = await tables(inner, Text)
      .selectFrom('text')
      .select(['version', 'title', 'body', 'language'])
      .where('id', '=', subject.textId)
      .executeTakeFirst();
    if (!current) throw notFound();
    const hasNewWords = current.title !== text.title || current.body !== text.body;
    const isCorrected = !hasNewWords && Boolean(written.language) && current.language !== text.language;
    const isNew = hasNewWords || isCorrected;
    if (isNew) await storeVersion(inner, languages, subject, { version: current.version + 1, text });
    if (isCorrected)
      await keepCorrection(inner, person, { textId: text.id, before: current.language, after: text.language });
    await also(inner, subject);
    await tables(inner, Subject)
      .updateTable('subject')
      .set({ editedAt: new Date(), revision: version + 1 })
      .where('id', '=', id)
      .execute();
    await recordAct(inner, 'edited', subject, {
      actorId: person.id,
      textId: isNew ? text.id : (subject.textId ?? ''),
      language: text.language,
    });
  });
}

async function storeVersion(
  em: Em,
  languages: Languages,
  subject: SubjectRow,
  { version, text }: { version: number; text: NewText },
): Promise<void> {
  await storeText(em, languages, { subjectId: subject.id, version, text });
  await followToVersion(em, languages, subject.textId ?? '', text);
  await tables(em, Subject).updateTable('subject').set({ textId: text.id }).where('id', '=', subject.id).execute();
}

/** Takes something back, for good. */
export async function withdraw(em: Em, person: Person, asked: Pick<Revision, 'id' | 'act'>): Promise<void> {
  await transaction(em, async (inner) => {
    await closeSubject(inner, await findAdmitted(inner, person, asked), 'withdrawn', person.id);
  });
}

/** A contribution of the kind the act is about, locked for the transaction, when this person may do that with it. */
async function findAdmitted(em: Em, person: Person, { id, act }: Pick<Revision, 'id' | 'act'>): Promise<SubjectRow> {
  const subject = await findSubject(em, id, person, { lock: true });
  if (subject.kind !== act.noun) throw notFound();
  await admit(em, person, { act, subject });
  return subject;
}
