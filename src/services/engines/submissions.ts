import { sql } from 'kysely';

import type { Submission } from '#translation/ports.ts';
import type { Engine } from '#translation/engines/engine.ts';
import type { Leg } from '#translation/ways.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';

/** What was handed to an asynchronous engine and has not come back. */
export interface Open {
  engine: string;
  source: string;
  target: string;
  texts: { id: string; text: string }[];
}

/** How many answers of an engine are still awaited. */
export async function countOpen(em: Em, engine: Engine): Promise<number> {
  const found = await row(
    em,
    sql<{ count: number }>`select count(*)::int as count from submission where ${isAwaited(engine)}`,
  );
  return found?.count ?? 0;
}

const isAwaited = ({ name, callbacks }: Engine) =>
  sql`engine = ${name} and answered_at is null and submitted_at > now() - ${`${callbacks?.patienceMs ?? 0} milliseconds`}::interval`;

/** The ids of texts of this leg whose answer is awaited. */
export async function readAwaited(em: Em, { engine, source, target }: Leg): Promise<ReadonlySet<string>> {
  const awaited = await rows(
    em,
    sql<{ id: string }>`select text ->> 'id' as id from submission, jsonb_array_elements(texts) text
      where ${isAwaited(engine)} and source_language = ${source} and target_language = ${target}`,
  );
  return new Set(awaited.map(({ id }) => id));
}

/** Hands texts in, with an address for the answer that nobody can guess. */
export async function submit(
  em: Em,
  publicUrl: string,
  { engine, source, target, texts, glossary }: Submission,
  signal: AbortSignal,
): Promise<void> {
  if (!engine.callbacks) return;
  const token = newToken();
  const hash = hashToken(token);
  // Before it is handed in: the answer may be faster than our next statement.
  await rows(
    em,
    sql`insert into submission (token_hash, engine, source_language, target_language, texts, submitted_at)
        values (${hash}, ${engine.name}, ${source}, ${target}, ${JSON.stringify(texts)}::jsonb, now())`,
  );
  try {
    const terms = engine.appliesGlossary ? { glossary } : {};
    const callbackUrl = `${publicUrl}/api/callbacks/translation/${token}`;
    await engine.callbacks.submit({ source, target, texts, callbackUrl, signal, ...terms });
  } catch (error) {
    await rows(em, sql`delete from submission where token_hash = ${hash}`);
    throw error;
  }
}

/** The submission a callback answers; services deliver twice now and then. Null for a token that is none of ours, or too old. */
export async function findSubmission(em: Em, token: string): Promise<(Open & { isAnswered: boolean }) | null> {
  return row(
    em,
    sql<Open & { isAnswered: boolean }>`select engine, source_language as source, target_language as target, texts,
        answered_at is not null as "isAnswered" from submission where token_hash = ${hashToken(token)}`,
  );
}

/** For when what came is kept, and not before: a process killed in between would lose what was paid for. False when it was marked already. */
export async function markAnswered(em: Em, token: string): Promise<boolean> {
  const marked = await rows(
    em,
    sql`update submission set answered_at = now() where token_hash = ${hashToken(token)} and answered_at is null returning 1`,
  );
  return marked.length > 0;
}

/** A second between the clocks and statements of two processes is normal. */
const SPARE_MILLISECONDS = 1_000;

/** Whether an answer that `wakeWaiting` would wake somebody for has come in the last milliseconds, or a failure; null when nothing came. */
export async function readAnswerSince(
  em: Em,
  { engine, source, target }: Omit<Open, 'texts'>,
  milliseconds: number,
): Promise<{ hasFailed: boolean } | null> {
  const since = `${Math.ceil(milliseconds) + SPARE_MILLISECONDS} milliseconds`;
  return row(
    em,
    sql<{
      hasFailed: boolean;
    }>`select exists (select 1 from engine_state e where e.engine = ${engine} and e.failed_at > now() - ${since}::interval) as "hasFailed"
      from submission where engine = ${engine} and answered_at > now() - ${since}::interval
        and (source_language = ${source} or target_language = ${target}) limit 1`,
  );
}

interface Waking {
  /** They look again after these have passed. */
  seconds: number;
  /** It was the engine that failed: they keep their tries. */
  isBlameless: boolean;
}

/** What waited for an answer looks into the memory again, and is handed in anew where that has none. */
export async function wakeWaiting(
  em: Em,
  { engine, source, target }: Omit<Open, 'texts'>,
  { seconds, isBlameless }: Waking,
): Promise<void> {
  await rows(
    em,
    sql`update translation set lease_until = now() + ${`${seconds} seconds`}::interval, tries = greatest(0, tries - ${isBlameless ? 1 : 0}::int) where state = 'queued' and not human and engine = ${engine}
        and (source_language = ${source} or language = ${target})`,
  );
}

/** Answers do not come this late. */
const KEPT_DAYS = 2;

export async function forgetOldSubmissions(em: Em): Promise<void> {
  await rows(em, sql`delete from submission where submitted_at < now() - ${`${KEPT_DAYS} days`}::interval`);
}
