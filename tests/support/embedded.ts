import { readFileSync } from 'node:fs';

import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';

// Opening an embedded database takes a second and a half of work, emptying one a quarter of a second. A process keeps those whose
// story has ended for the stories that come, as they were when they were opened.

export interface Borrowed {
  /** Closing it keeps it open for others, and refuses whatever its story still asks. */
  client: PGlite;
  /** For when its story has ended. */
  giveBack(): Promise<void>;
}

interface Embedded {
  client: PGlite;
  /** What its tables are, in a word. */
  shape: string;
  /** SQL that names the tables with rows, and SQL that brings the first rows and numbers back. */
  used: string;
  refill: string;
}

/** Opened from the snapshot, and used by nobody at the moment. */
const idle: Embedded[] = [];

/** An embedded database as the snapshot has it, for one story. */
export async function borrowEmbedded(): Promise<Borrowed> {
  const embedded = idle.pop() ?? (await open());
  const { client, close } = lend(embedded.client);
  return {
    client,
    async giveBack() {
      await close();
      if (await empty(embedded)) idle.push(embedded);
      else await embedded.client.close();
    },
  };
}

/** The same client, until it is closed. */
function lend(client: PGlite): { client: PGlite; close(): Promise<void> } {
  let closed = false;
  const close = async () => {
    closed = true;
  };
  const lent = new Proxy(client, {
    get(target, name) {
      if (name === 'close') return close;
      if (name === 'closed') return closed;
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (closed) throw new Error('The database of this story is closed.');
      return value.bind(target);
    },
  });
  return { client: lent, close };
}

async function open(): Promise<Embedded> {
  const client = await PGlite.create({
    loadDataDir: new Blob([readFileSync(process.env['TEST_SNAPSHOT'] ?? '')]),
    extensions: { unaccent, pg_trgm },
  });
  const tables = await column(client, TABLES);
  const rows = await column(
    client,
    tables
      .map((table) => `select quote_literal(coalesce(jsonb_agg(each), '[]')) as value from ${table} each`)
      .join(' union all '),
  );
  const refills = tables.map(
    (table, at) =>
      `insert into ${table} overriding system value select * from jsonb_populate_recordset(null::${table}, ${rows[at]})`,
  );
  return {
    client,
    shape: (await column(client, SHAPE)).join(),
    used: tables.map((table) => `select '${table}' as value where exists (select from ${table})`).join(' union all '),
    refill: [...refills, ...(await column(client, SEQUENCES))].join(';\n'),
  };
}

/** False when the tables themselves were changed: such a database is not for others. */
async function empty({ client, shape, used, refill }: Embedded): Promise<boolean> {
  for (const order of ['rollback', 'discard all', 'checkpoint']) await client.exec(order);
  if ((await column(client, SHAPE)).join() !== shape) return false;
  const tables = await column(client, used);
  // Without its foreign keys, rows come back in any order.
  await client.exec(
    `begin; set local session_replication_role = replica; truncate ${tables.join()} cascade; ${refill}; commit`,
  );
  return true;
}

async function column(client: PGlite, query: string): Promise<string[]> {
  return (await client.query<{ value: string }>(query)).rows.map(({ value }) => value);
}

const TABLES = `select format('%I.%I', schemaname, tablename) as value from pg_tables
  where schemaname not in ('pg_catalog', 'information_schema')`;

/** How each goes on from its number of now. */
const SEQUENCES = `select format('select setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename),
    coalesce(last_value, start_value), last_value is not null) as value
  from pg_sequences`;

/** Every column, trigger, function and constraint of ours. */
const SHAPE = `select md5(string_agg(part, ',' order by part)) as value from (
  select concat('column', a.attrelid, a.attname, a.atttypid, a.attnotnull, a.atthasdef) as part
    from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relkind in ('r', 'p', 'i', 'v') and c.oid >= 16384
  union all select concat('trigger', oid, tgenabled) from pg_trigger
  union all select concat('function', oid, md5(prosrc)) from pg_proc where oid >= 16384
  union all select concat('constraint', oid) from pg_constraint) parts`;
