import { sql } from 'kysely';

import { rows, type Em } from '../../src/platform/db/database.ts';
import type { Held, PersonalColumn, PersonalData } from '../../src/services/house/personal.ts';

/** A column as the database itself describes it. */
export interface Column {
  table: string;
  name: string;
  type: string;
  isNullable: boolean;
  /** It alone is the key of its row. */
  isKey: boolean;
  /** The table its foreign key leads to. */
  leadsTo: string | null;
}

/** Counts, moments and switches say nothing about a person by themselves; everything else must be declared, types of tomorrow too. */
const HARMLESS = /^(?:boolean|smallint|integer|bigint|numeric.*|real|xid8|timestamp.*)$/;

/** Columns of every table of ours, and of the jobs that pg-boss keeps for us. */
export async function readColumns(em: Em): Promise<Column[]> {
  return rows(
    em,
    sql<Column>`select case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname as "table",
        a.attname as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as "isNullable",
        exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'p' and k.conkey = array[a.attnum]) as "isKey",
        (select t.relname from pg_constraint k join pg_class t on t.oid = k.confrelid
          where k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum]) as "leadsTo"
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
        and n.nspname not in ('pg_catalog', 'information_schema') and (n.nspname <> 'pgboss' or c.relname = 'job')
      order by 1, a.attnum`,
  );
}

/** A foreign key to a person, an id that may be a person's, words, places, addresses, documents. */
export function canBePersonal({ type, isKey, leadsTo }: Column): boolean {
  if (leadsTo !== null) return leadsTo === 'person';
  return !HARMLESS.test(type) && !(type === 'uuid' && isKey);
}

/** A sentence for each column that nobody declared, and each declaration that does not fit the tables. */
export function faultsOf(columns: readonly Column[], declared: readonly PersonalData[]): string[] {
  const tables = Map.groupBy(columns, ({ table }) => table);
  const names = declared.flatMap((each) => Object.keys(each));
  return [
    ...[...tables.keys()].filter((name) => !names.includes(name)).map((name) => `${name} is declared by no feature`),
    ...names.filter((name) => !tables.has(name)).map((name) => `${name} is declared, and there is no such table`),
    ...names.filter((name, at) => names.indexOf(name) < at).map((name) => `${name} is declared twice`),
    ...declared.flatMap((each) =>
      Object.keys(each).flatMap((name) => faultsOfTable(name, tables.get(name) ?? [], each)),
    ),
    ...faultsOfSources(declared),
  ];

  function faultsOfTable(table: string, own: readonly Column[], each: PersonalData): string[] {
    const { personal = {}, impersonal = [] } = each[table] ?? {};
    const said = [...Object.keys(personal), ...impersonal];
    const missing = own.filter((column) => canBePersonal(column) && !said.includes(column.name));
    return [
      ...missing.map(({ name, type }) => `${table}.${name} (${type}) is declared neither personal nor impersonal`),
      ...said
        .filter((name) => !own.some((column) => column.name === name))
        .map((name) => `${table}.${name} is declared, and there is no such column`),
      ...impersonal.filter((name) => name in personal).map((name) => `${table}.${name} is declared both ways`),
      ...own
        .filter(({ name, leadsTo }) => leadsTo === 'person' && impersonal.includes(name))
        .map(({ name }) => `${table}.${name} leads to a person`),
      ...own.flatMap((column) => faultsOfColumn(column, personal)),
    ];
  }

  function faultsOfColumn(column: Column, personal: Readonly<Record<string, PersonalColumn>>): string[] {
    const how = personal[column.name];
    if (!how || !('erasure' in how)) return [];
    const name = `${column.table}.${column.name}`;
    const becomesNull = how.erasure === 'ask' || (typeof how.erasure === 'object' && how.erasure.becomes === null);
    return [
      ...(leadsToPerson(column, how) ? [] : [`${name} leads to no person${how.of ? ` by ${how.of}` : ''}`]),
      ...(becomesNull && !column.isNullable ? [`${name} cannot become null`] : []),
      ...contradictions(name, how, pointerOf(how, personal)),
    ];
  }

  function leadsToPerson(column: Column, { of = column.name }: Held): boolean {
    const [name, ...rest] = of.split('.');
    const step = tables.get(column.table)?.find((each) => each.name === name);
    if (!step) return false;
    if (step.leadsTo !== null && rest.length > 0) {
      const next = tables.get(step.leadsTo)?.find((each) => each.name === rest[0]);
      return next !== undefined && leadsToPerson(next, { of: rest.join('.'), exported: false, erasure: 'delete' });
    }
    // A person itself, a key to one, or an id of one without a key: lines of the activity outlive what they tell of.
    const target = step.leadsTo ?? (step.isKey ? step.table : 'person');
    return rest.length === 0 && target === 'person' && step.type === 'uuid';
  }
}

/** The column of the same row that points to the person. */
function pointerOf({ of }: Held, personal: Readonly<Record<string, PersonalColumn>>): Held | undefined {
  const pointer = of === undefined ? undefined : personal[of];
  return pointer && 'erasure' in pointer ? pointer : undefined;
}

/** A row goes as a whole, or stays as a whole. */
function contradictions(name: string, { of, erasure }: Held, pointer: Held | undefined): string[] {
  const goes = erasure === 'delete';
  if (!pointer || goes === (pointer.erasure === 'delete')) return [];
  return [goes ? `${name} is deleted, and ${of} stays` : `${name} stays, and ${of} is deleted`];
}

/** The sources of a column must themselves be declared as personal. */
function faultsOfSources(declared: readonly PersonalData[]): string[] {
  const all = declared.flatMap((each) =>
    Object.entries(each).flatMap(([table, { personal = {} }]) =>
      Object.entries(personal).map(([name, how]) => ({ name: `${table}.${name}`, how })),
    ),
  );
  return all.flatMap(({ name, how }) =>
    ('derivedFrom' in how ? (how.derivedFrom ?? []) : [])
      .filter((source) => !all.some((each) => each.name === source))
      .map((source) => `${name} is made from ${source}, which nobody declared personal`),
  );
}
