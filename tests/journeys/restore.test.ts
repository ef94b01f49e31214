import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { installed } from '../support/apertium.ts';
import { serverUrl } from '../support/server.ts';
import { follow } from '../support/follower.ts';
import { databaseHome, setUp, type Home } from '../support/homes.ts';
import { callApi, eventually } from '../support/polyphony.ts';
import { dump, restore, startCluster, type Cluster } from '../support/postgres.ts';
import { as, killLaunched, startProgram, untilReady, type Program } from '../support/program.ts';

const BODY = 'Debemos cuidar los ríos de nuestros pueblos.';

if (!serverUrl) console.warn('Without TEST_DATABASE_URL the tests of a restored platform are skipped.');

describe.skipIf(!serverUrl)('a platform is dumped while people write, and goes on in another cluster', () => {
  let cluster: Cluster;
  let old: Home;
  let restored: Program;
  let elena: ReturnType<typeof as>;
  /** Where readers stood: long before the dump, and after what the dump has lost. */
  let early: string;
  let late: string;
  let ids: string[];

  beforeAll(async () => {
    cluster = await startCluster();
    old = await databaseHome();
    const [token = ''] = await setUp(old, [{ name: 'Elena' }]);
    elena = as(token);
    const program = await startProgram(old.environment);
    await untilReady(program);
    const first = await post(program, 'Antes');
    early = await cursorAfter(program, first);
    await post(program, 'Durante');
    const [text] = await Promise.all([dump(old.environment['DATABASE_URL'] ?? ''), post(program, 'Mientras')]);
    late = await cursorAfter(program, await post(program, 'Demasiado tarde'));
    await program.kill();

    const home = await databaseHome(cluster.url);
    await restore(home.environment['DATABASE_URL'] ?? '', text);
    restored = await startProgram(home.environment);
    await untilReady(restored);
    ids = (await callApi(restored.url, 'GET', '/ideas')).body.items.map(({ id }: { id: string }) => id);
  });
  afterAll(async () => {
    killLaunched();
    await old?.remove();
    await cluster?.remove();
  });

  async function post(program: Program, title: string): Promise<string> {
    const answer = await elena(program, 'POST', '/spaces/climate/ideas', { title, body: BODY });
    expect(answer.status).toBe(201);
    return answer.body.id;
  }

  /** The cursor of a reader who has seen that this was published. */
  async function cursorAfter(program: Program, id: string): Promise<string> {
    const follower = follow(program.url);
    const cursor = await eventually(async () => {
      const line = follower.lines().find(({ type, subject }) => type === 'published' && subject === id);
      expect(line).toBeDefined();
      return line?.cursor ?? '';
    });
    await follower.stop();
    return cursor;
  }

  test('everything before the dump is there, and its activity can be read from the beginning', async () => {
    expect(ids.length).toBeGreaterThanOrEqual(2);
    const follower = follow(restored.url);
    const published = () =>
      follower
        .lines()
        .filter(({ type, kind }) => type === 'published' && kind === 'idea')
        .map(({ subject }) => subject);
    await eventually(async () => expect(published().toSorted()).toEqual(ids.toSorted()));
    await follower.stop();
  });

  test('people post and read translations as before', async () => {
    const id = await post(restored, 'Después');
    const state = installed ? 'ready' : 'unsupported';
    await eventually(async () =>
      expect((await callApi(restored.url, 'GET', `/ideas/${id}?lang=pt`)).body.translation.state).toBe(state),
    );
  });

  test('readers with a cursor from before go on, each new line once', async () => {
    for (const after of [early, late]) {
      const follower = follow(restored.url, { after });
      const id = await post(restored, 'Para quien espera');
      await eventually(async () =>
        expect(follower.lines().filter(({ subject, type }) => subject === id && type === 'published')).toHaveLength(1),
      );
      const cursors = follower.lines().map(({ cursor }) => cursor);
      expect(cursors).toEqual([...new Set(cursors)]);
      await follower.stop();
    }
  });

  test('somebody who watches live with an old cursor hears what comes, or is told to start again', async () => {
    const socket = io(restored.url, { transports: ['websocket'] });
    const heard: string[] = [];
    socket.on('activity', (line: { subject: string; type: string }) => heard.push(`${line.type} ${line.subject}`));
    expect(await socket.emitWithAck('watch', { rooms: ['space:climate'], lang: 'de', after: early })).toMatchObject({
      joined: ['space:climate'],
    });
    const id = await post(restored, 'En directo');
    await eventually(async () => expect(heard.filter((line) => line === `published ${id}`)).toHaveLength(1));
    expect(heard.length).toBeGreaterThan(1);
    socket.close();
  });
});
