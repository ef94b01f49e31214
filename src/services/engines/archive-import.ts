import { randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';

import { recordAll, type NewLine } from '../../platform/activity/activity.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import {
  archiveLine,
  textHash,
  type ArchiveLine,
  type MemoryLine,
  type RevisionLine,
  type TranslationLine,
} from './archive.ts';

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
 * Takes in the lines of an archive. What people wrote here and newer machine translations stay; each line is attached to the very same
 * words or left out. Safe to repeat. `onWrong` is told of each line that is none, by its number; the others go on.
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

interface FoundText {
  id: string;
  language: string;
  kind: string;
  rootId: string;
  spaceId: string | null;
  /** What people read today, and not an earlier version. */
  isCurrent: boolean;
}

function findText(em: Em, { subject, version, hash }: Pick<TranslationLine, 'subject' | 'version' | 'hash'>) {
  return row(
    em,
    sql<FoundText>`select t.id, t.language, s.kind, s.root_id as "rootId", s.space_id as "spaceId", s.text_id = t.id as "isCurrent"
      from text t join subject s on s.id = t.subject_id
      where t.subject_id = ${subject} and t.version = ${version} and t.body is not null and ${textHash} = ${hash}`,
  );
}

async function storeTranslation(em: Em, line: TranslationLine, told: NewLine[]): Promise<Skip | null> {
  const text = await findText(em, line);
  if (!text) return 'noText';
  if (text.language !== line.source) return 'otherLanguage';
  const { language, human, title, body, origin, engine, via, variant, outdated, missedTerms } = line;
  const stored = await rows(
    em,
    sql`insert into translation (text_id, language, human, title, body, state, origin, engine, via, variant, source_language, outdated,
          missed_terms, author_id, wished_at, ready_at)
        values (${text.id}, ${language}, ${human}, ${title}, ${body}, 'ready', ${origin}, ${engine}, ${via}, ${variant}, ${line.source}, ${outdated},
          ${missedTerms}::text[], (select id from person where handle = ${line.author}), ${line.wishedAt}::timestamptz, ${line.readyAt}::timestamptz)
        on conflict (text_id, language, human) do update set title = excluded.title, body = excluded.body, state = 'ready', origin = excluded.origin,
          engine = excluded.engine, via = excluded.via, variant = excluded.variant, missed_terms = excluded.missed_terms, ready_at = excluded.ready_at,
          failure = null, lease_until = null
        where not translation.human and (translation.state <> 'ready' or translation.ready_at < excluded.ready_at) returning 1`,
  );
  if (stored.length === 0) return human ? 'humanThere' : 'newerThere';
  const { id: textId, kind, rootId, spaceId } = text;
  if (text.isCurrent)
    told.push({ type: 'translated', subjectId: line.subject, ...{ kind, rootId, spaceId, textId, language } });
  return null;
}

async function storeRevision(em: Em, line: RevisionLine): Promise<Skip | null> {
  const text = await findText(em, line);
  if (!text) return 'noText';
  const { subject, language, number, act, title, body, author, writtenAt } = line;
  const stored = await rows(
    em,
    sql`insert into translation_revision (id, subject_id, text_id, language, number, act, title, body, author_id, written_at)
        values (${randomUUIDv7()}, ${subject}, ${text.id}, ${language}, ${number}, ${act}, ${title}, ${body},
          (select id from person where handle = ${author}), ${writtenAt}::timestamptz)
        on conflict (subject_id, language, number) do nothing returning 1`,
  );
  return stored.length === 0 ? 'revisionThere' : null;
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
  const stored = await rows(
    em,
    sql`insert into memory (key, source_language, target_language, engine, text, created_at)
        values (${key}, ${source}, ${target}, ${engine}, ${text}, ${createdAt}::timestamptz) on conflict do nothing returning 1`,
  );
  await rows(
    em,
    sql`insert into memory_use (memory_key, text_id) select ${key}, id from unnest(${[...ids]}::uuid[]) u (id) on conflict do nothing`,
  );
  return stored.length === 0 ? 'memoryThere' : null;
}
