import { sql } from 'kysely';
import { z } from 'zod';

import { UNDETERMINED } from '#translation/languages.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { HttpError, InvalidInput, notFound } from '../../platform/http/errors.ts';
import { now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { spend } from '../../platform/http/rate.ts';
import { optionalText } from '../../platform/input.ts';
import type { Person } from '../../platform/person.ts';
import type { RemoteAct } from '../house/federated.ts';
import type { Kinds, SubjectRow } from '../house/kinds.ts';
import { admit } from '../subjects/gate.ts';
import { findSubject, isId, recordAct } from '../subjects/subjects.ts';
import type { Languages } from '../../platform/languages.ts';
import { flagActs } from './moderation.policy.ts';
import { Text } from '../texts/text.entity.ts';
import { showRow, textColumn, textJoin, type ShownText, type TextRow } from '../texts/texts.reads.ts';
import { Flag } from './flag.entity.ts';

export const NOTE_CHARACTERS = 500;
/** Nobody reads, and judges, faster than this. */
const FLAGS_A_MINUTE = 10;
const FLAGS_AN_HOUR = 60;

export const REASONS = ['spam', 'offensive', 'illegal', 'personal-data', 'off-topic', 'wrong-translation'] as const;
export type Reason = (typeof REASONS)[number];
/** Other servers pass on what their people say is wrong, in words of their own. */
export type StoredReason = Reason | 'elsewhere';

/** What a person says is wrong with a text: the same for the form and the API. */
export const flagInput = z
  .object({
    reason: z.enum(REASONS, { error: 'chooseReason' }).meta({ description: 'What is wrong' }),
    note: optionalText(NOTE_CHARACTERS).meta({ description: 'What else the moderators should know' }),
  })
  .meta({ id: 'FlagInput', description: 'What is wrong with a text' });

interface Services {
  languages: Languages;
  kinds: Kinds;
  person: Person;
}

export interface Flagging {
  textId: string;
  /** The language it was read in: says which translation is wrong. */
  language: string;
  input: { reason: StoredReason; note: string | null };
}

/**
 * Tells the moderators what is wrong with a text. One flag a person and text; a second one takes its place until it was settled.
 * Throws 404 and 410 for a text that this person may not read or that is closed, 403 for one that is never hidden, 409 when it was settled,
 * 429 over the limits.
 */
export async function flagText(
  em: Em,
  { languages, kinds, person }: Services,
  { textId, language, input: { reason, note } }: Flagging,
): Promise<void> {
  if (!person.unlimited)
    await spend(em, [
      { bucket: `flag:${person.id}`, max: FLAGS_A_MINUTE, seconds: 60 },
      { bucket: `flag:${person.id}`, max: FLAGS_AN_HOUR, seconds: 3_600 },
    ]);
  await transaction(em, async (inner) => {
    // Locked against being hidden at this moment, which settles the flags there are.
    const reader = { languages, kinds, person, language };
    const { subject, text } = await findFlaggable(inner, reader, textId, { lock: true });
    const isAboutTranslation = reason === 'wrong-translation';
    if (isAboutTranslation && text.translation?.state !== 'ready')
      throw new InvalidInput([{ field: 'reason', key: 'errors:notTranslated', params: {} }]);
    const said = { reason, language: isAboutTranslation ? language : null, note, createdAt: now };
    const { numInsertedOrUpdatedRows: stored } = await tables(inner, Flag)
      .insertInto('flag')
      .values({ textId, personId: person.id, ...said })
      .onConflict((conflict) =>
        conflict.columns(['textId', 'personId']).doUpdateSet(said).where('flag.settledAt', 'is', null),
      )
      .executeTakeFirst();
    if (!stored) throw new HttpError(409, 'errors:alreadyDecided');
    await recordAct(inner, 'flagged', subject);
  });
}

/** A version of a text that this person may read and flag, the last or one that was changed while they wrote. Throws as `flagText`. */
export async function findFlaggable(
  em: Em,
  { languages, kinds, person, language }: Services & { language: string },
  textId: string,
  { lock = false } = {},
): Promise<{ subject: SubjectRow; text: ShownText }> {
  if (!isId(textId)) throw notFound();
  const found = await row(
    em,
    sql<TextRow & { subject_id: string }>`select s.subject_id, ${textColumn} from
      (select subject_id, id as text_id from text where id = ${textId} and body is not null) s ${textJoin(language)}`,
  );
  const subject = await findSubject(em, found?.subject_id ?? '', person, { lock });
  if (!found) throw notFound();
  await admit(em, person, { act: flagActs.flag, subject, kind: kinds.get(subject.kind) });
  return { subject, text: showRow(found, { languages, language, person: null }) };
}

export interface OwnFlag {
  reason: StoredReason;
  note: string | null;
}

/** What this person has said of a text already; nobody else is told. */
export async function findOwnFlag(em: Em, person: Person, textId: string): Promise<OwnFlag | null> {
  const found = await tables(em, Flag)
    .selectFrom('flag')
    .select(['reason', 'note'])
    .where('textId', '=', textId)
    .where('personId', '=', person.id)
    .where('settledAt', 'is', null)
    .executeTakeFirst();
  return found ?? null;
}

/** A moderator has looked at the flags about a subject, which it returns, up to the moment of the last one they saw, and there is nothing to do. */
export async function dismissFlags(
  em: Em,
  person: Person,
  { id, until }: { id: string; until: string },
): Promise<SubjectRow> {
  const subject = await findSubject(em, id, person);
  await admit(em, person, { act: flagActs.settle, subject });
  await transaction(em, (inner) => settleFlags(inner, person, subject, until));
  return subject;
}

/** Settles all flags about any version of a subject, until the given moment. */
export async function settleFlags(em: Em, person: Person, subject: SubjectRow, until = 'infinity'): Promise<void> {
  const { numUpdatedRows: settled } = await tables(em, Flag, Text)
    .updateTable('flag')
    .from('text')
    .set({ settledAt: now, settledBy: person.id })
    .where('text.subjectId', '=', subject.id)
    .whereRef('text.id', '=', 'flag.textId')
    .where('flag.settledAt', 'is', null)
    .where('flag.createdAt', '<=', sql<Date>`${until}::timestamptz`)
    .executeTakeFirst();
  if (settled > 0) await recordAct(em, 'flags-settled', subject);
}

/** Flags that this person settled by hiding what they were about ask for a look again, as before. */
export async function reopenFlags(em: Em, person: Person, subject: SubjectRow): Promise<void> {
  const reopened = await rows(
    em,
    sql`update flag f set settled_at = null, settled_by = null from text t, subject s
      where t.id = f.text_id and s.id = t.subject_id and s.id = ${subject.id} and f.settled_by = ${person.id} and f.settled_at >= s.closed_at
      returning f.text_id`,
  );
  if (reopened.length > 0) await recordAct(em, 'flagged', subject);
}

/** A `Flag` from another server: its moderators ask ours to look. */
export const flagFromElsewhere: RemoteAct = async (em, { languages, kinds }, { person, id, words }) => {
  const { textId } = await findSubject(em, id, null);
  const server = person.handle?.split('@')[1] ?? '';
  const note = Array.from(`${server}: ${words ?? ''}`)
    .slice(0, NOTE_CHARACTERS)
    .join('');
  const input = { reason: 'elsewhere', note } as const;
  await flagText(em, { languages, kinds, person }, { textId: textId ?? '', language: UNDETERMINED, input });
};
