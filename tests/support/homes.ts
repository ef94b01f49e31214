import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Environment } from './program.ts';
import { createDatabase, serverUrl } from './server.ts';

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
  const { url, drop } = await createDatabase(server, { prefix: 'home' });
  return { environment: { DATABASE_URL: url }, remove: drop };
}
