import { createHash, randomUUIDv7 } from 'node:crypto';

import type { NotNull } from 'kysely';

import type { Detection } from '#translation/detection/detector.ts';
import { UNDETERMINED } from '#translation/languages.ts';
import type { Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { InvalidInput, notFound } from '../../platform/http/errors.ts';
import { tables } from '../../platform/db/tables.ts';
import type { Person } from '../../platform/person.ts';
import { admit } from '../subjects/gate.ts';
import { findSubject, isId, recordAct } from '../subjects/subjects.ts';
import { Text, TextCorrection } from './text.entity.ts';
import { textActs } from './texts.policy.ts';
import { Translation } from './translation.entity.ts';
import { BACKGROUND, FRESH, wishEagerly } from './translations.ts';
import type { Languages } from '../../platform/languages.ts';

export interface Written {
  title: string | null;
  body: string;
  /** What the author says it is; their word wins over the detector. */
  language?: string | null | undefined;
  /** It came from another server, and so did the language, where it says one. */
  isRemote?: boolean;
  /** The language of the page it was written on. */
  interfaceLanguage: string;
}

/** A text that is ready to be stored. */
export interface NewText extends Detected {
  id: string;
  title: string | null;
  body: string;
}

interface Detected {
  language: string;
  decidedBy: 'detector' | 'author' | 'import' | 'remote' | 'pending';
  detectedLanguage: string | null;
  detectedConfidence: number | null;
}

/** Which language a text is in. The author's word wins; the detected language is kept beside it. */
export function prepareText(languages: Languages, written: Written): NewText {
  const { title, body } = written;
  return { id: randomUUIDv7(), title, body, ...decide(languages, written) };
}

function decide(languages: Languages, { title, body, language, interfaceLanguage, isRemote }: Written): Detected {
  if (language) refuseUnknown(languages, language);
  const detection = detect(languages, { title, body, interfaceLanguage });
  const detected = { detectedLanguage: detection?.language ?? null, detectedConfidence: detection?.confidence ?? null };
  if (language) return { language, decidedBy: isRemote ? 'remote' : 'author', ...detected };
  if (!detection) return { language: interfaceLanguage, decidedBy: 'pending', ...detected };
  if (detection.undetermined) return { language: UNDETERMINED, decidedBy: 'detector', ...detected };
  return { language: detection.language ?? interfaceLanguage, decidedBy: 'detector', ...detected };
}

/** People may also say that it is none of them: nothing translates such a text, and it is shown as what it is. */
function refuseUnknown({ all }: Languages, language: string): void {
  if (language !== UNDETERMINED && !all.includes(language))
    throw new InvalidInput([{ field: 'language', key: 'errors:language', params: {} }]);
}

/** What the detector says of title and body together, or null while it is still loading. */
export function detect(
  languages: Languages,
  { title, body, interfaceLanguage }: Omit<Written, 'language'>,
): Detection | null {
  return languages.detector()?.detect(title ? `${title}\n${body}` : body, { interfaceLanguage }) ?? null;
}

/** Stores a text as a version of its subject, and wishes for the translations that cost nothing. */
export async function storeText(
  em: Em,
  languages: Languages,
  { subjectId, version, text }: { subjectId: string; version: number; text: NewText },
): Promise<void> {
  const { id, title, body, language, decidedBy } = text;
  const hash = createHash('sha256')
    .update(`${title ?? ''}\n${body}`)
    .digest('base64url');
  await tables(em, Text)
    .insertInto('text')
    .values({ ...text, subjectId, version, hash, writtenAt: new Date() })
    .execute();
  if (decidedBy !== 'pending')
    await wishEagerly(em, languages, { id, language }, decidedBy === 'import' ? BACKGROUND : FRESH);
}

/** The author, or a moderator of the space, says which language a text is in. Its machine translations are made anew. */
export async function correctLanguage(
  em: Em,
  languages: Languages,
  person: Person,
  { textId, language }: { textId: string; language: string },
): Promise<void> {
  refuseUnknown(languages, language);
  if (!isId(textId)) throw notFound();
  await transaction(em, async (inner) => {
    const text = await tables(inner, Text)
      .selectFrom('text')
      .select(['subjectId', 'language'])
      .where('id', '=', textId)
      .forUpdate()
      .executeTakeFirst();
    const subject = await findSubject(inner, text?.subjectId ?? '', person);
    if (!text) throw notFound();
    await admit(inner, person, { act: textActs.correctLanguage, subject });
    const isAuthor = subject.authorId === person.id;
    await tables(inner, Text)
      .updateTable('text')
      .set({ language, decidedBy: isAuthor ? 'author' : 'moderator' })
      .where('id', '=', textId)
      .execute();
    if (text.language === language) return;
    await keepCorrection(inner, person, { textId, before: text.language, after: language });
    await translateAnew(inner, languages, textId, language);
    await recordAct(inner, 'corrected', subject, { actorId: person.id, textId, language });
  });
}

/** Every correction is kept: they tell how well languages are recognised. */
export async function keepCorrection(
  em: Em,
  person: Person,
  { textId, before, after }: { textId: string; before: string; after: string },
): Promise<void> {
  await tables(em, TextCorrection)
    .insertInto('text_correction')
    .values({ id: randomUUIDv7(), textId, before, after, personId: person.id, correctedAt: new Date() })
    .execute();
}

async function translateAnew(em: Em, languages: Languages, textId: string, language: string): Promise<void> {
  await tables(em, Translation)
    .deleteFrom('translation')
    .where('textId', '=', textId)
    .where('human', '=', false)
    .execute();
  await wishEagerly(em, languages, { id: textId, language }, FRESH);
}

const PENDING_AT_ONCE = 100;

interface PendingText {
  id: string;
  title: string | null;
  body: string;
  language: string;
}

/** Texts that were posted before the detector was loaded get their language now. Returns how many. */
export async function detectPending(em: Em, languages: Languages): Promise<number> {
  let count = 0;
  for (;;) {
    const pending = await selectPending(em).limit(PENDING_AT_ONCE).execute();
    for (const text of pending) await transaction(em, (inner) => settle(inner, languages, text));
    count += pending.length;
    if (pending.length < PENDING_AT_ONCE || !languages.detector()) return count;
  }
}

const selectPending = (em: Em) =>
  tables(em, Text)
    .selectFrom('text')
    .select(['id', 'title', 'body', 'language'])
    .where('decidedBy', '=', 'pending')
    .where('body', 'is not', null)
    .$narrowType<{ body: NotNull }>();

/**
 * Does nothing to a text whose language somebody said meanwhile, or that another process was faster with. Wishes that readers
 * made meanwhile would be translated from the wrong language.
 */
async function settle(em: Em, languages: Languages, text: PendingText): Promise<void> {
  const { language, decidedBy, detectedLanguage, detectedConfidence } = decide(languages, {
    ...text,
    language: null,
    interfaceLanguage: text.language,
  });
  if (decidedBy === 'pending') return;
  const pending = await selectPending(em).where('id', '=', text.id).forUpdate().executeTakeFirst();
  if (!pending) return;
  await tables(em, Text)
    .updateTable('text')
    .set({ language, decidedBy, detectedLanguage, detectedConfidence })
    .where('id', '=', text.id)
    .execute();
  if (language === text.language) await wishEagerly(em, languages, { id: text.id, language }, FRESH);
  else await translateAnew(em, languages, text.id, language);
}
