import { readdir, readFile } from 'node:fs/promises';

import { afterEach, expect, test } from 'vitest';

import { installed } from '../support/apertium.ts';
import { childrenOf, isAlive, type Child } from '../support/children.ts';
import { folderHome, setUp, type Home } from '../support/homes.ts';
import { startScript, type Script } from '../support/npm.ts';
import { eventually, freePort } from '../support/polyphony.ts';

/** A stop ends what is in hand; it is asked for within half a second. */
const END_SECONDS = 10;

let home: Home;
let script: Script;

afterEach(async () => {
  script.kill();
  await home.remove();
});

/** What was started below a process, by whatever was started there. */
async function below(pid: number): Promise<Child[]> {
  const children = await childrenOf(pid).catch(() => []); // ended meanwhile
  return [...children, ...(await Promise.all(children.map((each) => below(each.pid)))).flat()];
}

/** The processes of this machine that were started with this word in their environment. */
async function processesWith(word: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      return environment.includes(word) ? [await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')] : [];
    }),
  );
  return found.flat().map((name) => name.trim());
}

test.each([
  ['start', 0],
  ['demo', installed ? 1 : 0],
])('F96: Noa ends `npm run %s`: the program and its engines end, the port is free', async (name, wanted) => {
  home = await folderHome();
  if (name === 'start') await setUp(home, []);
  const PORT = String(await freePort());
  const url = `http://localhost:${PORT}/health/live`;
  script = startScript(name, { ...home.environment, PORT, HOST: 'localhost' });
  await eventually(async () => expect((await fetch(url)).ok, script.output()).toBe(true), 60);
  const mine = `PORT=${PORT}`;
  let started: Child[] = [];
  await eventually(async () => {
    started = await below(script.pid);
    const engines = started.filter((each) => /^(apertium|lt-proc|cg-proc)/.test(each.name));
    expect(engines.length).toBeGreaterThanOrEqual(wanted);
  }, 60);

  await script.terminate();
  await eventually(async () => {
    expect(await processesWith(mine)).toEqual([]);
    for (const { pid, name: what } of started) expect(await isAlive(pid), what).toBe(false);
  }, END_SECONDS);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

/** More processor time than Node needs to begin, and a fifth of what loading the program takes. */
const BEGUN_TICKS = 40;

/** Processor time of a process, in ticks of 10 ms; see proc(5). */
async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

test('F96: Noa ends `npm run demo` while it is still loading: nothing goes on', async () => {
  home = await folderHome();
  const PORT = String(await freePort());
  script = startScript('demo', { ...home.environment, PORT, HOST: 'localhost' });
  await eventually(async () => {
    const ticks = await Promise.all((await below(script.pid)).map(({ pid }) => ticksOf(pid)));
    expect(Math.max(...ticks)).toBeGreaterThan(BEGUN_TICKS);
  }, 60);
  await script.terminate();
  await eventually(async () => expect(await processesWith(`PORT=${PORT}`)).toEqual([]), END_SECONDS);
});
