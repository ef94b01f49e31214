import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { NAMESPACES, type Key } from '../../locales/keys.ts';
import { loadWords } from '../../src/platform/i18n.ts';
import { createDatabase } from '../support/server.ts';
import { startProgram } from '../support/program.ts';
import { median, timesOf, type Bench, type Figure } from './figures.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The languages that had words when the bounds were set. */
const BEFORE = ['ar', 'en', 'es', 'pt'];
const STARTS = 9;
const SLOWER = 1.15;
const MEGABYTES = 30;
const BYTES = 1e6;

/** What 27 languages of words cost: at the start of the program, against the same program with four; and in memory, with every sentence said. */
export async function benchWords({ server }: Bench): Promise<Figure[]> {
  const { languages, megabytes } = await sayAll();
  const few = await copyWith(BEFORE);
  const { url, drop } = await createDatabase(server, { prefix: 'words' });
  try {
    const start = (root: string) => async () => {
      const program = await startProgram(
        { DATABASE_URL: url, TRANSLATION_ENGINES: 'none' },
        join(root, 'src/server.ts'),
      );
      await program.stop();
    };
    await timesOf(1, start(ROOT)); // makes the tables
    const [all, fewer]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < STARTS; turn++) {
      all.push(...(await timesOf(1, start(ROOT))));
      fewer.push(...(await timesOf(1, start(few))));
    }
    const ratio = median(all) / median(fewer);
    return [
      {
        what: `start and stop of the program with the words of ${languages} languages`,
        against: `${median(fewer).toFixed(0)} ms with those of ${BEFORE.length}`,
        asked: `≤ ${SLOWER} ×`,
        measured: `${ratio.toFixed(2)} × (${median(all).toFixed(0)} ms)`,
        ok: ratio <= SLOWER,
      },
      {
        what: `words of ${languages} languages in memory, every sentence said once`,
        against: '–',
        asked: `≤ ${MEGABYTES} MB`,
        measured: `${megabytes.toFixed(1)} MB`,
        ok: megabytes <= MEGABYTES,
      },
    ];
  } finally {
    await drop();
    await rm(few, { recursive: true });
  }
}

async function sayAll(): Promise<{ languages: number; megabytes: number }> {
  const keys = await keysOfEnglish();
  const before = heap();
  const words = await loadWords();
  for (const language of words.languages) for (const key of keys) words.in(language)(key);
  const megabytes = (heap() - before) / BYTES;
  return { languages: words.languages.length, megabytes }; // the words are still held here
}

/** Plural forms each by itself. */
async function keysOfEnglish(): Promise<Key[]> {
  const found = NAMESPACES.map(async (name) => {
    const file = await readFile(join(ROOT, 'locales/en', `${name}.json`), 'utf8');
    return Object.keys(JSON.parse(file)).map((key) => `${name}:${key}` as Key);
  });
  return (await Promise.all(found)).flat();
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** The program as it is, with the words of these languages alone. */
async function copyWith(languages: readonly string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'polyphony-words-'));
  for (const name of ['src', 'translation', 'migrations', 'public', 'docs', 'demo', 'package.json'])
    await cp(join(ROOT, name), join(root, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const name of await readdir(join(ROOT, 'locales')))
    if (name.endsWith('.ts') || languages.includes(name))
      await cp(join(ROOT, 'locales', name), join(root, 'locales', name), { recursive: true });
  return root;
}
