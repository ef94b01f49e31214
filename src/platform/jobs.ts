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
  /** Queues a job in the transaction of `em`: a roll-back takes it along. */
  send(em: Em, name: string, data: JobData): Promise<void>;
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
    async send(em, name, data) {
      await boss.send(name, data, { db: fromKysely(em.getKysely<object>()) });
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

function poolOf(pool: { query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> }) {
  return { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) };
}
