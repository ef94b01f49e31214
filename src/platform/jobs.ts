import { createHash } from 'node:crypto';

import { PgBoss, fromKysely, fromPglite, type Job, type JobResult } from 'pg-boss';
import type { Logger } from 'pino';

import type { Database, Em } from './db/database.ts';
import { afterCommit } from './db/guard.ts';
import { inTurn } from './db/migrate.ts';
import type { Pace } from './pace.ts';
import { keepSchedules, type Schedule } from './schedules.ts';

/** Mail servers are away for an hour now and then: ten tries with doubling pauses reach over half a day. */
const RETRIES = 10;
const RETRY_SECONDS = 30;
const JOB_SECONDS = 60;

/** Ids only: a job is read again when it runs, and may run twice with one result. */
export type JobData = Record<string, string | number>;

export interface Jobs {
  /** Queues a job in the transaction of `em`: a roll-back takes it along, and where this process works on such jobs, the commit wakes it. It runs `after` a moment; with `once` true the same data is queued no second time, with `newestFirst` it overtakes those sent before, with `settles` it runs no sooner than what it is about has settled. */
  send(
    em: Em,
    name: string,
    data: JobData,
    how?: { after?: Date; once?: boolean; newestFirst?: boolean; settles?: boolean },
  ): Promise<void>;
  /** Runs jobs of this name in this process, as many at once as are said. */
  work(name: string, handler: (data: JobData) => Promise<void>, atOnce?: number): Promise<void>;
  /** Does what is scheduled, once a platform. */
  schedule(schedules: readonly Schedule[]): Promise<void>;
  /** Jobs waiting, of all names. */
  waiting(): Promise<number>;
  close(): Promise<void>;
}

interface Options {
  queues: readonly string[];
  /** Whether this process works on jobs, or only sends them. */
  works: boolean;
  pace: Pace;
}

/** pg-boss for mail and everything scheduled; translations have a queue of their own. Queues must be named at the start. */
export async function startJobs(database: Database, log: Logger, { queues, works, pace }: Options): Promise<Jobs> {
  const boss = await startBoss(database, log, { queues, works, pace });
  const wakes = new Map<string, () => void>();
  return {
    async send(em, name, data, { after, once = false, newestFirst = false, settles = false } = {}) {
      const db = fromKysely(em.getKysely<object>());
      const settled = settles ? pace.settleMilliseconds : 0;
      // A pause is counted by the database, whatever the clock of this process shows.
      const isLater = after !== undefined && (!settles || after.getTime() > Date.now() + settled);
      const when = isLater ? { startAfter: after } : { startAfter: settled / 1_000 };
      const order = newestFirst ? { priority: Math.floor(Date.now() / 1_000) } : {};
      await boss.send(name, data, { db, ...when, ...order, ...(once ? { id: idOf(name, data) } : {}) });
      const wake = wakes.get(name);
      if (wake && !isLater && settled === 0) afterCommit(wake);
    },
    async work(name, handler, atOnce = 1) {
      const look = {
        pollingIntervalSeconds: pace.jobMilliseconds / 1_000,
        batchSize: atOnce,
        burstWhenBatchFull: true,
      };
      const worker = await boss.work<JobData>(name, { ...look, perJobResults: true }, (jobs: Job<JobData>[]) =>
        Promise.all(jobs.map((job) => settle(job, handler))),
      );
      wakes.set(name, () => boss.notifyWorker(worker));
    },
    schedule: (schedules) => keepSchedules(boss, schedules, { log, pace }),
    async waiting() {
      const all = await boss.getQueues([...queues]);
      return all.reduce((sum, queue) => sum + queue.queuedCount, 0);
    },
    close: () => boss.stop({ graceful: true, timeout: 3_000 }),
  };
}

/** What failed is tried again; of the failure only its words are kept. */
async function settle({ id, data }: Job<JobData>, handler: (data: JobData) => Promise<void>): Promise<JobResult> {
  try {
    await handler(data);
    return { id, status: 'completed' };
  } catch (error) {
    return { id, status: 'failed', output: { message: error instanceof Error ? error.message : String(error) } };
  }
}

async function startBoss(database: Database, log: Logger, { queues, works, pace }: Options): Promise<PgBoss> {
  const { native } = database;
  const own =
    native.kind === 'pglite'
      ? { db: fromPglite(native.client), backend: 'pglite' as const }
      : { db: poolOf(native.pool) };
  const cronSeconds = pace.cronMilliseconds / 1_000;
  const boss = new PgBoss({
    ...own,
    ...{ supervise: works, schedule: works, migrate: true },
    ...{ cronMonitorIntervalSeconds: cronSeconds, cronWorkerIntervalSeconds: cronSeconds },
  });
  boss.on('error', (error) => log.error({ error }, 'jobs'));
  // Its own lock comes after it has looked whether its schema is there: PostgreSQL remembers that it was not (`pg_namespace_nspname_index`).
  await inTurn(database, () => boss.start());
  const tries = { retryLimit: RETRIES, retryDelay: RETRY_SECONDS, retryBackoff: true };
  for (const name of queues) await boss.createQueue(name, { ...tries, expireInSeconds: JOB_SECONDS });
  return boss;
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
