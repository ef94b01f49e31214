import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { installed } from '../support/apertium.ts';
import { isAlive, stagesOf } from '../support/children.ts';
import { folderHome, setUp, type Home } from '../support/homes.ts';
import { callApi, eventually } from '../support/polyphony.ts';
import { as, killLaunched, startProgram, untilReady, type Environment, type Program } from '../support/program.ts';

const SPANISH = 'Debemos invertir más en energías renovables y en el transporte público.';
const PORTUGUESE = 'Devemos investir mais em energias renováveis e no transporte público.';
/** A page that waited for a stopped engine would take ten seconds at least; the rest is for a machine with two busy cores. */
const SLOW_MILLISECONDS = 8_000;
/** Shorter than any stage needs to start and answer. */
const KILL_MILLISECONDS = 15;

/** Programs are looked for here: there is the one that every start needs, and no engine. */
const bare = mkdtempSync(join(tmpdir(), 'polyphony-bare-'));
symlinkSync(execFileSync('which', ['flock'], { encoding: 'utf8' }).trim(), join(bare, 'flock'));

let home: Home;
let elena: ReturnType<typeof as>;
beforeAll(async () => {
  home = await folderHome();
  const [token = ''] = await setUp(home, [{ name: 'Elena' }]);
  elena = as(token);
});
afterAll(async () => {
  killLaunched();
  rmSync(bare, { recursive: true });
  await home.remove();
});

async function start(environment: Environment = {}): Promise<Program> {
  const program = await startProgram({ ...home.environment, ...environment });
  await untilReady(program);
  return program;
}

let posted = 0;
/** Each text is new: no engine is asked again for a text translated once. */
async function post(program: Program): Promise<string> {
  const body = `${SPANISH} Es la propuesta ${++posted}.`;
  const answer = await elena(program, 'POST', '/spaces/climate/ideas', { title: 'Energía limpia', body });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

const translation = async ({ url }: Program, id: string) =>
  (await callApi(url, 'GET', `/ideas/${id}?lang=pt`)).body.translation;

/** What a reader sees without waiting for any engine. */
async function read({ url }: Program, path: string): Promise<string> {
  const before = Date.now();
  const text = await (await fetch(url + path)).text();
  expect(Date.now() - before).toBeLessThan(SLOW_MILLISECONDS);
  return text;
}

describe('without an engine', () => {
  test.each<[string, Environment]>([
    ['because nobody wants one', { TRANSLATION_ENGINES: 'none' }],
    ['because Apertium is not installed', { PATH: bare }],
  ])('%s, pages say so, show the original, and nobody waits', async (_name, environment) => {
    const program = await start(environment);
    const id = await post(program);
    const page = await read(program, `/en/ideas/${id}`);
    expect(page).toContain('No machine translation from');
    expect(page).toContain(SPANISH);
    expect(await translation(program, id)).toMatchObject({ state: 'unsupported' });
    expect(program.output().includes('Apertium and its language pairs are not installed')).toBe('PATH' in environment);
    expect(await program.stop()).toBe(0);
  });
});

describe.skipIf(!installed)('with an Apertium that misbehaves', () => {
  let program: Program;
  beforeAll(async () => {
    program = await start();
    await translated(await post(program));
  });
  afterAll(() => program.kill());

  async function translated(id: string): Promise<void> {
    await eventually(
      async () =>
        expect(await translation(program, id)).toMatchObject({
          state: 'ready',
          body: expect.stringContaining(PORTUGUESE),
        }),
      45,
    );
  }

  test('killed between two texts, it is started anew', async () => {
    const [victim] = await stagesOf(program.pid);
    expect(victim).toBeDefined();
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    await translated(await post(program));
  });

  test('stopped in its work, it is replaced, and meanwhile readers have the original', async () => {
    const stopped = await stagesOf(program.pid);
    for (const { pid } of stopped) process.kill(pid, 'SIGSTOP');
    const id = await post(program);
    const page = await read(program, `/en/ideas/${id}`);
    expect(page).toContain('Translation coming');
    expect(page).toContain(SPANISH);
    await translated(id);
    await eventually(
      async () => expect(await Promise.all(stopped.map(({ pid }) => isAlive(pid)))).not.toContain(true),
      20,
    );
  });

  test('killed again and again, the text keeps its place, and readers the original; then it recovers', async () => {
    const killer = killStagesOf(program);
    const id = await post(program);
    await eventually(async () =>
      expect(await translation(program, id)).toMatchObject({ state: 'queued', failure: 'unavailable' }),
    );
    expect(await read(program, `/pt/ideas/${id}`)).toContain(SPANISH);
    await killer.stop();
    await translated(id);
    await eventually(async () => expect(await read(program, `/pt/ideas/${id}`)).toContain(PORTUGUESE), 2);
  });

  test('it goes with the program, even when that is killed', async () => {
    const children = await stagesOf(program.pid);
    expect(children.length).toBeGreaterThan(0);
    await program.kill();
    await eventually(
      async () => expect(await Promise.all(children.map(({ pid }) => isAlive(pid)))).not.toContain(true),
      5,
    );
  });
});

/** Ends every stage as soon as it is seen, until it is told to stop. */
function killStagesOf({ pid: parent }: Program): { stop(): Promise<void> } {
  let isOver = false;
  const running = (async () => {
    while (!isOver) {
      for (const { pid } of await stagesOf(parent).catch(() => [])) kill(pid);
      await new Promise((resolve) => setTimeout(resolve, KILL_MILLISECONDS));
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await running;
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}
