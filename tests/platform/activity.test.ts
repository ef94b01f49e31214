import { randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  formatCursor,
  head,
  parseCursor,
  readAfter,
  record,
  type Cursor,
} from '../../src/platform/activity/activity.ts';
import { onNewLines } from '../../src/platform/activity/bell.ts';
import { rows } from '../../src/platform/db/database.ts';
import { transaction } from '../../src/platform/db/guard.ts';
import { freshDatabase, type TestDatabase } from '../support/databases.ts';
import { serverUrl } from '../support/server.ts';

const WRITERS = 8;
const LINES_A_WRITER = 25;
const BEGINNING: Cursor = { generation: '0', xid: '0', id: '0' };

let opened: TestDatabase;
beforeAll(async () => (opened = await freshDatabase()));
afterAll(async () => {
  await opened.database.close();
  await opened.drop();
});

const em = () => opened.database.em();
const line = (subjectId: string) => ({
  type: 'published' as const,
  kind: 'idea',
  subjectId,
  rootId: subjectId,
  spaceId: null,
});

test('transaction numbers are put in order as numbers: 10 comes after 9', async () => {
  await rows(em(), sql`delete from activity`);
  for (const xid of ['100', '10', '99', '9']) {
    const id = randomUUIDv7();
    await rows(
      em(),
      sql`insert into activity (generation, xid, type, kind, subject_id, root_id) select generation, ${xid}::xid8, 'published', 'idea', ${id}, ${id} from platform`,
    );
  }
  const lines = await readAfter(em(), BEGINNING, 10);
  expect(lines.map(({ cursor }) => parseCursor(cursor)?.xid)).toEqual(['9', '10', '99', '100']);
  expect((await head(em())).xid).toBe('100');
});

test('those who wait are told once a commit, never of a roll-back, and at once where there is no transaction', async () => {
  const heard: string[] = [];
  let now = 'before';
  const end = onNewLines(em(), () => heard.push(now));
  await transaction(em(), async (inner) => {
    now = 'inside';
    await record(inner, line(randomUUIDv7()));
    await transaction(inner, (innermost) => record(innermost, line(randomUUIDv7())));
    now = 'committed';
  });
  const failing = transaction(em(), async (inner) => {
    await record(inner, line(randomUUIDv7()));
    throw new Error('Changed my mind.');
  });
  await expect(failing).rejects.toThrow('Changed my mind.');
  now = 'alone';
  await record(em(), line(randomUUIDv7()));
  end();
  await record(em(), line(randomUUIDv7()));
  expect(heard).toEqual(['committed', 'alone']);
});

test.skipIf(!serverUrl)(
  'a reader who polls while eight people write loses no line and gets none twice, which the greatest id would not do (PostgreSQL only)',
  async () => {
    await rows(em(), sql`delete from activity`);
    const seen: string[] = [];
    const naive = new Set<string>();
    let place = await head(em());
    let lastId = '0';
    let isWriting = true;
    const readAll = async () => {
      for (const each of await readAfter(em(), place, 10)) {
        seen.push(each.subjectId);
        place = parseCursor(each.cursor) ?? place;
      }
      for (const { id, subject_id } of await rows(
        em(),
        sql<{
          id: string;
          subject_id: string;
        }>`select id::text, subject_id from activity a where a.id > ${lastId}::bigint order by a.id`,
      )) {
        naive.add(subject_id);
        lastId = id;
      }
    };
    const reading = (async () => {
      while (isWriting) await readAll();
    })();
    const written = (await Promise.all(Array.from({ length: WRITERS }, () => writeWithDelays()))).flat();
    isWriting = false;
    await reading;
    for (let turn = 0; turn < written.length / 10 + 1; turn++) await readAll();
    expect(seen).toHaveLength(written.length);
    expect(seen.toSorted()).toEqual(written.toSorted());
    expect(naive.size).toBeLessThan(written.length);
    expect(formatCursor(place)).toBe(formatCursor(await head(em())));
  },
);

async function writeWithDelays(): Promise<string[]> {
  const written = [];
  for (let count = 0; count < LINES_A_WRITER; count++) {
    const id = randomUUIDv7();
    await transaction(em(), async (inner) => {
      await record(inner, line(id));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
    });
    written.push(id);
  }
  return written;
}
