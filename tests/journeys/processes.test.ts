import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { installed } from '../support/apertium.ts';
import { isAlive, stagesOf } from '../support/children.ts';
import { serverUrl } from '../support/server.ts';
import { databaseHome, setUp, type Home } from '../support/homes.ts';
import { callApi, eventually } from '../support/polyphony.ts';
import { as, killLaunched, runCommand, startProgram, untilReady, type Program } from '../support/program.ts';

const SPANISH = 'Debemos invertir más en energías renovables y en el transporte público.';
const PORTUGUESE = 'Devemos investir mais em energias renováveis e no transporte público.';

if (!serverUrl) console.warn('Without TEST_DATABASE_URL the tests of several processes are skipped.');

describe.skipIf(!serverUrl)('two web processes and a worker on one database', () => {
  let home: Home;
  let webs: [Program, Program];
  let worker: Program;
  let elena: ReturnType<typeof as>;
  let moderator: string;

  beforeAll(async () => {
    home = await databaseHome();
    const [author = '', second = ''] = await setUp(home, [{ name: 'Elena' }, { name: 'Mario', role: 'moderator' }]);
    elena = as(author);
    moderator = second;
    const start = (role: string) => startProgram({ ...home.environment, ROLE: role });
    const [a, b, c] = await Promise.all([start('web'), start('web'), start('worker')]);
    webs = [a, b];
    worker = c;
    await Promise.all([...webs, worker].map(untilReady));
  });
  afterAll(async () => {
    killLaunched();
    await home?.remove();
  });

  async function post(body = SPANISH, on = webs[0]): Promise<string> {
    const answer = await elena(on, 'POST', '/spaces/climate/ideas', { title: 'Energía limpia', body });
    expect(answer.status).toBe(201);
    return answer.body.id;
  }

  const translation = async (id: string, lang = 'pt') =>
    (await callApi(webs[1].url, 'GET', `/ideas/${id}?lang=${lang}`)).body.translation;
  const page = async (program: Program, path: string) => {
    const response = await fetch(program.url + path);
    return { status: response.status, text: await response.text() };
  };

  test.skipIf(!installed)('posted on one, it stands on the other, translated by the third', async () => {
    const id = await post();
    expect((await page(webs[1], `/es/ideas/${id}`)).text).toContain(SPANISH);
    await eventually(async () => expect(await translation(id)).toMatchObject({ state: 'ready', body: PORTUGUESE }));
    await eventually(async () => expect((await page(webs[1], `/pt/ideas/${id}`)).text).toContain(PORTUGUESE), 2);
  });

  test('hidden on one, it is gone from both within two seconds, from kept pages too', async () => {
    const secret = `Algo que no debe quedar ${Date.now()}.`;
    const id = await post(secret);
    const paths = [`/es/ideas/${id}`, '/es/ideas', '/es/spaces/climate', '/es'];
    await eventually(async () => {
      for (const web of webs)
        for (const path of paths.slice(0, 3)) expect((await page(web, path)).text).toContain(secret.slice(0, 20));
    });
    for (const web of webs) for (const path of paths) await page(web, path);
    const { status } = await hide(id);
    expect(status).toBe(303);
    await eventually(async () => {
      for (const web of webs) {
        for (const path of paths) expect((await page(web, path)).text).not.toContain(secret);
        expect((await page(web, `/es/ideas/${id}`)).status).toBe(410);
      }
    }, 2);
  });

  /** The form of the page, with a moderator's token instead of a session. */
  async function hide(id: string): Promise<Response> {
    const body = new URLSearchParams({ reason: 'No es una propuesta.' });
    return fetch(`${webs[0].url}/es/ideas/${id}/hide`, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { Authorization: `Bearer ${moderator}` },
    });
  }

  test('somebody who watches on one hears what is posted on the other', async () => {
    const socket: Socket = io(webs[1].url, { transports: ['websocket'] });
    const heard: { subject: string; type: string }[] = [];
    socket.on('activity', (line) => heard.push(line));
    expect(await socket.emitWithAck('watch', { rooms: ['space:climate'], lang: 'pt' })).toMatchObject({
      joined: ['space:climate'],
    });
    const id = await post('Los ríos de mi pueblo necesitan agua limpia.');
    await eventually(
      async () =>
        expect(heard.filter(({ subject }) => subject === id).map(({ type }) => type)).toEqual(
          installed ? ['published', 'translated'] : ['published'],
        ),
      10,
    );
    socket.close();
  });

  test.skipIf(!installed)('what a worker had in hand when it was killed, another one makes', async () => {
    const stopped = await stagesOf(worker.pid);
    expect(stopped.length).toBeGreaterThan(0);
    for (const { pid } of stopped) process.kill(pid, 'SIGSTOP');
    // New words: a text translated once needs no worker's hands.
    const id = await post(`${SPANISH} Es otra idea.`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await translation(id)).toMatchObject({ state: 'queued' });
    await worker.kill();
    for (const { pid } of stopped) process.kill(pid, 'SIGKILL');
    worker = await startProgram({ ...home.environment, ROLE: 'worker' });
    await eventually(
      async () =>
        expect(await translation(id)).toMatchObject({ state: 'ready', body: expect.stringContaining(PORTUGUESE) }),
      25,
    );
  });

  test('a polite stop answers what it has begun, ends well, and leaves no child behind', async () => {
    const children = await stagesOf(worker.pid);
    const began = Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        elena(webs[0], 'POST', '/spaces/climate/ideas', { title: `Ríos ${index}`, body: SPANISH }),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    const before = Date.now();
    const codes = await Promise.all([webs[0].stop(), worker.stop()]);
    expect(codes).toEqual([0, 0]);
    expect(Date.now() - before).toBeLessThan(6_000);
    for (const { status } of await began) expect(status).toBe(201);
    for (const { pid } of children) expect(await isAlive(pid)).toBe(false);
  });
});

describe.skipIf(!serverUrl)('an empty database', () => {
  test('several processes that start on it at once all come up', async () => {
    const home = await databaseHome();
    const environment = { ...home.environment, TRANSLATION_ENGINES: 'none' };
    const programs = await Promise.all(Array.from({ length: 3 }, () => startProgram(environment)));
    const { code, lines } = await runCommand(['migrate'], home.environment);
    expect({ code, lines }).toEqual({ code: 0, lines: ['The tables are up to date.'] });
    for (const program of programs) expect((await callApi(program.url, 'GET', '/spaces')).status).toBe(200);
    expect(await Promise.all(programs.map((program) => program.stop()))).toEqual([0, 0, 0]);
    await home.remove();
  });
});
