import { strict as assert } from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';

import type { SqlEntityManager } from '@mikro-orm/sql';
import type { DatabaseConnection, Dialect, Driver } from 'kysely';

/** Of the transaction in which the code that called runs. */
interface Scope {
  /** Mutable, so that work started inside but ending later is free. */
  open: boolean;
  /** It took too long and was rolled back: work begun inside may store nothing any more. */
  isLate: boolean;
  /** Each function once, however often it was given. */
  afterwards: Set<() => void>;
}

/** A stop, a click or a socket waits no longer than this for a row of queries that the embedded database answers at once. */
const LONGEST_TICK_MILLISECONDS = 20;

const scope = new AsyncLocalStorage<Scope>();

/**
 * The only way to open a transaction: all of `work` is stored, or nothing. `em` may itself be in a transaction: then `work` joins it.
 * Inside, only the `em` given to `work` may be used: any other would wait for ever for the one connection of the embedded database.
 * Throws when the work takes longer than `milliseconds`.
 */
export async function transaction<T>(
  em: SqlEntityManager,
  work: (em: SqlEntityManager) => Promise<T>,
  { milliseconds }: { milliseconds?: number } = {},
): Promise<T> {
  if (em.isInTransaction()) return work(em);
  const here: Scope = { open: true, isLate: false, afterwards: new Set() };
  const inTime = (inner: SqlEntityManager) =>
    milliseconds === undefined ? work(inner) : before(milliseconds, work(inner), here);
  const result = await em
    .transactional((inner) => scope.run(here, () => inTime(inner)), { clear: true })
    .finally(() => void (here.open = false));
  for (const each of here.afterwards) each();
  return result;
}

async function before<T>(milliseconds: number, work: Promise<T>, here: Scope): Promise<T> {
  const end = new AbortController();
  const late = setTimeout(milliseconds, null, { signal: end.signal }).then(() => {
    here.isLate = true;
    throw new Error(`a transaction took longer than ${milliseconds} ms`);
  });
  late.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    end.abort();
  }
}

/** Calls `work`, which may not throw, once the transaction around the caller has committed, and never if it rolls back; outside of one, at once. */
export function afterCommit(work: () => void): void {
  const here = scope.getStore();
  if (here?.open) here.afterwards.add(work);
  else work();
}

/**
 * A dialect that refuses a second connection inside a transaction instead of hanging. Where there is only one connection it keeps
 * the queue for it: Kysely's own queue comes before the driver, so a query to be refused would already wait in it.
 */
export function guarded(dialect: Dialect): Dialect {
  const hasOne = dialect.createAdapter().supportsMultipleConnections === false;
  return {
    createAdapter: () => withOwn(dialect.createAdapter(), { supportsMultipleConnections: true }),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createDriver: () => guardDriver(dialect.createDriver(), hasOne ? createTurns() : null),
  };
}

function guardDriver(driver: Driver, turns: Turns | null): Driver {
  const breathe = turns && createBreath();
  return withOwn(driver, {
    async acquireConnection(options) {
      assert(!scope.getStore()?.open, 'a query through another em inside a transaction: use the em given to the work');
      await turns?.take();
      return guardConnection(await driver.acquireConnection(options), breathe);
    },
    async releaseConnection(connection, options) {
      await driver.releaseConnection(connection, options);
      turns?.pass();
    },
  });
}

/** Work that goes on after its transaction was ended could still reach the connection, and would be stored by itself. */
function guardConnection(connection: DatabaseConnection, breathe: (() => Promise<void>) | null): DatabaseConnection {
  return withOwn(connection, {
    async executeQuery(query, options) {
      await breathe?.();
      assert(!scope.getStore()?.isLate, 'a query after its transaction was ended, because it took too long');
      return connection.executeQuery(query, options);
    },
  });
}

/** The embedded database computes in this thread and answers in the same tick: now and then everybody else gets a turn. */
function createBreath(): () => Promise<void> {
  let since = 0;
  return async () => {
    if (performance.now() - since < LONGEST_TICK_MILLISECONDS) return;
    await setImmediate();
    since = performance.now();
  };
}

/** One after the other, in the order they came. */
interface Turns {
  take(): Promise<void>;
  pass(): void;
}

function createTurns(): Turns {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  return {
    async take() {
      if (isTaken) return new Promise((resolve) => waiting.push(resolve));
      isTaken = true;
    },
    pass() {
      const next = waiting.shift();
      if (next) next();
      else isTaken = false;
    },
  };
}

/** The object with some members replaced. */
function withOwn<T extends object>(target: T, own: Partial<T>): T {
  return new Proxy(target, {
    get(_target, key) {
      const value: unknown = Reflect.get(key in own ? own : target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
