import { networkInterfaces } from 'node:os';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { readMetrics } from './support/metrics.ts';
import { eventually, freePort, startPolyphony, type TestPlatform } from './support/polyphony.ts';
import { stubEngine } from './support/stub-engine.ts';

const EURO_A_CHARACTER = 0.01;

let polyphony: TestPlatform;
let port: number;
beforeAll(async () => {
  port = await freePort();
  const say = (text: string, target: string) => (text.startsWith('Nada') ? '' : `${target}: ${text}`);
  const engine = { ...stubEngine({ policy: 'wish', say }), cost: (all: number) => all * EURO_A_CHARACTER };
  polyphony = await startPolyphony({ METRICS_PORT: String(port) }, { engine });
});
afterAll(() => polyphony.stop());

const look = () => readMetrics(port);

test('Prometheus reads what was translated, what failed, and what it cost', async () => {
  const maria = await polyphony.person('María', { language: 'es' });
  const anna = await polyphony.person('Anna', { language: 'en' });
  expect(await look()).toMatchObject({
    'polyphony_translations{state="queued"}': 0,
    polyphony_translation_oldest_seconds: 0,
  });
  const before = (await look())['polyphony_translations{state="ready"}'] ?? 0;
  for (const title of ['Ríos limpios', 'Ríos limpios', 'Nada']) {
    const { body } = await maria.api('POST', '/spaces/climate/ideas', { title, body: `${title}.`, language: 'es' });
    await anna.api('POST', `/texts/${body.text.id}/translations/en`);
    await eventually(async () => {
      const answer = await anna.api('GET', `/texts/${body.text.id}/translations/en`);
      expect(['ready', 'failed']).toContain(answer.body.state);
    });
  }
  await eventually(async () => expect((await look())['polyphony_memory_characters_total']).toBeGreaterThan(0));
  const figures = await look();
  const characters = figures['polyphony_engine_characters_total{engine="stub"}'] ?? 0;
  expect(figures).toMatchObject({
    'polyphony_translations{state="ready"}': before + 2,
    'polyphony_translations{state="failed"}': 1,
    'polyphony_engine_up{engine="stub"}': 1,
    'polyphony_engine_paused{engine="stub"}': 0,
    polyphony_memory_characters_total: 'Ríos limpiosRíos limpios.'.length,
    polyphony_jobs_waiting: 0,
    polyphony_activity_lag_seconds: expect.any(Number),
    process_cpu_seconds_total: expect.any(Number),
  });
  expect(characters).toBeGreaterThanOrEqual('Ríos limpiosRíos limpios.'.length);
  expect(figures['polyphony_engine_euro_total{engine="stub"}']).toBeCloseTo(characters * EURO_A_CHARACTER);
});

test('An engine that is paused or away is told as such, at the next look', async () => {
  const execute = (query: string) => polyphony.em().getConnection().execute(query);
  await execute(
    `insert into engine_state (engine, paused_at, open_until) values ('stub', now(), now() + interval '1 hour')
     on conflict (engine) do update set paused_at = excluded.paused_at, open_until = excluded.open_until`,
  );
  await execute(`insert into engine_failure (engine, day, kind, count) values ('stub', now()::date, 'timeout', 3)`);
  expect(await look()).toMatchObject({
    'polyphony_engine_up{engine="stub"}': 0,
    'polyphony_engine_paused{engine="stub"}': 1,
    'polyphony_engine_failures_total{engine="stub",kind="timeout"}': 3,
  });
});

test('Nothing of it is on the public port, nor on another address of this machine', async () => {
  const { text } = await polyphony.visitor().get('/metrics');
  expect(text).not.toContain('polyphony_');
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  const others = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  for (const { address } of others.filter(({ internal, family }) => !internal && family === 'IPv4'))
    await expect(fetch(`http://${address}:${port}/metrics`)).rejects.toThrow('fetch failed');
});
