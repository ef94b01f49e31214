import { createHash } from 'node:crypto';

import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool } from 'pg';

import { patienceMilliseconds } from './deadline.ts';

/** Different statements that keep their plan, on each connection; we have some two hundred. */
const NAMES = 1_000;

/**
 * A pool whose connections plan each statement once: to plan the list of ideas takes three times as long as to read it.
 * `named` false where connections are not kept for us, as with PgBouncer before 1.21: then every statement is planned each time.
 * A connection that does not answer in time, or takes no writes, is not used again. A number that decides the plan, such as a limit, belongs into the text of the statement (`sql.lit`), or it is planned each time.
 */
export function prepared(pool: Pool, { named }: { named: boolean }): PostgresPool {
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
      let isSpoilt = false;
      return new Proxy<PostgresPoolClient>(client, {
        get(target, key) {
          if (key === 'query') return query;
          if (key === 'release') return () => client.release(isSpoilt);
          return Reflect.get(target, key, target);
        },
      });

      async function query(text: string, values: readonly unknown[]) {
        const name = named && values.length > 0 ? nameOf(text) : undefined;
        const config = { text, values: [...values], query_timeout: patienceMilliseconds(), ...(name ? { name } : {}) };
        try {
          return await client.query(config);
        } catch (error) {
          isSpoilt ||= isReadOnly(error) || isUnanswered(error);
          // What is asked on it next, a roll-back, would wait as long.
          if (isUnanswered(error)) void client.end();
          throw error;
        }
      }
    },
  };
}

/** After a failover the old primary takes no writes: a new connection reaches the new one. */
const isReadOnly = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '25006';

const isUnanswered = (error: unknown): boolean => error instanceof Error && error.message === 'Query read timeout';
