import { sql } from 'kysely';

import { row, rows, type Database, type Em } from '../platform/db/database.ts';
import { unreadableSeconds } from '../platform/activity/activity.ts';
import { isBehind } from '../platform/db/migrate.ts';
import { whyFull } from '../platform/db/room.ts';
import { checkMailServer } from '../platform/mail/mail.ts';
import type { Settings } from '../platform/settings.ts';
import type { Operator } from '../services/house/command.ts';
import { languagesOfPages, PAGES } from '../edges/pages/pages.ts';
import { ofTranslation } from './doctor-translation.ts';
import { fault, ok, warning, type Finding } from './finding.ts';

const LEAST_POSTGRES = 15;
const OLD_MAIL_MINUTES = 5;
/** More than the 8 MB that the server keeps in memory for it. */
const TRIED_KILOBYTES = 11_000;
const LATE_SECONDS = 5;

/** Looks at everything a platform stands on and says what to do. Exit code 1 when something is broken; warnings are not. */
export async function lookAtEverything(_words: readonly string[], { withDatabase }: Operator): Promise<number> {
  const findings = await withDatabase(async (database, settings) => {
    const em = (await isBehind(database)) ? null : database.em();
    return [
      ...(await ofDatabase(database)),
      ...ofSettings(settings),
      ...(await ofMail(settings)),
      ...(em ? await ofDisk(em) : []),
      ...(em ? await ofActivity(em) : []),
      ...(em ? await ofJobs(em) : []),
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

async function ofDisk(em: Em): Promise<Finding[]> {
  const error = await whyFull(em, TRIED_KILOBYTES);
  return [
    error === null
      ? ok('The database takes what is written.')
      : fault(`The database takes nothing (${error.message}). Is its disk full, or is it read-only?`),
  ];
}

/** One write that stays open anywhere in the cluster keeps all that happens from being shown. */
async function ofActivity(em: Em): Promise<Finding[]> {
  const seconds = await unreadableSeconds(em);
  return seconds > LATE_SECONDS
    ? [
        warning(
          `What happened ${seconds} s ago is not shown yet: a transaction is open for that long, perhaps in another database of this server. Look at pg_stat_activity.`,
        ),
      ]
    : [ok('What happens is shown at once.')];
}

async function ofMail({ smtpUrl, mailFrom, secure }: Settings): Promise<Finding[]> {
  if (!smtpUrl) return [warning('No SMTP_URL: mails stay queued, and nobody can sign in by mail.')];
  const wrong = await checkMailServer(smtpUrl);
  return [
    wrong
      ? fault(`The mail server does not take our mails: ${wrong}. Look at SMTP_URL.`)
      : ok('The mail server answers.'),
    ...(secure && /@localhost\b/.test(mailFrom)
      ? [warning(`Mails come from ${mailFrom}: most servers refuse that. Set MAIL_FROM.`)]
      : []),
  ];
}

async function ofJobs(em: Em): Promise<Finding[]> {
  const table = await row(em, sql<{ name: string | null }>`select to_regclass('pgboss.job')::text as name`);
  if (!table?.name) return []; // nobody has started it yet
  const found = await row(
    em,
    sql<{ waiting: number; failed: number; minutes: number }>`
      select count(*) filter (where state in ('created', 'retry') and start_after <= now())::int as waiting,
             count(*) filter (where state = 'failed')::int as failed,
             coalesce(extract(epoch from now() - min(created_on) filter (where state in ('created', 'retry') and start_after <= now())) / 60, 0)::int as minutes
      from pgboss.job where name like 'mail-%'`,
  );
  const { waiting = 0, failed = 0, minutes = 0 } = found ?? {};
  return [
    minutes > OLD_MAIL_MINUTES
      ? warning(
          `${waiting} mails wait, the oldest for ${minutes} minutes. Is a worker running, and the mail server there?`,
        )
      : ok(`${waiting} mails wait.`),
    ...(failed > 0 ? [warning(`${failed} mails could not be sent at all.`)] : []),
  ];
}

function ofSettings({ secure, publicUrl, trustedProxies }: Settings): Finding[] {
  return [
    ...(secure && trustedProxies === 0
      ? [
          warning(
            'PUBLIC_URL is encrypted, so a proxy stands before Polyphony, and TRUSTED_PROXIES is 0: all visitors share one limit. Set it to 1.',
          ),
        ]
      : []),
    secure
      ? ok(`People reach it at ${publicUrl}.`)
      : warning(`${publicUrl} is not encrypted: fine on this machine only.`),
  ];
}

async function ofContent(em: Em): Promise<Finding[]> {
  const spaces = await row(em, sql<{ count: number }>`select count(*)::int as count from space`);
  const written = await languagesOfPages(em);
  const empty = PAGES.filter((name) => !written.has(name));
  return [
    spaces?.count
      ? ok(`${spaces.count} spaces.`)
      : warning('No spaces yet. Run: npm run polyphony -- setup --email you@example.org'),
    ...(empty.length > 0
      ? [
          warning(
            `Pages about the platform are empty: ${empty.join(', ')}. The secretariat writes them at /secretariat/pages.`,
          ),
        ]
      : []),
  ];
}
