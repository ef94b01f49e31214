import { strict as assert } from 'node:assert';

import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';

import type { Pace } from './pace.ts';

/** One queue for all: a queue for each would be looked at by itself. */
const QUEUE = 'schedules';
/** A clean-up that takes longer is begun anew at its next time. */
const RUN_SECONDS = 300;

/** What is done at set times, once a platform. */
export interface Schedule {
  name: string;
  /** Five fields, in UTC: `*\/10 * * * *` is every ten minutes. */
  cron: string;
  /** May run twice with one result. */
  run(): Promise<void>;
}

/**
 * Has each schedule run at its times, in whichever process of the platform comes first. One that fails is logged by its name, keeps no
 * other from running, and runs again at its next time. Schedules that are not named any more are forgotten.
 */
export async function keepSchedules(
  boss: PgBoss,
  schedules: readonly Schedule[],
  { log, pace }: { log: Logger; pace: Pace },
): Promise<void> {
  const byName = new Map(schedules.map((schedule) => [schedule.name, schedule]));
  await boss.createQueue(QUEUE, { retryLimit: 0, expireInSeconds: RUN_SECONDS });
  for (const { name, cron } of schedules) await boss.schedule(QUEUE, cron, { name }, { key: name });
  for (const { key } of await boss.getSchedules(QUEUE)) if (!byName.has(key)) await boss.unschedule(QUEUE, key);
  const look = { pollingIntervalSeconds: pace.scheduleMilliseconds / 1_000 };
  await boss.work<{ name: string }>(QUEUE, look, async ([job]) => {
    const schedule = byName.get(job?.data.name ?? '');
    assert(schedule, `nobody knows the schedule ${job?.data.name}`);
    await schedule.run().catch((error: unknown) => {
      log.error({ error, schedule: schedule.name }, 'a schedule failed');
      throw error;
    });
  });
}
