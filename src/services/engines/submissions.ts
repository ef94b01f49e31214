import { sql } from 'kysely';

import { submitTo } from '#translation/engines/asking.ts';
import type { Submission } from '#translation/ports.ts';
import type { Engine } from '#translation/engines/engine.ts';
import type { Leg } from '#translation/ways.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import { inSeconds, now, secondsAgo } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { Translation } from '../texts/translation.entity.ts';
import { EngineState } from './engine.entity.ts';
import { Submission as Submitted } from './submission.entity.ts';

/** What was handed to an asynchronous engine and has not come back. */
export interface Open {
  engine: string;
  source: string;
  target: string;
  texts: { id: string; text: string }[];
}

/** How many answers of an engine are still awaited. */
export async function countOpen(em: Em, engine: Engine): Promise<number> {
  const { count } = await tables(em, Submitted)
    .selectFrom('submission')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(isAwaited(engine))
    .executeTakeFirstOrThrow();
  return count;
}

const isAwaited = ({ name, callbacks }: Engine) =>
  sql<boolean>`engine = ${name} and answered_at is null and submitted_at > now() - ${`${callbacks?.patienceMs ?? 0} milliseconds`}::interval`;

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
  const tokenHash = hashToken(token);
  // Before it is handed in: the answer may be faster than our next statement.
  await tables(em, Submitted)
    .insertInto('submission')
    .values({
      ...{ tokenHash, engine: engine.name, sourceLanguage: source, targetLanguage: target, submittedAt: now },
      // The driver would make an array of PostgreSQL of a list.
      texts: sql`${JSON.stringify(texts)}::jsonb`,
    })
    .execute();
  try {
    const terms = engine.appliesGlossary ? { glossary } : {};
    const callbackUrl = `${publicUrl}/api/callbacks/translation/${token}`;
    await submitTo(engine, { source, target, texts, callbackUrl, signal, ...terms });
  } catch (error) {
    await tables(em, Submitted).deleteFrom('submission').where('tokenHash', '=', tokenHash).execute();
    throw error;
  }
}

/** The submission a callback answers; services deliver twice now and then. Null for a token that is unknown, or too old. */
export async function findSubmission(em: Em, token: string): Promise<(Open & { isAnswered: boolean }) | null> {
  const found = await tables(em, Submitted)
    .selectFrom('submission')
    .select(['engine', 'sourceLanguage as source', 'targetLanguage as target', 'texts', 'answeredAt'])
    .where('tokenHash', '=', hashToken(token))
    .executeTakeFirst();
  return found ? { ...found, isAnswered: found.answeredAt !== null } : null;
}

/** For when the answer is kept, not before: a process killed in between would lose what was paid for. False when already marked. */
export async function markAnswered(em: Em, token: string): Promise<boolean> {
  const { numUpdatedRows } = await tables(em, Submitted)
    .updateTable('submission')
    .set({ answeredAt: now })
    .where('tokenHash', '=', hashToken(token))
    .where('answeredAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Between the clocks and statements of two processes this is normal. */
const SPARE_SECONDS = 1;

/** Whether the engine failed in the last milliseconds, when an answer came for which `wakeWaiting` wakes somebody; null when none came. */
export async function readAnswerSince(
  em: Em,
  { engine, source, target }: Omit<Open, 'texts'>,
  milliseconds: number,
): Promise<{ hasFailed: boolean } | null> {
  const since = secondsAgo(milliseconds / 1_000 + SPARE_SECONDS);
  const answer = await tables(em, Submitted)
    .selectFrom('submission')
    .select('answeredAt')
    .where('engine', '=', engine)
    .where('answeredAt', '>', since)
    .where((submission) => submission.or({ sourceLanguage: source, targetLanguage: target }))
    .executeTakeFirst();
  if (!answer) return null;
  const failure = await tables(em, EngineState)
    .selectFrom('engine_state')
    .select('failedAt')
    .where('engine', '=', engine)
    .where('failedAt', '>', since)
    .executeTakeFirst();
  return { hasFailed: failure !== undefined };
}

interface Waking {
  /** They look again after these have passed. */
  seconds: number;
  /** It was the engine that failed: they keep their tries. */
  isBlameless: boolean;
}

/** Texts that waited for an answer look into the memory again, and are handed in anew where that has none. */
export async function wakeWaiting(
  em: Em,
  { engine, source, target }: Omit<Open, 'texts'>,
  { seconds, isBlameless }: Waking,
): Promise<void> {
  await tables(em, Translation)
    .updateTable('translation')
    .set({ leaseUntil: inSeconds(seconds), tries: sql`greatest(0, tries - ${isBlameless ? 1 : 0}::int)` })
    .where('state', '=', 'queued')
    .where('human', '=', false)
    .where('engine', '=', engine)
    .where((translation) => translation.or({ sourceLanguage: source, language: target }))
    .execute();
}

/** Answers do not come this late. */
const KEPT_SECONDS = 2 * 86_400;

export async function forgetOldSubmissions(em: Em): Promise<void> {
  await tables(em, Submitted).deleteFrom('submission').where('submittedAt', '<', secondsAgo(KEPT_SECONDS)).execute();
}
