import type { PGlite } from '@electric-sql/pglite';
import { types, type CustomTypesConfig } from 'pg';

/**
 * How a column's text becomes a value where the two drivers differ: big integers are numbers, exact up to 2^53, and ours stay
 * below; a day is its ISO date, and no midnight of some time zone. Moments are a Date with both, `numeric` is text with both.
 */
const READ_AS = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, Number],
  [types.builtins.DATE, String],
]);

/** For a pool of connections to PostgreSQL. */
export const valuesOfPool: CustomTypesConfig = {
  getTypeParser: (type, format) => READ_AS.get(type) ?? types.getTypeParser(type, format),
};

/** The types of PostgreSQL itself have lower numbers than those that a database makes, as two for each of its tables. */
const FIRST_OWN_TYPE = 10_000;

/** Has the embedded database read values alike. It copies its readers for every query: those of whole rows of tables, which nobody reads, are a quarter of a short one. */
export function readValuesAlike(client: PGlite): void {
  const known = Object.entries(client.parsers).filter(([type]) => Number(type) < FIRST_OWN_TYPE);
  client.parsers = { ...Object.fromEntries(known), ...Object.fromEntries(READ_AS) };
}
