import { afterAll, expect, test } from 'vitest';

import { browse } from '../support/browser-like.ts';
import { folderHome } from '../support/homes.ts';
import { callApi, eventually } from '../support/polyphony.ts';
import { killLaunched, launchProgram } from '../support/program.ts';

const DEMO = 'src/demo/demo.ts';

afterAll(killLaunched);

test('Noa starts the demonstration, loses patience, starts it again, and is in', async () => {
  const home = await folderHome();
  const environment = { ...home.environment, TRANSLATION_ENGINES: 'none' };
  const first = await launchProgram(environment, DEMO);
  await eventually(async () => expect(first.output()).toContain('Ideas: 25 of'), 60);
  await first.kill();

  const second = await launchProgram(environment, DEMO);
  await eventually(async () => expect(second.output()).toContain('Ideas: 25 of'), 60);
  const hasty = await launchProgram(environment, DEMO);
  expect(await hasty.ended).toBe(1);
  expect(hasty.output()).toContain(`in use by process ${second.pid}`);
  await eventually(async () => expect(second.output()).toContain('Stop with Ctrl+C'), 100);
  expect(second.output()).toContain('begins anew');
  const counts = await Promise.all(['/ideas', '/events?when=all'].map((list) => callApi(second.url, 'GET', list)));
  expect(counts.map(({ status, body }) => [status, body.items.length > 10])).toEqual([
    [200, true],
    [200, true],
  ]);
  const [, ideas = ''] = /Ideas: (\d+) of \1\n/.exec(second.output()) ?? [];
  expect(Number(ideas)).toBeGreaterThan(100);
  const visitor = browse(second.url);
  const [link = ''] = /http\S+\/sign-in\/\S+/.exec(second.output()) ?? [];
  expect((await visitor.submit(new URL(link).pathname, {})).status).toBe(303);
  expect((await visitor.get('/en/me')).status).toBe(200);

  expect(await second.stop()).toBe(0);
  const third = await launchProgram(environment, DEMO);
  await eventually(async () => expect(third.output()).toContain('Stop with Ctrl+C'), 60);
  expect(third.output()).not.toContain('Ideas:');
  await third.kill();
  await home.remove();
});
