import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout } from 'node:timers/promises';

import { sql } from 'kysely';

import { row, rows, type Database, type Em } from './database.ts';
import { withoutHurry } from './deadline.ts';
import { transaction } from './guard.ts';

/** Any number: the processes of one platform that start together queue on it while one of them migrates. */
const ADVISORY_LOCK = 7_012_026;
/** Whoever reads a table waits behind those who want to change it: that long at most, and with a pause before the next try. */
const LOCK_SECONDS = 2;
const PAUSE_MILLISECONDS = 2_000;
const PATIENCE_MILLISECONDS = 300_000;
/** A lock that was not to be had, a deadlock, or tables that two processes made at the same moment. */
const AGAIN = new Set(['55P03', '40P01', '23505', '42P07']);

/**
 * Brings the tables to today's shape, all or nothing, and returns the names of the migrations that ran; safe when several processes start
 * at once. Forward only. Throws a sentence when others keep the tables locked for longer than `patience`. Afterwards the generation is made anew if the data has moved to another cluster.
 */
export async function migrate(database: Database, patience = PATIENCE_MILLISECONDS): Promise<string[]> {
  const done = await withoutHurry(() => tryAgain(database, Date.now() + patience));
  for (const extension of ['unaccent', 'pg_trgm']) await tryExtension(database.em(), extension);
  await renewGeneration(database.em());
  return done;
}

/** Does what makes tables of another library's: of the processes that start together, one after the other. */
export function inTurn<T>(database: Database, work: () => Promise<T>): Promise<T> {
  if (database.embedded) return work();
  // What the work leaves running is neither in this transaction nor without hurry.
  const outside = AsyncLocalStorage.snapshot();
  return withoutHurry(() =>
    transaction(database.em(), async (em) => {
      await rows(em, sql`set local statement_timeout = 0`);
      await rows(em, sql`set local idle_in_transaction_session_timeout = 0`);
      await rows(em, sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`);
      return outside(work);
    }),
  );
}

/** True when a migration of this version has not run yet. */
export async function isBehind(database: Database): Promise<boolean> {
  return (await database.migrator.getPending()).length > 0;
}

/** Gives an embedded database made from a snapshot, or data restored elsewhere, a generation later than every cursor it handed out. */
export async function renewGeneration(em: Em, { always = false } = {}): Promise<void> {
  await rows(
    em,
    sql`update platform p
        set generation = greatest(extract(epoch from now())::bigint, p.generation + 1), system_identifier = c.system_identifier::text
        from pg_control_system() c where ${always} or p.system_identifier <> c.system_identifier::text`,
  );
}

async function tryAgain(database: Database, end: number): Promise<string[]> {
  for (;;) {
    try {
      // Makes the table of what has run, which the migrator does on another connection.
      await database.migrator.getPending();
      return await transaction(database.em(), (em) => runPending(database, em));
    } catch (error) {
      if (!AGAIN.has(codeOf(error))) throw error;
      if (Date.now() > end) throw new Error(await sentenceOf(database.em()), { cause: error });
    }
    await setTimeout(PAUSE_MILLISECONDS);
  }
}

async function runPending({ embedded, migrator }: Database, em: Em): Promise<string[]> {
  if (!embedded) {
    await rows(em, sql`set local lock_timeout = ${sql.lit(`${LOCK_SECONDS}s`)}`);
    await rows(em, sql`set local statement_timeout = 0`);
    await rows(em, sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`);
  }
  const done = await migrator.up({ transaction: em.getTransactionContext() });
  return done.map(({ name }) => name);
}

async function sentenceOf(em: Em): Promise<string> {
  const oldest = await row(
    em,
    sql<{ pid: number; seconds: number }>`
      select pid, extract(epoch from now() - xact_start)::int as seconds from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
      order by xact_start limit 1`,
  );
  const who = oldest
    ? ` The oldest transaction, of PostgreSQL's process ${oldest.pid}, is open for ${oldest.seconds} s.`
    : '';
  return `The tables could not be changed, because others keep them locked: nothing was changed.${who} Start again when it has ended.`;
}

/** A role that may not create extensions still runs Polyphony: nothing needs them before the search, and `doctor` says what to run. */
async function tryExtension(em: Em, name: string): Promise<void> {
  const installed = await rows(em, sql`select 1 from pg_extension where extname = ${name}`);
  if (installed.length > 0) return;
  await transaction(em, async (inner) => {
    await rows(inner, sql`select pg_advisory_xact_lock(${ADVISORY_LOCK})`);
    await rows(inner, sql`create extension if not exists ${sql.id(name)}`);
  }).catch(ignoreForbidden);
}

const FORBIDDEN = new Set(['42501', '58P01', '0A000']);

function ignoreForbidden(error: unknown): void {
  if (!FORBIDDEN.has(codeOf(error))) throw error;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');
