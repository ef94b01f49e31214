import { sql } from 'kysely';

import { createTranslator } from '../../translation/translator.ts';
import { row, rows, type Database, type Em } from '../platform/db/database.ts';
import { isBehind } from '../platform/db/migrate.ts';
import type { Settings } from '../platform/settings.ts';
import { withDatabase } from './with-database.ts';

const LEAST_POSTGRES = 15;
const OLD_MINUTES = 15;

interface Finding {
  state: 'ok' | 'warning' | 'fault';
  what: string;
}

const ok = (what: string): Finding => ({ state: 'ok', what });
const warning = (what: string): Finding => ({ state: 'warning', what });
const fault = (what: string): Finding => ({ state: 'fault', what });

/** Looks at everything a platform stands on and says what to do. Exit code 1 when something is broken; warnings are not. */
export async function doctor(): Promise<number> {
  const findings = await withDatabase(async (database, settings) => [
    ...(await ofDatabase(database)),
    ...ofSettings(settings),
    ...(await ofEngines(settings)),
    ...((await isBehind(database)) ? [] : await ofContent(database.em())),
  ]);
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

async function ofEngines({ engines }: Settings): Promise<Finding[]> {
  const skipped: Finding[] = [];
  const translator = await createTranslator({
    engines,
    onSkip: (name, reason) => skipped.push(warning(`Translation engine ${name}: ${reason}`)),
  });
  try {
    const found = await Promise.all(
      translator.engines().map(async (engine) => ({ engine, health: await engine.health() })),
    );
    return [
      ...skipped,
      ...found.map(({ engine, health }) =>
        (health.ok ? ok : fault)(
          `Translation engine ${engine.name}: ${engine.pairs().length} pairs. ${health.message}`,
        ),
      ),
    ];
  } finally {
    await translator.close();
  }
}

async function ofContent(em: Em): Promise<Finding[]> {
  const spaces = await row(em, sql<{ count: number }>`select count(*)::int as count from space`);
  const queue = await row(
    em,
    sql<{
      count: number;
      minutes: number;
    }>`select count(*)::int as count, coalesce(extract(epoch from now() - min(wished_at)) / 60, 0)::int as minutes
      from translation where state in ('queued', 'failed')`,
  );
  const { count = 0, minutes = 0 } = queue ?? {};
  return [
    spaces?.count
      ? ok(`${spaces.count} spaces.`)
      : warning('No spaces yet. Run: npm run polyphony -- setup --email you@example.org'),
    minutes > OLD_MINUTES
      ? warning(`${count} translations wait, the oldest for ${minutes} minutes. Is a worker running?`)
      : ok(`${count} translations wait.`),
  ];
}
