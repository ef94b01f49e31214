import { createServer, type Server } from 'node:net';

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { entitiesOf, features } from '../../src/features.ts';
import { openDatabase, rows } from '../../src/platform/db/database.ts';
import { readSettings } from '../../src/platform/settings.ts';
import { folderHome, setUp, type Home } from '../support/homes.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { runCommand, type Environment } from '../support/program.ts';

let home: Home;
let mails: MailServer;
beforeAll(async () => {
  mails = await startMailServer();
  home = await folderHome();
  await setUp(home, []);
});
afterAll(async () => {
  await mails?.close();
  await home.remove();
});

const doctor = (environment: Environment) =>
  runCommand(['doctor'], { ...home.environment, TRANSLATION_ENGINES: 'none', ...environment });

const REAL = { PUBLIC_URL: 'https://example.org', SECRET: 'a secret of more than thirty-two letters' };

test('F93, F95: Ada has set up everything, and doctor agrees', async () => {
  const { code, lines, spoke, lingered } = await doctor({
    ...REAL,
    SMTP_URL: mails.url,
    MAIL_FROM: 'no-reply@example.org',
    TRUSTED_PROXIES: '1',
  });
  expect(code).toBe(0);
  for (const well of [
    'The mail server answers.',
    'The database takes what is written.',
    'What happens is shown at once.',
  ])
    expect(lines).toContain(`✓ ${well}`);
  expect(lines.join('\n')).not.toMatch(/MAIL_FROM|TRUSTED_PROXIES/);
  // It gives engines 20 s to answer, and waits for nothing once they have: ending takes less than looking at everything, on any machine.
  expect(lingered).toBeLessThan(spoke);
});

test('F93, F95: mails from localhost through a server that is not there, and a proxy nobody named, are said', async () => {
  const { code, lines } = await doctor({ ...REAL, SMTP_URL: 'smtp://mail.invalid' });
  expect(code).toBe(1);
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^✗ The mail server does not take our mails: .+ Look at SMTP_URL\.$/),
      expect.stringMatching(/^! Mails come from .*@localhost.* Set MAIL_FROM\.$/),
      expect.stringMatching(/^! .*TRUSTED_PROXIES is 0.*$/),
    ]),
  );
});

test('F93: a mail server that takes the connection and says nothing is one that does not answer', async () => {
  const silent = createServer(() => {});
  const port = await listening(silent);
  const { code, lines } = await doctor({ SMTP_URL: `smtp://127.0.0.1:${port}` });
  silent.close();
  expect(code).toBe(1);
  expect(lines.join('\n')).toMatch(/^✗ The mail server does not take our mails/m);
});

test('F95: a full disk is a fault, in the words of the database', async () => {
  await inDatabase(
    `create function full_disk() returns event_trigger language plpgsql as $$ begin
      raise exception 'could not extend file "base/5/1": No space left on device' using errcode = '53100'; end $$`,
    `create event trigger full_disk on ddl_command_start when tag in ('CREATE TABLE AS') execute function full_disk()`,
  );
  const { code, lines } = await doctor({});
  await inDatabase('drop event trigger full_disk');
  expect(code).toBe(1);
  expect(lines.join('\n')).toMatch(/^✗ The database takes nothing \(.*No space left on device.*\)\. Is its disk full/m);
});

async function inDatabase(...statements: string[]): Promise<void> {
  const database = await openDatabase(readSettings(home.environment), entitiesOf(features));
  for (const statement of statements) await rows(database.em(), sql.raw(statement));
  await database.close();
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
