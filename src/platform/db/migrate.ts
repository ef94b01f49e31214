import { sql } from 'kysely';

import { rows, type Database, type Em } from './database.ts';
import { transaction } from './guard.ts';

/** Any number: the processes of one platform that start together queue on it while one of them migrates. */
const ADVISORY_LOCK = 7_012_026;

/**
 * Brings the tables to today's shape and returns the names of the migrations that ran; safe when several processes start at once.
 * Forward only. Afterwards the generation is made anew if the data has moved to another cluster.
 */
export async function migrate(database: Database): Promise<string[]> {
  const done = await withLock(database, () => database.migrator.up());
  for (const extension of ['unaccent', 'pg_trgm']) await tryExtension(database.em(), extension);
  await renewGeneration(database.em());
  return done.map((each) => each.name);
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

async function withLock<T>(database: Database, work: () => Promise<T>): Promise<T> {
  if (database.native.kind === 'pglite') return work(); // one process, kept alone by the lock file
  const client = await database.native.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    return await work();
  } finally {
    client.release(true); // closing the connection gives the lock back
  }
}

/** A role that may not create extensions still runs Polyphony: nothing needs them before the search, and `doctor` says what to run. */
async function tryExtension(em: Em, name: string): Promise<void> {
  const installed = await rows(em, sql`select 1 from pg_extension where extname = ${name}`);
  if (installed.length > 0) return;
  await transaction(em, (inner) => rows(inner, sql`create extension if not exists ${sql.id(name)}`)).catch(
    ignoreForbidden,
  );
}

const FORBIDDEN = new Set(['42501', '58P01', '0A000']);

function ignoreForbidden(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!FORBIDDEN.has(code)) throw error;
}
