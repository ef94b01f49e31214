import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { expect } from 'vitest';

// What this server says, kept word for word: `UPDATE_GOLDEN=1` writes the files anew, and the difference is read before it is committed.

const FOLDER = new URL('../../federation/golden/', import.meta.url);
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const KEY = /-----BEGIN PUBLIC KEY-----[^"]*-----END PUBLIC KEY-----(?:\\n)?/g;
/** Events of these stories are in 2031: all other moments are now. */
const NOW = /(?!2031)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g;

/** A document with names for what is another one each time; `names` has those that are known, longer ones first. */
export function stable(document: unknown, names: ReadonlyMap<string, string>): unknown {
  let text = JSON.stringify(document);
  for (const [found, name] of names) text = text.replaceAll(found, name);
  const ids = new Map<string, string>();
  text = text
    .replaceAll(UUID, (id) => ids.getOrInsertComputed(id, () => `id-${ids.size + 1}`))
    .replaceAll(KEY, 'a public key')
    .replaceAll(NOW, '2027-01-01T00:00:00Z');
  return JSON.parse(text);
}

/** The same as in the file of that name, the order of the keys too: other servers take the first of a map. */
export function expectGolden(name: string, value: unknown): void {
  const file = new URL(`${name}.json`, FOLDER);
  const text = JSON.stringify(value, null, 2);
  if (process.env['UPDATE_GOLDEN']) writeFileSync(file, `${text}\n`);
  expect(existsSync(file), `${name}.json is there`).toBe(true);
  expect(text).toBe(JSON.stringify(JSON.parse(readFileSync(file, 'utf8')), null, 2));
}
