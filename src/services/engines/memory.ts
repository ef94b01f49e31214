import { sql } from 'kysely';

import type { Memory } from '#translation/memory.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import { secondsAgo } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { Text } from '../texts/text.entity.ts';
import { MemoryUse, Memory as Remembered } from './memory.entity.ts';

/** Orphans this old belong to no translation that is still being made. */
const ORPHAN_SECONDS = 3_600;

/** What was translated once, in the database: the same paragraph is paid for once, whoever writes it. */
export function memoryIn(em: () => Em): Memory {
  return {
    async find(keys) {
      const found = await rows(
        em(),
        sql<{ key: string; text: string }>`select key, text from memory where key = any(${[...keys]}::text[])`,
      );
      return new Map(found.map(({ key, text }) => [key, text]));
    },
    /** In one order, so that two workers with the same paragraphs never wait for each other. */
    async keep(entries) {
      const sorted = entries.toSorted((one, other) => (one.key < other.key ? -1 : 1));
      await rows(
        em(),
        sql`insert into memory (key, source_language, target_language, engine, text, created_at)
            select key, source, target, engine, words, now() from unnest(${sorted.map(({ key }) => key)}::text[], ${sorted.map(({ source }) => source)}::text[],
              ${sorted.map(({ target }) => target)}::text[], ${sorted.map(({ engine }) => engine)}::text[], ${sorted.map(({ text }) => text)}::text[]) m (key, source, target, engine, words)
            on conflict do nothing`,
      );
    },
  };
}

/** Words of texts that not everybody may read leave no trace. The same words by others still help. */
export function readOnly(memory: Memory): Memory {
  return { find: memory.find, keep: async () => {} };
}

/** Tells which texts stand on what is remembered: it goes with the last of them. */
export async function linkMemory(em: Em, made: readonly { textId: string; keys: readonly string[] }[]): Promise<void> {
  const uses = made.flatMap(({ textId, keys }) => keys.map((key) => ({ key, textId })));
  if (uses.length === 0) return;
  await rows(
    em,
    sql`insert into memory_use (memory_key, text_id)
        select * from unnest(${uses.map(({ key }) => key)}::text[], ${uses.map(({ textId }) => textId)}::uuid[]) u (key, text_id) order by 2, 1 on conflict do nothing`,
  );
}

/** Forgets what no text stands on any more, erased ones first of all. */
export async function forgetUnused(em: Em): Promise<void> {
  await tables(em, MemoryUse, Text)
    .deleteFrom('memory_use')
    .using('text')
    .whereRef('text.id', '=', 'memory_use.textId')
    .where('text.erasedAt', 'is not', null)
    .execute();
  await tables(em, Remembered, MemoryUse)
    .deleteFrom('memory')
    .where('createdAt', '<', secondsAgo(ORPHAN_SECONDS))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('memory_use').select('textId').whereRef('memoryKey', '=', 'memory.key'))),
    )
    .execute();
}
