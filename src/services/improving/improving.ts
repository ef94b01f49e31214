import { randomUUIDv7 } from 'node:crypto';

import { sql, type NotNull } from 'kysely';
import { z } from 'zod';

import { rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { HttpError, notFound } from '../../platform/http/errors.ts';
import { now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { parse, writtenText } from '../../platform/input.ts';
import type { Person } from '../../platform/person.ts';
import type { Kinds } from '../house/kinds.ts';
import { isModeratorOf, recordAct } from '../subjects/subjects.ts';
import { spendPost } from '../texts/contributions.ts';
import type { Languages } from '../../platform/languages.ts';
import { translationActs } from './improving.policy.ts';
import { findTranslatable, type Translatable } from './improving.reads.ts';
import { Translation } from '../texts/translation.entity.ts';
import { READER, wish } from '../texts/translations.ts';
import { copyForDesk } from './looking.ts';
import { TranslationRevision } from './revision.entity.ts';

// What people write over a machine's translation. Each act is a revision with a number, counted per subject and language; the subject is
// locked meanwhile, so that of two who save at once the second is told of the first.

interface Services {
  languages: Languages;
  kinds: Kinds;
  person: Person;
}

/** Which translation, and the revision the person saw: 0 when there was none. */
export interface Place {
  textId: string;
  language: string;
  /** Null: they did not say, and there was nothing of other people's to overwrite. */
  base: number | null;
}

/**
 * Puts a person's translation in the place of what was there. `fields` are checked against the limits of the kind. Returns the number of
 * the revision. Throws 409 when somebody else was faster or the original changed, 428 without a base where people have translated, 429.
 */
export async function improve(
  em: Em,
  { languages, kinds, person }: Services,
  { textId, language, base }: Place,
  fields: unknown,
): Promise<number> {
  return transaction(em, async (inner) => {
    const asked = { textId, language, act: translationActs.improve };
    const found = await findTranslatable(inner, { kinds, languages, person }, asked, { lock: true });
    const words = parse(wordsOf(found), fields);
    refuseIfMoved(found, base);
    if (isSame(found, words)) return found.revision;
    await spendPost(inner, person);
    await storeHuman(inner, found, { ...words, textId: found.original.id, authorId: person.id });
    const made = { ...words, act: 'improved', textId: found.original.id } as const;
    const { id, number } = await addRevision(inner, found, person, made);
    const { subject } = found;
    await copyForDesk(inner, languages, { id, subject, language, ...words, authorId: person.id });
    return number;
  });
}

/** A translation has a title where its original has one. */
function wordsOf({ original, limits }: Translatable) {
  const body = writtenText({ max: limits.body, required: 'translationRequired', multiline: true });
  const title =
    original.title === null
      ? z.unknown().transform(() => null)
      : writtenText({ max: limits.title, required: 'titleRequired' });
  return z.object({ title, body });
}

function refuseIfMoved({ isCurrent, revision, human }: Translatable, base: number | null): void {
  if (base === null && human) throw new HttpError(428, 'errors:preconditionRequired');
  if (!isCurrent) throw new HttpError(409, 'errors:originalChanged');
  if ((base ?? 0) !== revision)
    throw new HttpError(409, 'errors:improvedMeanwhile', { details: { version: revision } });
}

/** Sent twice, or saved without a change. Of an older original the same words say that they still hold. */
const isSame = ({ human }: Translatable, { title, body }: Words): boolean =>
  human !== null && !human.outdated && human.title === title && human.body === body;

interface Words {
  title: string | null;
  body: string;
}

async function storeHuman(
  em: Em,
  { original, language }: Translatable,
  { title, body, textId, authorId }: Words & { textId: string; authorId: string | null },
): Promise<void> {
  const made = {
    ...({ title, body, authorId, state: 'ready', origin: 'human', readyAt: now } as const),
    ...{ sourceLanguage: original.language, outdated: textId !== original.id },
  };
  await tables(em, Translation)
    .insertInto('translation')
    .values({ textId: original.id, language, human: true, wishedAt: now, ...made })
    .onConflict((conflict) => conflict.columns(['textId', 'language', 'human']).doUpdateSet(made))
    .execute();
}

interface NewRevision {
  act: 'improved' | 'rolled-back' | 'removed';
  title: string | null;
  body: string | null;
  /** The version of the original it is a translation of. */
  textId: string;
}

/** Stores the revision, and tells: open pages show the new words, caches drop the old ones. */
async function addRevision(
  em: Em,
  { subject, original, language, revision }: Translatable,
  { id: authorId }: Person,
  { act, title, body, textId }: NewRevision,
): Promise<{ id: string; number: number }> {
  const id = randomUUIDv7();
  const number = revision + 1;
  await tables(em, TranslationRevision)
    .insertInto('translation_revision')
    .values({
      ...{ id, subjectId: subject.id, textId, language, number },
      ...{ act, title, body, authorId, writtenAt: now },
    })
    .execute();
  await recordAct(em, 'translated', subject, { actorId: authorId, textId: original.id, language });
  return { id, number };
}

/**
 * Brings an earlier revision back, or with `to` 0 the machine's translation: for the author of the original and the moderators. That is a
 * revision too. Throws 403, 404 for a revision that is not there, 409 when somebody else was faster.
 */
export async function rollBack(
  em: Em,
  { languages, kinds, person }: Services,
  { textId, language, base }: Place,
  to: number,
): Promise<void> {
  await transaction(em, async (inner) => {
    const asked = { textId, language, act: translationActs.rollBack };
    const found = await findTranslatable(inner, { kinds, languages, person }, asked, { lock: true });
    if (base !== found.revision)
      throw new HttpError(409, 'errors:improvedMeanwhile', { details: { version: found.revision } });
    if (to === 0) await removeHuman(inner, languages, found, person);
    else await restore(inner, found, person, to);
    if (isModeratorOf(person, found.subject)) await markBefore(inner, found, person);
  });
}

/** A moderator who takes words back has looked at them. */
async function markBefore(em: Em, { subject, language, revision }: Translatable, person: Person): Promise<void> {
  await tables(em, TranslationRevision)
    .updateTable('translation_revision')
    .set({ lookedAt: now, lookedBy: person.id })
    .where((each) => each.and({ subjectId: subject.id, language }))
    .where('number', '<=', revision)
    .where('lookedAt', 'is', null)
    .execute();
}

async function removeHuman(em: Em, languages: Languages, found: Translatable, person: Person): Promise<void> {
  const { original, language, human, machine } = found;
  if (!human) throw notFound();
  await deleteTranslation(em, original.id, language, { human: true });
  await addRevision(em, found, person, { act: 'removed', title: null, body: null, textId: original.id });
  if (!machine && languages.translator.way(original.language, language))
    await wish(em, original, [language], { priority: READER, again: true });
}

async function deleteTranslation(
  em: Em,
  textId: string,
  language: string,
  { human }: { human: boolean },
): Promise<void> {
  await tables(em, Translation)
    .deleteFrom('translation')
    .where((translation) => translation.and({ textId, language, human }))
    .execute();
}

/** Credited to who wrote the words, not to who brought them back. */
async function restore(em: Em, found: Translatable, person: Person, to: number): Promise<void> {
  const { subject, language } = found;
  const earlier = await tables(em, TranslationRevision)
    .selectFrom('translation_revision')
    .select(['title', 'body', 'textId', 'authorId'])
    .where((revision) => revision.and({ subjectId: subject.id, language, number: to, act: 'improved' }))
    .where('body', 'is not', null)
    .$narrowType<{ body: NotNull }>()
    .executeTakeFirst();
  if (!earlier) throw notFound();
  const { title, body, textId } = earlier;
  await storeHuman(em, found, earlier);
  await addRevision(em, found, person, { act: 'rolled-back', title, body, textId });
}

/**
 * Throws away what a machine made of a text in one language, with what was remembered of it on the whole way, and asks for it anew: for moderators.
 * A human translation stays before it.
 */
export async function translateAnew(
  em: Em,
  { languages, kinds, person }: Services,
  { textId, language }: Omit<Place, 'base'>,
): Promise<void> {
  await transaction(em, async (inner) => {
    const asked = { textId, language, act: translationActs.translateAnew };
    const found = await findTranslatable(inner, { kinds, languages, person }, asked, { lock: true });
    const { subject, original } = found;
    await rows(
      inner,
      sql`delete from memory where key in (select memory_key from memory_use where text_id = ${original.id}) and (target_language = ${language}
          or target_language in (select unnest(array[via, variant]) from translation where text_id = ${original.id} and language = ${language} and not human))`,
    );
    await deleteTranslation(inner, original.id, language, { human: false });
    if (languages.translator.way(original.language, language))
      await wish(inner, original, [language], { priority: READER });
    await recordAct(inner, 'translated', subject, { actorId: person.id, textId: original.id, language });
  });
}
