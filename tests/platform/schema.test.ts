import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { rows } from '../../src/platform/db/database.ts';
import { tables } from '../../src/platform/db/tables.ts';
import { EngineUse } from '../../src/services/engines/engine.entity.ts';
import { freshDatabase, type TestDatabase } from '../support/databases.ts';

let opened: TestDatabase;
beforeAll(async () => {
  opened = await freshDatabase();
});
afterAll(async () => {
  await opened.database.close();
  await opened.drop();
});

const em = () => opened.database.em();

interface Column {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  /** The database fills it in when nothing is given. */
  filled: boolean;
  primary: boolean;
  /** The only words it takes, where they are counted up. */
  words: string[] | null;
}

/** Tables that MikroORM keeps for itself; those of pg-boss are in a schema of their own. */
const FOREIGN = 'mikro_orm_%';

const columnsOfDatabase = () =>
  rows(
    em(),
    sql<Column>`
      select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
        a.atthasdef or a.attidentity <> '' as filled,
        exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any(i.indkey)) as primary,
        (select array_agg(w.word[1]) from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([^'']*)''::text', 'g') w(word)
          where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) like '%= ANY%') as words
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like ${FOREIGN}
        and a.attnum > 0 and not a.attisdropped`,
  );

/** As the catalogue spells them. */
const SPELLINGS: Record<string, string> = {
  int: 'integer',
  bigserial: 'bigint',
  timestamptz: 'timestamp with time zone',
};

function columnsOfEntities(): Column[] {
  return [...em().getMetadata()].flatMap(({ tableName, props }) =>
    props.map((prop): Column => {
      const type = prop.columnTypes[0] ?? '';
      return {
        table: tableName,
        column: prop.fieldNames[0] ?? '',
        type: SPELLINGS[type] ?? type,
        nullable: prop.nullable === true,
        filled: prop.defaultRaw !== undefined || prop.autoincrement === true,
        primary: prop.primary === true,
        words: prop.items?.map(String) ?? null,
      };
    }),
  );
}

const byName = (columns: readonly Column[]): Record<string, Column> =>
  Object.fromEntries(columns.map((each) => [`${each.table}.${each.column}`, each]));

test('entities and tables are the same, column by column', async () => {
  const inDatabase = byName(await columnsOfDatabase());
  expect(Object.keys(inDatabase).length).toBeGreaterThan(200);
  expect(byName(columnsOfEntities())).toEqual(inDatabase);
});

test('a property has the name of its column, so that one rule translates between them', () => {
  const props = [...em().getMetadata()].flatMap((each) => each.props);
  const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  expect(props.map((prop) => snakeCase(prop.name))).toEqual(props.map((prop) => prop.fieldNames[0]));
});

test('days, big numbers and moments are the same values from both databases', async () => {
  const use = { engine: 'example', day: '2026-03-29', characters: 5_000_000_000, euro: '12.500000' };
  await tables(em(), EngineUse).insertInto('engine_use').values(use).execute();
  const read = await tables(em(), EngineUse)
    .selectFrom('engine_use')
    .select(['engine', 'day', 'characters', 'euro', sql<Date>`'2026-03-29T01:30:00Z'::timestamptz`.as('at')])
    .executeTakeFirst();
  expect(read).toEqual({ ...use, at: new Date('2026-03-29T01:30:00Z') });
});
