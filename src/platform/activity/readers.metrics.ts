import { sql } from 'kysely';
import { Counter, Gauge } from 'prom-client';

import { rows, type Em } from '../db/database.ts';
import type { Metrics } from '../metrics.ts';
import type { ReaderState } from './follower.ts';
import type { Tail } from './tail.ts';

/** Durable readers, by name, and how often each failed in this process. */
interface Durable {
  names: readonly string[];
  errorsOf(name: string): number;
}

/** How late each reader of the activity is, and how often it failed. The lag of a durable one is read from the tables: every process tells the same. */
export function readerMetrics(tail: Tail, durable: Durable): Metrics {
  return {
    register(registry) {
      const registers = [registry];
      const labelNames = ['reader'] as const;
      const lag = new Gauge({
        name: 'polyphony_reader_lag_seconds',
        help: 'How late a reader of the activity is: nothing depends on one but itself',
        ...{ labelNames, registers },
      });
      const errors = new Counter({
        name: 'polyphony_reader_errors_total',
        help: 'How often a reader of the activity failed in this process; it gets the same lines again',
        ...{ labelNames, registers },
      });
      return {
        async read(em) {
          const all = [...tail.readers(), ...(await readDurable(em, durable))];
          errors.reset();
          for (const reader of all) {
            lag.set({ reader: reader.name }, reader.lagMilliseconds / 1_000);
            errors.inc({ reader: reader.name }, reader.errors);
          }
        },
      };
    },
  };
}

/** The age of the first line that a reader has not handled. */
async function readDurable(em: Em, { names, errorsOf }: Durable): Promise<ReaderState[]> {
  const found = await rows(
    em,
    sql<{ name: string; lagMilliseconds: number }>`
      select n.name, 1000 * greatest(0, coalesce(extract(epoch from now() - next.at), 0))::float8 as "lagMilliseconds"
      from unnest(${[...names]}::text[]) n (name)
      left join activity_cursor c on c.reader = n.name
      left join lateral (
        select a.at from activity a
        where (a.generation, a.xid, a.id) > (coalesce(c.generation, 0), coalesce(c.xid, '0'), coalesce(c.id, 0))
        order by a.generation, a.xid, a.id limit 1
      ) next on true`,
  );
  return found.map((each) => ({ ...each, errors: errorsOf(each.name) }));
}
