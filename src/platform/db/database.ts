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
import type { Pool } from 'pg';
import type { Logger } from 'pino';

import type { Settings } from '../settings.ts';
import { guarded } from './guard.ts';
import { lockFolder, type Lock } from './lock.ts';
import { openConnections, type Reached } from './pool.ts';
import { readValuesAlike } from './values.ts';

export type Em = SqlEntityManager;

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
  settings: Pick<Settings, 'databaseUrl' | 'dataDir'> & Partial<Pick<Settings, 'databasePool' | 'databaseVia'>>,
  entities: Entities,
  log: Logger | null = null,
): Promise<Database> {
  return settings.databaseUrl === null
    ? openEmbedded(settings.dataDir, entities)
    : openPostgres({ ...settings, url: settings.databaseUrl, log }, entities);
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

async function openPostgres(how: Reached, entities: Entities): Promise<Database> {
  const { pool, lent, close } = openConnections(how);
  const orm = await PostgresOrm.init({
    entities,
    dbName: new URL(how.url).pathname.slice(1),
    driverOptions: guarded(new PostgresDialect({ pool: lent })),
    extensions: [Migrator],
    migrations: MIGRATIONS,
  });
  // Destroying the ORM's Kysely ends the pool.
  const end = () => close(() => orm.close(true));
  const em = () => orm.em.fork({ useContext: false });
  await rows(em(), sql`select 1`).catch(async (error: unknown) => {
    await end();
    throw unreachable(error);
  });
  return {
    em,
    embedded: false,
    migrator: orm.migrator,
    native: { kind: 'postgres', pool },
    leave: () => {},
    close: end,
  };
}

function unreachable(cause: unknown): Error {
  const what = cause instanceof Error ? cause.message : 'no answer';
  const advice = what.includes('unsupported startup parameter') ? ' For PgBouncer set DATABASE_VIA=pgbouncer.' : '';
  return new Error(`DATABASE_URL: PostgreSQL cannot be reached (${what}).${advice}`, { cause });
}
