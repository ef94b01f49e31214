import { randomUUIDv7 } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';

import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { DECISION_MAIL } from '../../src/services/moderation/moderation.ts';
import { features, queuesOf } from '../../src/features.ts';
import { record } from '../../src/platform/activity/activity.ts';
import { row, rows, type Em } from '../../src/platform/db/database.ts';
import { transaction } from '../../src/platform/db/guard.ts';
import { startJobs, type Jobs } from '../../src/platform/jobs.ts';
import { PACE } from '../../src/platform/pace.ts';
import { freshDatabase, type TestDatabase } from '../support/databases.ts';

let opened: TestDatabase;
let jobs: Jobs;
beforeAll(async () => {
  opened = await freshDatabase();
  jobs = await startJobs(opened.database, pino({ level: 'silent' }), {
    queues: queuesOf(features),
    works: false,
    pace: PACE,
  });
});
afterAll(async () => {
  await jobs.close();
  await opened.database.close();
  await opened.drop();
});

const em = () => opened.database.em();
const reserve = (inner: Em, handle: string) =>
  rows(inner, sql`insert into reserved_handle (handle) values (${handle})`);
const isReserved = async (handle: string) =>
  (await row(em(), sql`select 1 from reserved_handle where handle = ${handle}`)) !== null;

describe('inside a transaction', () => {
  test('a query through another em is refused at once instead of waiting for ever, and the connection stays usable', async () => {
    const other = em();
    await expect(transaction(em(), () => rows(other, sql`select 1`))).rejects.toThrow('through another em');
    expect(await rows(other, sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  test('a second transaction through another em is refused, too', async () => {
    const other = em();
    await expect(
      transaction(em(), () => transaction(other, (inner) => reserve(inner, 'nested-other'))),
    ).rejects.toThrow('through another em');
    expect(await isReserved('nested-other')).toBe(false);
  });

  test('a transaction of the same em joins it: one fails, both are undone', async () => {
    const failing = transaction(em(), async (inner) => {
      await transaction(inner, (innermost) => reserve(innermost, 'inner-ada'));
      throw new Error('Changed my mind.');
    });
    await expect(failing).rejects.toThrow('Changed my mind.');
    expect(await isReserved('inner-ada')).toBe(false);
  });

  test('work that was begun inside but ends later may use another em', async () => {
    let later: Promise<unknown> = Promise.resolve();
    await transaction(em(), async (inner) => {
      await reserve(inner, 'begun-inside');
      later = setTimeout(30).then(() => isReserved('begun-inside'));
    });
    expect(await later).toBe(true);
  });
});

describe('a transaction that takes too long', () => {
  test('is rolled back, and what it still tries is refused', async () => {
    let late: Promise<unknown> = Promise.resolve();
    const other = em();
    const work = async (inner: Em) => {
      await reserve(inner, 'in-time');
      late = setTimeout(60).then(() => Promise.allSettled([reserve(inner, 'too-late'), reserve(other, 'elsewhere')]));
      await late;
    };
    await expect(transaction(em(), work, { milliseconds: 30 })).rejects.toThrow('longer than 30 ms');
    expect(await late).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    for (const handle of ['in-time', 'too-late', 'elsewhere']) expect(await isReserved(handle)).toBe(false);
  });

  test('stores nothing of what it does without a pause', async () => {
    let count = 0;
    let isOver = false;
    const work = async (inner: Em) => {
      for (; !isOver; count++) {
        await reserve(inner, `without-pause-${count}`);
        await setImmediate(); // the embedded database answers without letting a clock strike
      }
    };
    await expect(transaction(em(), work, { milliseconds: 20 })).rejects.toThrow('longer than 20 ms');
    await setTimeout(30);
    isOver = true;
    expect(count).toBeGreaterThan(0);
    expect(await row(em(), sql`select 1 from reserved_handle where handle like 'without-pause-%'`)).toBeNull();
  });
});

describe('a long row of queries', () => {
  test('leaves turns to others: a stop is heard, sockets are read', async () => {
    let turns = 0;
    const others = setInterval(() => turns++, 1);
    try {
      await transaction(em(), async (inner) => {
        for (let count = 0; count < 20; count++) await rows(inner, sql`select count(*) from generate_series(1, 80000)`);
      });
    } finally {
      clearInterval(others);
    }
    expect(turns).toBeGreaterThan(5);
  });
});

describe('a roll-back', () => {
  test('takes the job and the line of activity along', async () => {
    const id = randomUUIDv7();
    const act = async (inner: Em) => {
      await record(inner, { type: 'published', kind: 'idea', subjectId: id, rootId: id, spaceId: null });
      await jobs.send(inner, DECISION_MAIL, { decision: id });
    };
    const failing = transaction(em(), async (inner) => {
      await act(inner);
      throw new Error('No.');
    });
    await expect(failing).rejects.toThrow('No.');
    expect(await traces(id)).toEqual({ lines: 0, jobs: 0 });
    await transaction(em(), act);
    expect(await traces(id)).toEqual({ lines: 1, jobs: 1 });
  });
});

async function traces(id: string) {
  return row(
    em(),
    sql`select (select count(*)::int from activity where subject_id = ${id}) as lines,
               (select count(*)::int from pgboss.job where data ->> 'decision' = ${id}) as jobs`,
  );
}
