import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { apertium, closeAll, installed, PORTUGUESE, SPANISH, translate } from '../support/apertium.ts';
import { type Child, isAlive, stages } from '../support/children.ts';

// Long enough to start a mode on a busy machine, short enough to wait for in a test.
const PATIENCE_MS = 3_000;

afterEach(async () => {
  await closeAll();
  expect(await stages()).toEqual([]);
});

describe.skipIf(!installed)('The processes of Apertium', { timeout: 60_000 }, () => {
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
    const one = await apertium({ liveModes: 1 });
    await translate(one, 'es', 'pt', SPANISH);
    const portuguese = await stages();
    const texts = Array.from({ length: 20 }, () => translate(one, 'es', 'pt', SPANISH));
    const [italian] = await Promise.all([translate(one, 'pt', 'it', PORTUGUESE), ...texts]);
    expect(italian).toContain('energie rinnovabili');
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

function tagger(children: readonly Child[]): number {
  const found = children.find(({ name }) => name === 'apertium-tagger');
  if (found === undefined) throw new Error('There is no tagger among the children.');
  return found.pid;
}
