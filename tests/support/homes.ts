import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { entitiesOf, features } from '../../src/features.ts';
import { addPerson, createApiToken, grantRole } from '../../src/services/people/people.ts';
import { openDatabase } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { loadWords } from '../../src/platform/i18n.ts';
import type { RoleName } from '../../src/platform/person.ts';
import { readSettings } from '../../src/platform/settings.ts';
import { createThemes } from '../../src/kinds/spaces/spaces.ts';
import type { Environment } from './program.ts';
import { createDatabase, serverUrl } from './server.ts';

const run = promisify(execFile);

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

/** Tables, themes, and a token without limits for each of these people, by their name and perhaps a role. */
export async function setUp(
  { environment }: Home,
  people: readonly { name: string; role?: RoleName }[],
): Promise<string[]> {
  if (environment['DATA_DIR']) await fillFolder(environment['DATA_DIR']);
  const database = await openDatabase(readSettings(environment), entitiesOf(features));
  try {
    await migrate(database);
    const em = database.em();
    await createThemes(em, (await loadWords()).languages);
    const tokens = [];
    for (const { name, role } of people) {
      const id = await addPerson(em, {
        email: `${name}@example.org`,
        name,
        handle: name.toLowerCase(),
        interfaceLanguage: 'es',
      });
      if (role) await grantRole(em, id, role);
      tokens.push(await createApiToken(em, id, { unlimited: true }));
    }
    return tokens;
  } finally {
    await database.close();
  }
}

/** What a first start makes in the folder, from the snapshot if there is one: a benchmark has none. */
async function fillFolder(folder: string): Promise<void> {
  const snapshot = process.env['TEST_SNAPSHOT'];
  if (!snapshot) return;
  const data = join(folder, 'postgres');
  await mkdir(data);
  await run('tar', ['-xf', snapshot, '-C', data]);
}
