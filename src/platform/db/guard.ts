import { strict as assert } from 'node:assert';
import { AsyncLocalStorage } from 'node:async_hooks';

import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Dialect, Driver } from 'kysely';

/** True while the code that called runs inside `transaction`. Mutable, so that work started inside but ending later is free. */
const scope = new AsyncLocalStorage<{ open: boolean }>();

/**
 * The only way to open a transaction: all of `work` is stored, or nothing. `em` may itself be in a transaction: then `work` joins it.
 * Inside, only the `em` given to `work` may be used: any other would wait for ever for the one connection of the embedded database.
 */
export async function transaction<T>(em: SqlEntityManager, work: (em: SqlEntityManager) => Promise<T>): Promise<T> {
  if (em.isInTransaction()) return work(em);
  const here = { open: true };
  try {
    return await em.transactional((inner) => scope.run(here, () => work(inner)), { clear: true });
  } finally {
    here.open = false;
  }
}

/** A dialect that refuses a second connection inside a transaction instead of hanging. */
export function guarded(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createDriver: () => guardDriver(dialect.createDriver()),
  };
}

function guardDriver(driver: Driver): Driver {
  return new Proxy(driver, {
    get(target, key) {
      if (key === 'acquireConnection') return acquire;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

  function acquire(...args: Parameters<Driver['acquireConnection']>) {
    assert(!scope.getStore()?.open, 'a query through another em inside a transaction: use the em given to the work');
    return driver.acquireConnection(...args);
  }
}
