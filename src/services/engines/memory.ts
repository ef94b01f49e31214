import { sql } from 'kysely';

import type { Memory } from '#translation/memory.ts';
import { rows, type Em } from '../../platform/db/database.ts';

/** Orphans this old belong to no translation that is still being made. */
const ORPHAN_HOURS = 1;

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

/** Words of texts that not everybody may read leave no trace. What others wrote alike still helps. */
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
  await rows(em, sql`delete from memory_use u using text t where t.id = u.text_id and t.erased_at is not null`);
  await rows(
    em,
    sql`delete from memory m where created_at < now() - ${`${ORPHAN_HOURS} hours`}::interval
        and not exists (select 1 from memory_use u where u.memory_key = m.key)`,
  );
}
