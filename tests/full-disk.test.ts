import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { rows } from '../src/platform/db/database.ts';
import { keepLog } from './support/log-lines.ts';
import { startPolyphony, type ApiPerson, type TestPlatform } from './support/polyphony.ts';

const QUIET_MILLISECONDS = 6_000;
const WORDS = 'No space left on device';
const { log, lines } = keepLog(QUIET_MILLISECONDS);

let polyphony: TestPlatform;
let ada: ApiPerson;
beforeAll(async () => {
  polyphony = await startPolyphony({}, { log });
  ada = await polyphony.person('Ada');
});
afterAll(() => polyphony.stop());

const run = (statement: string) => rows(polyphony.em(), sql.raw(statement));
/** What PostgreSQL says when its disk is full: each time of another file. */
const refuse = (name: string, returns: string) =>
  run(`create function ${name}() returns ${returns} language plpgsql as $$ begin
    raise exception 'could not extend file "base/5/%": ${WORDS}', (random() * 100000)::int using errcode = '53100'; end $$`);
const ready = async () => {
  const answer = await fetch(`${polyphony.url}/health/ready`);
  return { status: answer.status, body: await answer.json() };
};

test('F101: Ada posts twenty times on a full disk: the log says it once, and then how often it was', async () => {
  await refuse('full_disk', 'trigger');
  await run('create trigger full_disk before insert on idea for each row execute function full_disk()');
  const idea = { title: 'Night trains', body: 'Trains that run at night.', language: 'en' };
  for (let count = 0; count < 20; count++) {
    const { status, headers } = await ada.api('POST', '/spaces/climate/ideas', idea);
    expect([status, headers.get('Retry-After')]).toEqual([503, '5']);
  }
  const said = () => lines.map((line) => JSON.parse(line)).filter(({ error }) => error?.message.includes(WORDS));
  expect(said().length).toBeLessThan(5);
  await expect.poll(() => said().reduce((sum, { count = 1 }) => sum + count, 0), { timeout: 20_000 }).toBe(20);
  await run('drop trigger full_disk on idea');
  expect((await ada.api('POST', '/spaces/climate/ideas', idea)).status).toBe(201);
});

test('F101: other errors are not swallowed by the first, and what comes once is said once', () => {
  const own = keepLog();
  for (const name of ['a', 'b']) own.log.error({ error: new Error(`no ${name}`) }, 'a request failed');
  own.log.error({ error: new Error('no a'), schedule: 'tidy' }, 'a request failed');
  own.log.error('no error at all');
  own.log.error('no error at all');
  expect(own.lines).toHaveLength(5);
});

test('F95: a full disk is not ready, and ready again when there is room', async () => {
  await refuse('full_disk_too', 'event_trigger');
  await run(
    `create event trigger full_disk on ddl_command_start when tag in ('CREATE TABLE AS') execute function full_disk_too()`,
  );
  await expect
    .poll(ready, { timeout: 20_000 })
    .toMatchObject({ status: 503, body: { checks: { database: true, writable: false } } });
  await run('drop event trigger full_disk');
  expect(await ready()).toMatchObject({ status: 200, body: { checks: { writable: true } } });
});

test('F101: a log on a full disk neither stops the program nor keeps it from ending', async () => {
  const script = `
    import { createLog } from './src/platform/log.ts';
    import { setTimeout } from 'node:timers/promises';
    const log = createLog('info');
    for (const name of ['first', 'second', 'third']) { log.info(name); await setTimeout(50); }
    process.stderr.write('alive');`;
  const full = await open('/dev/full', 'w');
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', full.fd, 'pipe'],
  });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const ended = await once(child, 'exit');
  clearTimeout(timer);
  await full.close();
  expect([words, ended]).toEqual(['alive', [0, null]]);
});
