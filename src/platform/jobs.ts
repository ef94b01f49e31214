import { createHash } from 'node:crypto';

import { PgBoss, fromKysely, fromPglite, type Job } from 'pg-boss';
import type { Logger } from 'pino';

import type { Database, Em } from './db/database.ts';

/** Mail servers are away for an hour now and then: ten tries with doubling pauses reach over half a day. */
const RETRIES = 10;
const RETRY_SECONDS = 30;
const JOB_SECONDS = 60;

/** Ids only: a job is read again when it runs, and may run twice with one result. */
export type JobData = Record<string, string | number>;

export interface Jobs {
  /** Queues a job in the transaction of `em`: a roll-back takes it along. It runs `after` a moment; with `once` true the same data is queued no second time. */
  send(em: Em, name: string, data: JobData, how?: { after?: Date; once?: boolean }): Promise<void>;
  /** Runs jobs of this name in this process. */
  work(name: string, handler: (data: JobData) => Promise<void>): Promise<void>;
  /** Jobs waiting, of all names. */
  waiting(): Promise<number>;
  close(): Promise<void>;
}

/** pg-boss for mail and everything scheduled; translations have a queue of their own. Queues must be named at the start. */
export async function startJobs(
  database: Database,
  log: Logger,
  { queues, works }: { queues: readonly string[]; works: boolean },
): Promise<Jobs> {
  const { native } = database;
  const own =
    native.kind === 'pglite'
      ? { db: fromPglite(native.client), backend: 'pglite' as const }
      : { db: poolOf(native.pool) };
  const boss = new PgBoss({ ...own, supervise: works, schedule: false, migrate: true });
  boss.on('error', (error) => log.error({ error }, 'jobs'));
  await boss.start();
  for (const name of queues)
    await boss.createQueue(name, {
      retryLimit: RETRIES,
      retryDelay: RETRY_SECONDS,
      retryBackoff: true,
      expireInSeconds: JOB_SECONDS,
    });
  return {
    async send(em, name, data, { after, once = false } = {}) {
      const db = fromKysely(em.getKysely<object>());
      await boss.send(name, data, {
        db,
        ...(after ? { startAfter: after } : {}),
        ...(once ? { id: idOf(name, data) } : {}),
      });
    },
    async work(name, handler) {
      await boss.work<JobData>(name, { pollingIntervalSeconds: 0.5 }, async ([job]: Job<JobData>[]) => {
        if (job) await handler(job.data);
      });
    },
    async waiting() {
      const all = await boss.getQueues([...queues]);
      return all.reduce((sum, queue) => sum + queue.queuedCount, 0);
    },
    close: () => boss.stop({ graceful: true, timeout: 5_000 }),
  };
}

/** The same job has the same id, and the table takes an id once. */
function idOf(name: string, data: JobData): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([name, data]))
    .digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function poolOf(pool: { query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> }) {
  return { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) };
}
