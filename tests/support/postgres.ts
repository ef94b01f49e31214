import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { childrenOf } from './children.ts';
import { onServer } from './server.ts';

const run = promisify(execFile);

const VERSIONS = '/usr/lib/postgresql';
const FOLDER = newestFolder();
const DUMP_BYTES = 64 * 1024 * 1024;

/** A PostgreSQL server of one's own, reached through a socket in a temporary folder: no port, no password. */
export interface Cluster {
  url: string;
  /** The socket it listens on. */
  socket: string;
  /** Ends every connection without a goodbye, as a crash does, and recovers. */
  crash(): Promise<void>;
  /** All its processes stand still, as those of a machine that hangs, until `thaw`. */
  freeze(): Promise<void>;
  thaw(): void;
  /** Takes no writes any more, as a primary that has become a replica, or takes them again. */
  setReadOnly(isReadOnly: boolean): Promise<void>;
  remove(): Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'polyphony-postgres-'));
  const owner = await ownerOf(folder);
  const data = join(folder, 'data');
  const program = (name: string, ...words: string[]) => runAs(owner, join(FOLDER ?? '', name), words);
  const control = (...words: string[]) => program('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), ...words);
  await program('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync');
  await control('-o', `-k ${folder} -c listen_addresses='' -c fsync=off`, 'start');
  const url = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`;
  const frozen = new Set<number>();
  const thaw = () => {
    for (const pid of frozen) process.kill(pid, 'SIGCONT');
    frozen.clear();
  };
  return {
    url,
    socket: join(folder, '.s.PGSQL.5432'),
    crash: async () => void (await control('-m', 'immediate', 'restart')),
    async freeze() {
      const [first = ''] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(first), 'SIGSTOP');
      frozen.add(Number(first));
      for (const { pid } of await childrenOf(Number(first))) {
        process.kill(pid, 'SIGSTOP');
        frozen.add(pid);
      }
    },
    thaw,
    async setReadOnly(isReadOnly) {
      await onServer(url, `alter system set default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`);
      await onServer(url, 'select pg_reload_conf()');
    },
    remove: async () => {
      thaw();
      await control('-m', 'fast', 'stop');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** All of a database as SQL, taken while it is in use. */
export async function dump(url: string): Promise<string> {
  const { stdout } = await run(join(FOLDER ?? '', 'pg_dump'), ['--no-owner', '-d', url], { maxBuffer: DUMP_BYTES });
  return stdout;
}

/** Feeds what `dump` gave to the database at `url`. */
export async function restore(url: string, text: string): Promise<void> {
  const running = run(join(FOLDER ?? '', 'psql'), ['-q', '-v', 'ON_ERROR_STOP=1', '-d', url]);
  running.child.stdin?.end(text);
  await running;
}

/** PostgreSQL refuses to run as root: then its own account does it. */
async function ownerOf(folder: string): Promise<string | null> {
  if (process.getuid?.() !== 0) return null;
  const { stdout } = await run('id', ['-u', 'postgres']);
  await chown(folder, Number(stdout), -1);
  return 'postgres';
}

async function runAs(owner: string | null, program: string, words: string[]): Promise<string> {
  const options = { cwd: '/', maxBuffer: DUMP_BYTES };
  const { stdout } = await (owner === null
    ? run(program, words, options)
    : run('runuser', ['-u', owner, '--', program, ...words], options));
  return stdout;
}

function newestFolder(): string | null {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).toSorted((a, b) => Number(b) - Number(a)) : [];
  return (
    versions.map((version) => join(VERSIONS, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb'))) ??
    null
  );
}
