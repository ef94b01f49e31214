import { z } from 'zod';

// What others send, as far as we read it. JSON-LD lets one value stand for a list of one, and an address for what is found there.

/** Lists of one, and one without a list. */
export const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** The address of what is there or named; null where there is not exactly one. */
export function idOf(value: unknown): string | null {
  const all = listOf(value);
  const [one] = all;
  if (all.length !== 1) return null;
  if (typeof one === 'string') return one;
  return typeof one === 'object' && one !== null && 'id' in one && typeof one.id === 'string' ? one.id : null;
}

export const idsOf = (value: unknown): string[] => listOf(value).flatMap((each) => idOf(each) ?? []);

/** An object that is there in full, or null where only its address is. */
export function objectIn(value: unknown): Record<string, unknown> | null {
  const [one] = listOf(value);
  return isObject(one) ? one : null;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The type that counts, where there are several. */
export function typeOf(value: unknown): string {
  const all = isObject(value) ? listOf(value['type']) : [];
  return all.find((each) => typeof each === 'string') ?? '';
}

const ADDRESS_CHARACTERS = 2_000;
export const address = z.url({ protocol: /^https?$/ }).max(ADDRESS_CHARACTERS);

const DEPTH = 20;

/** Nesting that nobody needs, where who reads it in steps would run out of room; NUL and halves of characters, which no table keeps. */
export function isUnfit(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return (
    depth >= DEPTH || Object.entries(value).some(([name, each]) => isUnfit(name, depth) || isUnfit(each, depth + 1))
  );
}

/** An activity as it must be to be read at all. */
export const activitySchema = z.looseObject({
  id: address,
  type: z.string().max(100),
  // One: with several, nobody could say who signed.
  actor: z.preprocess((value) => idOf(value), address),
  object: z.unknown().optional(),
});
export type Activity = z.output<typeof activitySchema>;
