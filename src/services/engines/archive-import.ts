import { randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';

import { recordAll, type NewLine } from '../../platform/activity/activity.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { tables } from '../../platform/db/tables.ts';
import { TranslationRevision } from '../improving/revision.entity.ts';
import { Person } from '../people/person.entity.ts';
import { Subject } from '../subjects/subject.entity.ts';
import { Text } from '../texts/text.entity.ts';
import { Translation } from '../texts/translation.entity.ts';
import {
  archiveLine,
  textHash,
  type ArchiveLine,
  type MemoryLine,
  type RevisionLine,
  type TranslationLine,
} from './archive.ts';
import { Memory } from './memory.entity.ts';

/** Rows of one transaction: longer ones keep every reader of the activity waiting. */
const A_TRANSACTION = 100;
/** No line of ours is longer; one that is would fill the memory before anybody looks at it. */
const LINE_CHARACTERS = 2_000_000;

/** Why a line was left out although nothing is wrong with it. */
const SKIPPED = {
  noText: 'the text is not here, or has other words',
  otherLanguage: 'the text is held to be in another language here',
  humanThere: 'a person’s translation is here already',
  newerThere: 'the same or a newer translation is here already',
  revisionThere: 'this revision is here already',
  memoryThere: 'the memory has it already',
} as const;
type Skip = keyof typeof SKIPPED;

export interface ImportReport {
  /** Lines that were stored, by their type. */
  stored: Record<ArchiveLine['type'], number>;
  /** Lines that were left out, by the reason in words. */
  skipped: Map<string, number>;
  /** Lines that are wrong. */
  wrong: number;
}

/**
 * Takes in the lines of an archive. Words that people wrote here and newer machine translations stay; each line is attached to the very
 * same words or left out. Safe to repeat. `onWrong` is told of each line that is none, by its number; the others go on.
 */
export async function importTranslations(
  em: Em,
  lines: AsyncIterable<string>,
  onWrong: (number: number, what: string) => void,
): Promise<ImportReport> {
  const report: ImportReport = { stored: { translation: 0, revision: 0, memory: 0 }, skipped: new Map(), wrong: 0 };
  let number = 0;
  let batch: ArchiveLine[] = [];
  let weight = 0;
  for await (const text of lines) {
    number++;
    if (text.trim() === '') continue;
    const read = readLine(text);
    if ('wrong' in read) {
      report.wrong++;
      onWrong(number, read.wrong);
      continue;
    }
    if (weight + weightOf(read.line) > A_TRANSACTION) {
      await storeBatch(em, batch, report);
      batch = [];
      weight = 0;
    }
    batch.push(read.line);
    weight += weightOf(read.line);
  }
  await storeBatch(em, batch, report);
  return report;
}

/** Rows it may become. */
const weightOf = (line: ArchiveLine): number => (line.type === 'memory' ? 1 + line.texts.length : 1);

function readLine(text: string): { line: ArchiveLine } | { wrong: string } {
  if (text.length > LINE_CHARACTERS) return { wrong: 'is longer than any line of an archive' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { wrong: 'is not JSON' };
  }
  const result = archiveLine.safeParse(value);
  if (result.success) return { line: result.data };
  const [issue] = result.error.issues;
  return { wrong: `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'is wrong'}` };
}

async function storeBatch(em: Em, batch: readonly ArchiveLine[], report: ImportReport): Promise<void> {
  if (batch.length === 0) return;
  const outcomes = await transaction(em, async (inner) => {
    const told: NewLine[] = [];
    const done: (Skip | null)[] = [];
    for (const line of batch) done.push(await storeLine(inner, line, told));
    await recordAll(inner, told);
    return done;
  });
  for (const [place, skip] of outcomes.entries()) {
    const type = batch[place]?.type;
    if (skip) report.skipped.set(SKIPPED[skip], (report.skipped.get(SKIPPED[skip]) ?? 0) + 1);
    else if (type) report.stored[type]++;
  }
}

function storeLine(em: Em, line: ArchiveLine, told: NewLine[]): Promise<Skip | null> {
  if (line.type === 'translation') return storeTranslation(em, line, told);
  return line.type === 'revision' ? storeRevision(em, line) : storeMemory(em, line);
}

/** With `currentId`, what people read today: it may be a later version. */
function findText(em: Em, { subject, version, hash }: Pick<TranslationLine, 'subject' | 'version' | 'hash'>) {
  return tables(em, Text, Subject)
    .selectFrom('text as t')
    .innerJoin('subject as s', 's.id', 't.subjectId')
    .select(['t.id', 't.language', 's.kind', 's.rootId', 's.spaceId', 's.textId as currentId'])
    .where('t.subjectId', '=', subject)
    .where('t.version', '=', version)
    .where('t.body', 'is not', null)
    .where(textHash, '=', hash)
    .executeTakeFirst();
}

/** Nobody, where the handle is not known here. */
async function findAuthor(em: Em, handle: string | null): Promise<string | null> {
  if (handle === null) return null;
  const found = await tables(em, Person)
    .selectFrom('person')
    .select('id')
    .where('handle', '=', handle)
    .executeTakeFirst();
  return found?.id ?? null;
}

/** As exact as the archive has it: a Date would cut it to milliseconds. */
const moment = (text: string) => sql<Date>`${text}::timestamptz`;

async function storeTranslation(em: Em, line: TranslationLine, told: NewLine[]): Promise<Skip | null> {
  const text = await findText(em, line);
  if (!text) return 'noText';
  if (text.language !== line.source) return 'otherLanguage';
  const { language, human, title, body, origin, engine, via, variant, outdated, missedTerms } = line;
  const made = {
    title,
    body,
    origin,
    engine,
    via,
    variant,
    missedTerms,
    state: 'ready',
    readyAt: moment(line.readyAt),
  } as const;
  const { numInsertedOrUpdatedRows: stored } = await tables(em, Translation)
    .insertInto('translation')
    .values({
      ...{ textId: text.id, language, human, sourceLanguage: line.source, outdated, wishedAt: moment(line.wishedAt) },
      ...{ ...made, authorId: await findAuthor(em, line.author) },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['textId', 'language', 'human'])
        .doUpdateSet({ ...made, failure: null, leaseUntil: null })
        .where('translation.human', '=', false)
        .where(({ or, eb, ref }) =>
          or([eb('translation.state', '<>', 'ready'), eb('translation.readyAt', '<', ref('excluded.readyAt'))]),
        ),
    )
    .executeTakeFirst();
  if (!stored) return human ? 'humanThere' : 'newerThere';
  const { id: textId, kind, rootId, spaceId } = text;
  if (text.currentId === textId)
    told.push({ type: 'translated', subjectId: line.subject, ...{ kind, rootId, spaceId, textId, language } });
  return null;
}

async function storeRevision(em: Em, line: RevisionLine): Promise<Skip | null> {
  const text = await findText(em, line);
  if (!text) return 'noText';
  const { subject, language, number, act, title, body, author, writtenAt } = line;
  const { numInsertedOrUpdatedRows: stored } = await tables(em, TranslationRevision)
    .insertInto('translation_revision')
    .values({
      ...{ id: randomUUIDv7(), subjectId: subject, textId: text.id, language, number, act, title, body },
      ...{ authorId: await findAuthor(em, author), writtenAt: moment(writtenAt), lookedAt: moment(writtenAt) },
    })
    .onConflict((conflict) => conflict.columns(['subjectId', 'language', 'number']).doNothing())
    .executeTakeFirst();
  return stored ? null : 'revisionThere';
}

/** Without a text that it stands in, nothing would take it away again when that is erased. */
async function storeMemory(em: Em, line: MemoryLine): Promise<Skip | null> {
  const ids = new Set<string>();
  for (const each of line.texts) {
    const text = await findText(em, each);
    if (text) ids.add(text.id);
  }
  if (ids.size === 0) return 'noText';
  const { key, source, target, engine, text, createdAt } = line;
  const { numInsertedOrUpdatedRows: stored } = await tables(em, Memory)
    .insertInto('memory')
    .values({ key, sourceLanguage: source, targetLanguage: target, engine, text, createdAt: moment(createdAt) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  await rows(
    em,
    sql`insert into memory_use (memory_key, text_id) select ${key}, id from unnest(${[...ids]}::uuid[]) u (id) on conflict do nothing`,
  );
  return stored ? null : 'memoryThere';
}
