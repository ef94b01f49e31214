import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { Pipeline } from '../../translation/engines/apertium/pipeline.ts';
import { apertium, closeAll, installed, PORTUGUESE, SPANISH, translate } from '../support/apertium.ts';
import { type Child, isAlive, stages } from '../support/children.ts';
import { type Start, watchStarts } from '../support/starts.ts';

// Long enough to start a mode on a busy machine, short enough to wait for in a test.
const PATIENCE_MS = 3_000;

afterEach(async () => {
  await closeAll();
  expect(await stages()).toEqual([]);
});

describe.skipIf(!installed)('The processes of Apertium', () => {
  test.each(['SIGKILL', 'SIGSTOP'] as const)('a stage hit by %s costs one retry, no text', async (signal) => {
    const engine = await apertium({ timeoutMs: PATIENCE_MS });
    await translate(engine, 'es', 'pt', SPANISH);
    const before = await stages();
    process.kill(tagger(before), signal);
    expect(await translate(engine, 'es', 'pt', SPANISH)).toBe(PORTUGUESE);
    const after = await stages();
    expect(after).toHaveLength(before.length);
    expect(after.filter(({ pid }) => before.some((old) => old.pid === pid))).toEqual([]);
  });

  test('a stage killed in the middle of a long text leaves it whole', async () => {
    const engine = await apertium();
    await translate(engine, 'es', 'pt', SPANISH);
    const work = translate(engine, 'es', 'pt', `${SPANISH} `.repeat(500));
    process.kill(tagger(await stages()), 'SIGKILL');
    expect(await work).toBe(`${PORTUGUESE} `.repeat(500));
  });

  test('an engine that stays silent is a timeout', async () => {
    const engine = await apertium({ timeoutMs: 1 });
    await expect(translate(engine, 'es', 'pt', SPANISH)).rejects.toMatchObject({ kind: 'timeout' });
    expect(await engine.health()).toMatchObject({ ok: false });
  });

  test('a reader who waits overtakes a long text', async () => {
    const engine = await apertium();
    await translate(engine, 'es', 'pt', SPANISH);
    const order: string[] = [];
    const long = translate(engine, 'es', 'pt', `${SPANISH} `.repeat(1_000)).then(() => order.push('long'));
    const others = [1, 2, 3].map(() => translate(engine, 'es', 'pt', `${SPANISH} `.repeat(200)));
    const texts = [{ id: 'wish', text: SPANISH }];
    await engine.translate({ source: 'es', target: 'pt', texts, urgent: true });
    order.push('wish');
    await Promise.all([long, ...others]);
    expect(order).toEqual(['wish', 'long']);
  });

  test('no more modes live than allowed, and all are served', async () => {
    const one = await apertium({ megabytes: 50 });
    await translate(one, 'es', 'pt', SPANISH);
    const portuguese = await stages();
    const texts = Array.from({ length: 20 }, () => translate(one, 'es', 'pt', SPANISH));
    const [spanish] = await Promise.all([translate(one, 'pt', 'es', PORTUGUESE), ...texts]);
    expect(spanish).toContain('energías renovables');
    expect((await stages()).length).toBeLessThan(2 * portuguese.length);
  });

  test('a mode nobody needs is closed', async () => {
    const engine = await apertium({ idleMs: 50 });
    await translate(engine, 'es', 'pt', SPANISH);
    await expect.poll(stages, { timeout: PATIENCE_MS }).toEqual([]);
    expect(await translate(engine, 'es', 'pt', SPANISH)).toBe(PORTUGUESE);
  });

  test('closing ends what is under way', async () => {
    const engine = await apertium();
    const work = translate(engine, 'es', 'pt', `${SPANISH} `.repeat(1_000));
    const ended = expect(work).rejects.toMatchObject({ kind: 'unavailable' });
    await engine.close();
    await ended;
    expect(await stages()).toEqual([]);
  });

  test('are started one at a time, and others get as much time in between', async () => {
    const engine = await apertium();
    const watch = watchStarts();
    await Promise.all(['en', 'fr', 'it', 'pt'].map((target) => translate(engine, 'es', target, SPANISH)));
    const starts = watch.stop();
    expect(starts).toHaveLength((await stages()).length);
    // None shares its turn of the event loop with another: the longest stall is one start, whatever that takes here.
    expect(new Set(starts.map(({ turn }) => turn)).size).toBe(starts.length);
    // Half of the time would be fair; timers count in whole milliseconds, and on a fast machine a start has but two.
    expect(inPauses(starts)).toBeGreaterThan(inStarts(starts) / 4);
  });

  test('closing in the middle of the start leaves none behind', async () => {
    const engine = await apertium();
    const ended = expect(translate(engine, 'es', 'pt', SPANISH)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect.poll(stages, { interval: 1 }).not.toEqual([]);
    await engine.close();
    await ended;
    expect(await stages()).toEqual([]);
  });

  test.each([
    ['is missing', 'no-such-program', /^no-such-program: .*ENOENT/],
    ['ends at once', 'false', /^false ended/],
  ])('a stage that %s is named', async (_what, command, message) => {
    const pipeline = new Pipeline([command, 'cat'].map((each) => ({ command: each, args: [] })));
    const answer = pipeline.started.then(() => pipeline.turn(SPANISH, PATIENCE_MS));
    await expect(answer).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringMatching(message) });
    await pipeline.close();
  });

  test('end with ours', async () => {
    const script = `
      import { createApertium } from './translation/engines/apertium/apertium.ts';
      import { stages } from './tests/support/children.ts';
      const engine = await createApertium();
      await engine.translate({ source: 'es', target: 'pt', texts: [{ id: 'a', text: 'Hola.' }] });
      console.log(JSON.stringify((await stages()).map(({ pid }) => pid)));
      process.exit();`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    const pids: number[] = JSON.parse(stdout);
    expect(pids.length).toBeGreaterThan(0);
    await expect.poll(() => Promise.all(pids.map((pid) => isAlive(pid)))).not.toContain(true);
  });
});

function inStarts(starts: readonly Start[]): number {
  return starts.reduce((sum, { began, ended }) => sum + ended - began, 0);
}

function inPauses(starts: readonly Start[]): number {
  return (starts.at(-1)?.ended ?? 0) - (starts[0]?.began ?? 0) - inStarts(starts);
}

function tagger(children: readonly Child[]): number {
  const found = children.find(({ name }) => name === 'apertium-tagger');
  if (found === undefined) throw new Error('There is no tagger among the children.');
  return found.pid;
}
