import { strict as assert } from 'node:assert';

import { authorOf, type Named } from '../people/author.ts';
import { sql, type NotNull } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { InvalidInput, notFound } from '../../platform/http/errors.ts';
import { tables } from '../../platform/db/tables.ts';
import type { Person } from '../../platform/person.ts';
import type { Act } from '../house/acts.ts';
import type { Kinds, SubjectRow } from '../house/kinds.ts';
import { admit } from '../subjects/gate.ts';
import { findSubject, isId } from '../subjects/subjects.ts';
import { Text } from '../texts/text.entity.ts';
import { TranslationRevision } from './revision.entity.ts';

/** A page of revisions shows the latest; of one text in one language there are hardly ever more. */
const REVISIONS = 100;

export interface Asking {
  kinds: Kinds;
  /** All a platform has. */
  languages: { all: readonly string[] };
  person: Person | null;
}

/** An original and how far people are with its translation into one language. */
export interface Translatable {
  subject: SubjectRow;
  original: Original;
  language: string;
  /** The version that was asked for is the last one. */
  isCurrent: boolean;
  /** Of the last revision; 0 while nobody has translated. */
  revision: number;
  human: Made | null;
  machine: Made | null;
  /** In code points, of the translation. */
  limits: { title: number; body: number };
}

export interface Original {
  id: string;
  version: number;
  title: string | null;
  body: string;
  language: string;
}

/** A translation that can be read. */
export interface Made {
  title: string | null;
  body: string;
  outdated: boolean;
  author: Named | null;
}

/** A translation runs longer than its original, in some languages and scripts by far. */
const ROOM = 2;

/**
 * A text by any of its versions, with what there is in `language`, for somebody who wants to do `act` with it. Throws 404 and 410 for a
 * text they may not read, as the gate for an act they may not do, 422 for a language we do not have or the text's own. `lock` holds the
 * subject for the transaction.
 */
export async function findTranslatable(
  em: Em,
  { kinds, languages, person }: Asking,
  { textId, language, act }: { textId: string; language: string; act: Act },
  { lock = false } = {},
): Promise<Translatable> {
  if (!isId(textId)) throw notFound();
  const asked = await tables(em, Text)
    .selectFrom('text')
    .select('subjectId')
    .where('id', '=', textId)
    .executeTakeFirst();
  const subject = await findSubject(em, asked?.subjectId ?? '', person, { lock });
  const kind = kinds.get(subject.kind);
  await admit(em, person, { act, subject, kind });
  const { limits } = kind;
  assert(limits, 'a text that people translate has limits');
  const original = await findOriginal(em, subject.textId);
  if (!original) throw notFound();
  if (!languages.all.includes(language) || language === original.language)
    throw new InvalidInput([{ field: 'language', key: 'errors:language', params: {} }]);
  const made = await readMade(em, original.id, language);
  return {
    ...{ subject, original, language, isCurrent: original.id === textId },
    revision: await lastRevision(em, subject.id, language),
    human: made.find(({ human }) => human) ?? null,
    machine: made.find(({ human }) => !human) ?? null,
    limits: { title: limits.title * ROOM, body: limits.body * ROOM },
  };
}

async function readMade(em: Em, textId: string, language: string): Promise<(Made & { human: boolean })[]> {
  return rows(
    em,
    sql<Made & { human: boolean }>`select m.human, m.title, m.body, m.outdated,
        ${authorOf('a')} as author
      from translation m left join person a on a.id = m.author_id
      where m.text_id = ${textId} and m.language = ${language} and m.state = 'ready' and m.body is not null`,
  );
}

async function lastRevision(em: Em, subjectId: string, language: string): Promise<number> {
  const last = await tables(em, TranslationRevision)
    .selectFrom('translation_revision')
    .select('number')
    .where('subjectId', '=', subjectId)
    .where('language', '=', language)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.number ?? 0;
}

export interface Revision {
  number: number;
  act: 'improved' | 'rolled-back' | 'removed';
  /** Null where the machine's translation took its place, or moderators erased the words. */
  title: string | null;
  body: string | null;
  /** Null for persons who were erased. */
  author: Named | null;
  writtenAt: Date;
  /** Of the original it was made from. */
  version: number;
}

/** What people did to one translation, the last first. */
export async function listRevisions(
  em: Em,
  { subject, language }: Translatable,
  { before = null, limit = REVISIONS }: { before?: number | null; limit?: number } = {},
): Promise<Revision[]> {
  return rows(
    em,
    sql<Revision>`select v.number, v.act, v.title, v.body, v.written_at as "writtenAt", t.version,
        ${authorOf('a')} as author
      from translation_revision v join text t on t.id = v.text_id left join person a on a.id = v.author_id
      where v.subject_id = ${subject.id} and v.language = ${language}
        and (${before}::int is null or v.number < ${before}::int) order by v.number desc limit ${limit}`,
  );
}

/** The original as it was when the translation in use was made of it; null when it still is, was erased, or nobody knows. */
export async function findOriginalBefore(
  em: Em,
  { subject, language, original }: Translatable,
): Promise<Original | null> {
  const before = await tables(em, TranslationRevision, Text)
    .selectFrom('translation_revision as v')
    .innerJoin('text as t', 't.id', 'v.textId')
    .select(['t.id', 't.version', 't.title', 't.body', 't.language'])
    .where('v.subjectId', '=', subject.id)
    .where('v.language', '=', language)
    .where('v.act', '<>', 'removed')
    .where('v.body', 'is not', null)
    .where('t.body', 'is not', null)
    .$narrowType<{ body: NotNull }>()
    .orderBy('v.number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return before && before.id !== original.id ? before : null;
}

/** One version of an original; null when it was erased. */
export async function findOriginal(em: Em, textId: string | null): Promise<Original | null> {
  const found = await tables(em, Text)
    .selectFrom('text')
    .select(['id', 'version', 'title', 'body', 'language'])
    .where('id', '=', textId)
    .where('body', 'is not', null)
    .$narrowType<{ body: NotNull }>()
    .executeTakeFirst();
  return found ?? null;
}
