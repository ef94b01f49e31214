import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readSettings } from '../../src/platform/settings.ts';
import { startHolder } from '../support/holder.ts';
import { folderHome, setUp, type Home } from '../support/homes.ts';
import { callApi, eventually, freePort } from '../support/polyphony.ts';
import {
  as,
  killLaunched,
  launchProgram,
  runCommand,
  startProgram,
  type Environment,
  type Program,
} from '../support/program.ts';

const RACES = 8;
/** Only root makes containers. */
const canUnshare = process.getuid?.() === 0;

let home: Home;
let lock: string;
let elena: ReturnType<typeof as>;

beforeAll(async () => {
  const { environment, remove } = await folderHome();
  home = { environment: { ...environment, TRANSLATION_ENGINES: 'none' }, remove };
  lock = join(environment['DATA_DIR'] ?? '', 'lock');
  const [token = ''] = await setUp(home, [{ name: 'Elena' }]);
  elena = as(token);
});
afterAll(async () => {
  killLaunched();
  await home.remove();
});

async function post(program: Program): Promise<string> {
  const answer = await elena(program, 'POST', '/spaces/climate/ideas', {
    title: 'Ríos limpios',
    body: 'Debemos cuidar los ríos.',
  });
  expect(answer.status).toBe(201);
  return answer.body.id;
}

const isThere = async (program: Program, id: string) =>
  (await callApi(program.url, 'GET', `/ideas/${id}`)).status === 200;

describe('one folder, one program', () => {
  test('a second one refuses with a sentence, a command too, and the first goes on', async () => {
    const first = await startProgram(home.environment);
    const second = await launchProgram(home.environment);
    expect(await second.ended).toBe(1);
    expect(sentencesOf(second)).toEqual([
      `The data in ${home.environment['DATA_DIR']} is in use by process ${first.pid}. Stop it first, or choose another DATA_DIR.`,
    ]);
    const command = await runCommand(['migrate'], home.environment);
    expect(command).toMatchObject({ code: 1, errors: expect.stringContaining(`is in use by process ${first.pid}`) });
    expect(await isThere(first, await post(first))).toBe(true);
    expect(await first.stop()).toBe(0);
  });

  test('the lock of a killed one is taken over, and its content is there; it is there after a polite stop, too', async () => {
    const first = await startProgram(home.environment);
    const killed = await post(first);
    await first.kill();
    expect(JSON.parse(await readFile(lock, 'utf8'))).toMatchObject({ pid: first.pid });
    const second = await startProgram(home.environment);
    const stopped = await post(second);
    expect(await second.stop()).toBe(0);
    await expect(readFile(lock)).rejects.toThrow('ENOENT');
    const third = await startProgram(home.environment);
    expect(await isThere(third, killed)).toBe(true);
    expect(await isThere(third, stopped)).toBe(true);
    await third.kill();
  });

  test('F31: a start directly after a kill or a stop takes over, also from one whose end nobody has noticed', async () => {
    // A shell that does not ask how its child ended leaves it as a zombie.
    const port = String(await freePort());
    const { PATH = '', HOME = '/' } = process.env;
    const script = `"${process.execPath}" src/server.ts & echo $!; exec sleep 60`;
    const shell = spawn('sh', ['-c', script], {
      env: { PATH, HOME, ...home.environment, PORT: port, HOST: 'localhost' },
    });
    const [pid = ''] = String((await once(shell.stdout, 'data'))[0]).split('\n');
    await eventually(async () => expect((await fetch(`http://localhost:${port}/health/live`)).ok).toBe(true), 40);
    process.kill(Number(pid), 'SIGKILL');
    const second = await startProgram(home.environment);
    expect(await readFile(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
    const stopping = second.stop();
    const third = await startProgram(home.environment);
    expect(await stopping).toBe(0);
    await third.kill();
    shell.kill();
  });

  test('what stands in the file of a lock that nobody has stops nobody', async () => {
    for (const left of [JSON.stringify({ pid: process.pid }), JSON.stringify({ pid: 1, leaves: true }), 'junk', '']) {
      await writeFile(lock, left);
      expect(await runCommand(['migrate'], home.environment)).toMatchObject({ code: 0 });
    }
  });

  test('F97: of five that take over from a killed one at the same moment, one wins, again and again', async () => {
    const folder = home.environment['DATA_DIR'] ?? '';
    for (let race = 0; race < RACES; race++) {
      const holder = await startHolder(folder);
      holder.kill('SIGKILL');
      const runners = await Promise.all([1, 2, 3, 4, 5].map(() => startHolder(folder)));
      const words = runners.map(({ word }) => word);
      expect(words.filter((word) => word === 'taken')).toHaveLength(1);
      expect(words.filter((word) => word.includes('is in use by process'))).toHaveLength(4);
      for (const runner of runners) runner.kill('SIGKILL');
    }
  });

  test.skipIf(!canUnshare)(
    'F97: one in another container, which sees no process of the first, is refused, too',
    async () => {
      const first = await startProgram(home.environment);
      const second = await startHolder(home.environment['DATA_DIR'] ?? '', [
        'unshare',
        '--pid',
        '--fork',
        '--mount-proc',
      ]);
      expect(second.word).toContain(`is in use by process ${first.pid}`);
      await first.kill();
      const third = await startHolder(home.environment['DATA_DIR'] ?? '', [
        'unshare',
        '--pid',
        '--fork',
        '--mount-proc',
      ]);
      expect(third.word).toBe('taken');
      expect(await runCommand(['migrate'], home.environment)).toMatchObject({ code: 1 });
      third.kill('SIGKILL');
      expect(await runCommand(['migrate'], home.environment)).toMatchObject({ code: 0 });
    },
  );

  test('a taken port is said in a sentence', async () => {
    const first = await startProgram(home.environment);
    const other = await folderHome();
    await setUp(other, []);
    const second = await launchProgram({ ...other.environment, PORT: new URL(first.url).port });
    expect(await second.ended).toBe(1);
    expect(sentencesOf(second)).toEqual([`Port ${new URL(first.url).port} is taken. Set PORT to another one.`]);
    await first.kill();
    await other.remove();
  });
});

describe('a wrong setting', () => {
  const nowhere = 'postgres://nobody@127.0.0.1:1/nothing';
  test.each<[string, Environment, string]>([
    ['PORT', { PORT: 'abc' }, 'src/server.ts'],
    ['DATABASE_URL', { DATABASE_URL: nowhere }, 'src/server.ts'],
    ['HOST', { HOST: '0.0.0.0' }, 'src/demo/demo.ts'],
  ])('ends the start with one sentence: %s of %j', async (name, environment, script) => {
    const program = await launchProgram({ ...home.environment, ...environment }, script);
    expect(await program.ended).toBe(1);
    expect(sentencesOf(program)).toEqual([expect.stringMatching(naming(name))]);
  });

  test.each<[string, Environment]>([
    ['PUBLIC_URL', { PUBLIC_URL: 'http://example.org' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'example.org' }],
    ['SECRET', { PUBLIC_URL: 'https://example.org' }],
    ['ROLE', { ROLE: 'web' }],
    ['ROLE', { ROLE: 'king' }],
    ['TIME_ZONE', { TIME_ZONE: 'Europe/Nowhere' }],
    ['TRANSLATION_ENGINES', { TRANSLATION_ENGINES: 'apertium,babelfish' }],
    ['LANGUAGES', { LANGUAGES: 'en,klingon' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://localhost' }],
  ])('is named in one sentence: %s of %j', (name, environment) => {
    expect(() => readSettings(environment)).toThrow(naming(name));
  });
});

/** One sentence with this name in it. */
const naming = (name: string): RegExp => new RegExp(`^[^{}\\n]*\\b${name}\\b[^{}\\n]*\\.$`);

/** What was written besides the log. */
function sentencesOf(program: Program): string[] {
  return program
    .output()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'));
}
