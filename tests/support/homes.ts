import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onServer, serverUrl, urlOf } from './databases.ts';
import type { Environment } from './program.ts';

/** An empty place where a program keeps its data: a folder, or a database on a server. */
export interface Home {
  environment: Environment;
  remove(): Promise<void>;
}

export async function folderHome(): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'polyphony-data-'));
  return { environment: { DATA_DIR: folder }, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** On the server the tests were given, unless another is named. */
export async function databaseHome(server = serverUrl ?? ''): Promise<Home> {
  const name = `home_${randomBytes(6).toString('hex')}`;
  await onServer(server, `create database ${name}`);
  return {
    environment: { DATABASE_URL: urlOf(server, name) },
    remove: () => onServer(server, `drop database if exists ${name} with (force)`),
  };
}
