import { sql } from 'kysely';

import { row, rows, type Database, type Em } from '../platform/db/database.ts';
import { isBehind } from '../platform/db/migrate.ts';
import type { Settings } from '../platform/settings.ts';
import type { Command, Operator } from '../services/house/command.ts';
import { ofTranslation } from './doctor-translation.ts';
import { fault, ok, warning, type Finding } from './finding.ts';

const LEAST_POSTGRES = 15;

/** Looks at everything a platform stands on and says what to do. Exit code 1 when something is broken; warnings are not. */
export const doctorCommand: Command = {
  help: 'doctor                                   what is well, what is not, and what to do about it',
  run: lookAtEverything,
};

async function lookAtEverything(_words: readonly string[], { withDatabase }: Operator): Promise<number> {
  const findings = await withDatabase(async (database, settings) => {
    const em = (await isBehind(database)) ? null : database.em();
    return [
      ...(await ofDatabase(database)),
      ...ofSettings(settings),
      ...(em ? await ofContent(em) : []),
      ...(await ofTranslation(settings, em)),
    ];
  });
  for (const { state, what } of findings)
    console.log(`${state === 'ok' ? '✓' : state === 'warning' ? '!' : '✗'} ${what}`);
  return findings.some((each) => each.state === 'fault') ? 1 : 0;
}

async function ofDatabase(database: Database): Promise<Finding[]> {
  const em = database.em();
  const version = await row(
    em,
    sql<{
      number: number;
      name: string;
    }>`select current_setting('server_version_num')::int / 10000 as number, version() as name`,
  );
  const extensions = (await rows(em, sql<{ name: string }>`select extname as name from pg_extension`)).map(
    (each) => each.name,
  );
  const missing = ['unaccent', 'pg_trgm'].filter((name) => !extensions.includes(name));
  return [
    database.embedded
      ? warning('The embedded database: for demonstrations, development and tests. Set DATABASE_URL for real use.')
      : ok(`PostgreSQL answers: ${version?.name.slice(0, 40)}`),
    ...((version?.number ?? 0) < LEAST_POSTGRES ? [fault(`PostgreSQL ${LEAST_POSTGRES} or newer is needed.`)] : []),
    (await isBehind(database))
      ? fault('The tables are older than this version. Run: npm run polyphony -- migrate')
      : ok('The tables are up to date.'),
    ...missing.map((name) =>
      warning(`The extension ${name} is missing. As owner of the database run: create extension ${name};`),
    ),
  ];
}

function ofSettings({ smtpUrl, secure, publicUrl }: Settings): Finding[] {
  return [
    smtpUrl ? ok('A mail server is set.') : warning('No SMTP_URL: mails stay queued, and nobody can sign in by mail.'),
    secure
      ? ok(`People reach it at ${publicUrl}.`)
      : warning(`${publicUrl} is not encrypted: fine on this machine only.`),
  ];
}

async function ofContent(em: Em): Promise<Finding[]> {
  const spaces = await row(em, sql<{ count: number }>`select count(*)::int as count from space`);
  return [
    spaces?.count
      ? ok(`${spaces.count} spaces.`)
      : warning('No spaces yet. Run: npm run polyphony -- setup --email you@example.org'),
  ];
}
