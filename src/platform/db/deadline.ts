import { AsyncLocalStorage } from 'node:async_hooks';

/** The longest that any statement takes. The server ends it by itself after this time; when nothing is heard a little later, the connection is broken. */
export const STATEMENT_SECONDS = 20;
const BROKEN_MILLISECONDS = (STATEMENT_SECONDS + 2) * 1_000;
/** Somebody waits for the answer: a page that comes later is as bad as none. */
const SOON_MILLISECONDS = 4_000;

/** Tables that are rebuilt, once a version. */
const MIGRATION_MILLISECONDS = 3_600_000;

const deadlines = new AsyncLocalStorage<number>();

/** Does work for which somebody waits: each of its statements is given up sooner than those of other work. */
export const whileSomebodyWaits = <T>(work: () => T): T => deadlines.run(SOON_MILLISECONDS, work);

/** Does work that may take an hour. */
export const withoutHurry = <T>(work: () => T): T => deadlines.run(MIGRATION_MILLISECONDS, work);

/** How long the next statement may go unanswered. */
export const patienceMilliseconds = (): number => deadlines.getStore() ?? BROKEN_MILLISECONDS;
