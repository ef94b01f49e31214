import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { startProgram } from '../support/program.ts';
import { median, type Bench, type Figure } from './figures.ts';
import { load } from './load.ts';
import { stockedDatabase } from './stock.ts';

const IDEAS = 100;
const CONNECTIONS = 9;
const ROUNDS = 7;
const SECONDS = 2;
const ASKED = 0.7;

/** The page of an idea from the page cache, against Koa alone with the same bytes, in turns. */
export async function benchCache({ server }: Bench): Promise<Figure[]> {
  const program = await startProgram({
    DATABASE_URL: await stockedDatabase(server, IDEAS),
    ROLE: 'web',
    LOG_LEVEL: 'silent',
  });
  const folder = await mkdtemp(join(tmpdir(), 'polyphony-bench-'));
  let bare: ChildProcess | null = null;
  try {
    const page = await pageOf(program.url);
    const file = join(folder, 'page.html');
    await writeFile(file, await (await fetch(page)).text());
    bare = spawn(process.execPath, [fileURLToPath(new URL('bare-koa.ts', import.meta.url)), file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return [await compare(page, `http://127.0.0.1:${await firstLineOf(bare)}/`)];
  } finally {
    bare?.kill();
    await program.stop();
    await rm(folder, { recursive: true });
  }
}

async function compare(page: string, bare: string): Promise<Figure> {
  const ratios: number[] = [];
  const speeds: number[] = [];
  const options = { connections: CONNECTIONS, seconds: SECONDS };
  await load(page, options); // warm
  await load(bare, options);
  for (let round = 0; round < ROUNDS; round++) {
    const koa = await load(bare, options);
    const cached = await load(page, options);
    if (cached.errors > 0) throw new Error(`${cached.errors} answers of ${page} failed`);
    ratios.push(cached.requestsPerSecond / koa.requestsPerSecond);
    speeds.push(cached.requestsPerSecond);
  }
  const ratio = median(ratios);
  return {
    what: 'an idea from the page cache',
    against: 'Koa alone with the same bytes',
    asked: `≥ ${ASKED} of its requests/s`,
    measured: `${ratio.toFixed(2)} (${Math.round(median(speeds))} requests/s)`,
    ok: ratio >= ASKED,
  };
}

/** The newest idea, as its list links to it. */
async function pageOf(url: string): Promise<string> {
  const list = await (await fetch(`${url}/en/ideas`)).text();
  const [, path] = /<h3[^>]*><a href="(\/en\/ideas\/[^"?]+)/.exec(list) ?? [];
  if (!path) throw new Error('The list of ideas shows none.');
  return url + path;
}

async function firstLineOf(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The process has no output.');
  const [chunk]: unknown[] = await once(child.stdout, 'data');
  return String(chunk).trim();
}
