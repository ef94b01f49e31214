import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Client } from 'pg';

import { eventually } from './polyphony.ts';

const run = promisify(execFile);

/** PgBouncer of Debian before a PostgreSQL server, which hands connections on after every transaction. */
export interface Bouncer {
  /** The address of a database behind it. */
  urlOf(database: string): string;
  stop(): Promise<void>;
}

/** `folder` is where the server's socket is; `connectQuery` what PgBouncer says on each connection it opens. */
export async function startBouncer(folder: string, connectQuery: string): Promise<Bouncer> {
  const own = await mkdtemp(join(tmpdir(), 'polyphony-pgbouncer-'));
  const file = join(own, 'pgbouncer.ini');
  const settings = [
    '[databases]',
    `* = host=${folder} user=postgres connect_query='${connectQuery.replaceAll("'", "''")}'`,
    '[pgbouncer]',
    'pool_mode = transaction',
    'auth_type = any',
    'listen_port = 6432',
    `unix_socket_dir = ${own}`,
    'default_pool_size = 5',
  ];
  await writeFile(file, settings.join('\n'));
  const asRoot = process.getuid?.() === 0;
  if (asRoot) {
    const { stdout } = await run('id', ['-u', 'postgres']);
    for (const each of [own, file]) await chown(each, Number(stdout), -1);
  }
  const words = asRoot ? ['runuser', '-u', 'postgres', '--', 'pgbouncer', '-q', file] : ['pgbouncer', '-q', file];
  const child = spawn(words[0] ?? '', words.slice(1), { cwd: '/', stdio: 'ignore', detached: true });
  const urlOf = (database: string) => `postgres://postgres@localhost:6432/${database}?host=${encodeURIComponent(own)}`;
  await eventually(() => answers(urlOf('postgres')));
  return {
    urlOf,
    async stop() {
      const ended = once(child, 'exit');
      process.kill(-(child.pid ?? 0), 'SIGTERM');
      await ended;
      await rm(own, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.end();
}
