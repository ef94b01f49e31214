import { createHash } from 'node:crypto';

import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool } from 'pg';

/** Different statements that keep their plan, on each connection; we have some two hundred. */
const NAMES = 1_000;

/**
 * A pool whose connections plan each statement once: to plan the list of ideas takes three times as long as to read it.
 * A number that decides the plan, such as a limit, belongs into the text of the statement (`sql.lit`), or it is planned each time.
 */
export function prepared(pool: Pool): PostgresPool {
  const names = new Map<string, string>();

  function nameOf(text: string): string | undefined {
    const known = names.get(text);
    if (known || names.size >= NAMES) return known;
    const name = createHash('sha256').update(text).digest('base64url');
    names.set(text, name);
    return name;
  }

  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      return new Proxy<PostgresPoolClient>(client, {
        get: (target, key) => (key === 'query' ? query : Reflect.get(target, key, target)),
      });

      function query(text: string, values: readonly unknown[]) {
        const name = values.length > 0 ? nameOf(text) : undefined;
        return client.query({ text, values: [...values], ...(name ? { name } : {}) });
      }
    },
  };
}
