import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { databaseHome, setUp, type Home } from '../support/homes.ts';
import { eventually, freePort } from '../support/polyphony.ts';
import { killLaunched, startProgram, untilReady, type Environment } from '../support/program.ts';
import { serverUrl } from '../support/server.ts';

if (!serverUrl) console.warn('Without TEST_DATABASE_URL the tests of a rolling restart are skipped.');

test('F96: the unit of systemd starts what is there, and stops it well', async () => {
  const unit = await readFile('docs/operate/polyphony@.service', 'utf8');
  const field = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1] ?? '';
  const [program = '', script = ''] = field('ExecStart').split(' ');
  expect(program).toBe(`${field('WorkingDirectory')}/node_modules/.bin/node`);
  expect(script).toBe('src/server.ts');
  // Longer than the fifteen seconds in which the program ends by itself.
  expect(Number(field('TimeoutStopSec'))).toBeGreaterThan(15);
  expect(['mixed', 'control-group']).toContain(field('KillMode'));
});

describe.skipIf(!serverUrl)('F96: nginx of the example stands before two web processes', () => {
  let folder: string;
  let home: Home;
  let nginx: ChildProcess;
  let url: string;
  let webs: Environment[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'polyphony-nginx-'));
    home = await databaseHome();
    await setUp(home, []);
    const [front, first, second] = [await freePort(), await freePort(), await freePort()];
    url = `http://localhost:${front}`;
    webs = [first, second].map((port) => ({
      ...home.environment,
      ROLE: 'web',
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: url,
      TRUSTED_PROXIES: '1',
      TRANSLATION_ENGINES: 'none',
    }));
    await writeFile(join(folder, 'nginx.conf'), await configuration({ front, first, second }));
    nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'], { stdio: 'ignore' });
  });
  afterAll(async () => {
    killLaunched();
    nginx?.kill();
    await once(nginx, 'exit');
    await home?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** The example, with the ports of this machine and without the certificate of another. */
  async function configuration({
    front,
    first,
    second,
  }: Record<'front' | 'first' | 'second', number>): Promise<string> {
    const example = await readFile('docs/operate/nginx.conf', 'utf8');
    const own = example
      .replace('127.0.0.1:3001', `127.0.0.1:${first}`)
      .replace('127.0.0.1:3002', `127.0.0.1:${second}`)
      .replace('listen 443 ssl;', `listen 127.0.0.1:${front};`)
      .replaceAll(/^ *ssl_.*$/gm, '');
    expect(own.match(/max_fails=0/g)).toHaveLength(3);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    return `pid ${folder}/pid; error_log ${folder}/error; worker_processes 1; events {}
      http { access_log off; ${temporary.join(' ')} ${own} }`;
  }

  test('each starts anew while people read: nobody meets an error', async () => {
    const start = async (environment: Environment) => {
      const program = await startProgram(environment);
      await untilReady(program);
      return program;
    };
    const running = [];
    for (const web of webs) running.push(await start(web));
    const address = url.replace('localhost', '127.0.0.1');
    await eventually(async () => expect((await fetch(`${address}/en`)).status).toBe(200));
    let isOver = false;
    const answers: number[] = [];
    const readers = [1, 2, 3, 4].map(async () => {
      while (!isOver) {
        answers.push(
          await fetch(`${address}/en`).then(
            ({ status }) => status,
            () => 0,
          ),
        );
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    for (const [index, program] of running.entries()) {
      expect(await program.stop()).toBe(0);
      await start(webs[index] ?? {});
    }
    isOver = true;
    await Promise.all(readers);
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.filter((status) => status !== 200)).toEqual([]);
  });
});
