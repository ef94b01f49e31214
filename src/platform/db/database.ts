import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM as PgliteOrm } from '@mikro-orm/pglite';
import { MikroORM as PostgresOrm } from '@mikro-orm/postgresql';
import type { EntitySchema, IMigrator, SqlEntityManager } from '@mikro-orm/sql';
import { PGliteDialect, PostgresDialect, sql, type RawBuilder } from 'kysely';
import { Pool } from 'pg';

import type { Settings } from '../settings.ts';
import { guarded } from './guard.ts';
import { lockFolder, type Lock } from './lock.ts';
import { prepared } from './prepared.ts';
import { readValuesAlike, valuesOfPool } from './values.ts';

export type Em = SqlEntityManager;

/** Connections per process. Two cores of PostgreSQL are busy with ten; more only queue there instead of here. */
const POOL = 10;
/** A statement or an idle transaction over these limits is ended by the server: one open write delays every reader of activity. */
const STATEMENT_SECONDS = 20;
const IDLE_SECONDS = 10;

/** One platform's database, embedded or PostgreSQL. `native` is what pg-boss talks through. */
export interface Database {
  /** A fresh entity manager: one for each request or job. */
  em(): Em;
  embedded: boolean;
  migrator: IMigrator;
  native: { kind: 'pglite'; client: PGlite } | { kind: 'postgres'; pool: Pool };
  /** Says that it will be closed in a moment: a process that wants the same embedded one waits. */
  leave(): void;
  close(): Promise<void>;
}

type Entities = EntitySchema[];

const MIGRATIONS = {
  path: fileURLToPath(new URL('../../../migrations', import.meta.url)),
  glob: 'Migration*.ts',
  snapshot: false,
  disableForeignKeys: false,
  silent: true,
};

/** Opens the database the settings name. Throws when the embedded folder is in use, or PostgreSQL cannot be reached. */
export async function openDatabase(
  settings: Pick<Settings, 'databaseUrl' | 'dataDir'>,
  entities: Entities,
): Promise<Database> {
  return settings.databaseUrl === null
    ? openEmbedded(settings.dataDir, entities)
    : openPostgres(settings.databaseUrl, entities);
}

/** Plain rows of one SQL query, for what `tables` cannot say shorter: lists with lateral joins, the queue, figures. */
export async function rows<T>(em: Em, query: RawBuilder<T>): Promise<T[]> {
  return (await query.execute(em.getKysely<object>())).rows;
}

/** The first row, or null. */
export async function row<T>(em: Em, query: RawBuilder<T>): Promise<T | null> {
  return (await rows(em, query))[0] ?? null;
}

async function openEmbedded(dataDir: string, entities: Entities): Promise<Database> {
  const lock = dataDir === 'memory://' ? undefined : await lockFolder(dataDir);
  const where = dataDir === 'memory://' ? dataDir : join(dataDir, 'postgres');
  const client = await PGlite.create({ dataDir: where, extensions: { unaccent, pg_trgm }, relaxedDurability: false });
  return fromPglite(client, entities, lock);
}

/** An embedded database that is already open: tests start from a snapshot. */
export async function fromPglite(client: PGlite, entities: Entities, lock?: Lock): Promise<Database> {
  readValuesAlike(client);
  await client.exec("set timezone = 'UTC'");
  const orm = await PgliteOrm.init({
    entities,
    dbName: 'postgres',
    driverOptions: guarded(new PGliteDialect({ pglite: client })),
    extensions: [Migrator],
    migrations: MIGRATIONS,
  });
  return {
    em: () => orm.em.fork({ useContext: false }),
    embedded: true,
    migrator: orm.migrator,
    native: { kind: 'pglite', client },
    leave: () => lock?.leave(),
    close: async () => {
      await orm.close();
      if (!client.closed) await client.close();
      lock?.release();
    },
  };
}

async function openPostgres(url: string, entities: Entities): Promise<Database> {
  const pool = new Pool({
    connectionString: url,
    max: POOL,
    types: valuesOfPool,
    // Compiling a statement takes PostgreSQL longer than counting a week does, and its idea of a disk that has to turn keeps it from its indexes.
    options: `-c timezone=UTC -c jit=off -c random_page_cost=1.1 -c statement_timeout=${STATEMENT_SECONDS}s -c idle_in_transaction_session_timeout=${IDLE_SECONDS}s`,
    connectionTimeoutMillis: 5_000,
  });
  // A connection dropped by the server is replaced by the pool, and its query fails. Without a listener it would end the process:
  // the pool's is there while it is idle, the connection's own also while it is lent to a transaction between two queries.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const orm = await PostgresOrm.init({
    entities,
    dbName: new URL(url).pathname.slice(1),
    driverOptions: guarded(new PostgresDialect({ pool: prepared(pool) })),
    extensions: [Migrator],
    migrations: MIGRATIONS,
  });
  const em = () => orm.em.fork({ useContext: false });
  await rows(em(), sql`select 1`).catch((error: unknown) => {
    throw new Error(
      `DATABASE_URL: PostgreSQL cannot be reached (${error instanceof Error ? error.message : 'no answer'}).`,
      { cause: error },
    );
  });
  return {
    em,
    embedded: false,
    migrator: orm.migrator,
    native: { kind: 'postgres', pool },
    leave: () => {},
    // Destroying the ORM's Kysely ends the pool.
    close: () => orm.close(true),
  };
}
