import { createServer, type Server } from 'node:net';

import { afterAll, beforeAll, expect, test } from 'vitest';

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
  const { code, lines } = await doctor({
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

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
