import { expect, test } from 'vitest';
import type { Engine } from '../../translation/engines/engine.ts';

/** What every engine owes, whatever it does inside. Call it inside a `describe`. */
export function keepsTheContract(open: () => Promise<Engine>): void {
  test('offers each pair once, and never a language into itself', async () => {
    await using opened = await opening(open);
    const pairs = opened.engine.pairs().map(({ source, target }) => `${source}>${target}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(opened.engine.pairs().filter(({ source, target }) => source === target)).toEqual([]);
  });

  test('refuses a pair it does not offer', async () => {
    await using opened = await opening(open);
    const request = { source: 'xx', target: 'yy', texts: [{ id: 'a', text: 'Hello.' }] };
    await expect(opened.engine.translate(request)).rejects.toMatchObject({ kind: 'unsupported_pair' });
  });

  test('answers with the ids it was asked for, in order', async () => {
    await using opened = await opening(open);
    for (const { source, target } of opened.engine.pairs().slice(0, 1)) {
      const texts = ['b', 'a'].map((id) => ({ id, text: 'Europa.' }));
      const answer = await opened.engine.translate({ source, target, texts });
      expect(answer.map(({ id }) => id)).toEqual(['b', 'a']);
    }
    expect(opened.engine.cost(1000)).toBeGreaterThanOrEqual(0);
  });

  test('stops when asked to', async () => {
    await using opened = await opening(open);
    const signal = AbortSignal.abort(new Error('The reader left.'));
    for (const { source, target } of opened.engine.pairs().slice(0, 1)) {
      const request = { source, target, texts: [{ id: 'a', text: 'Europa.' }], signal };
      await expect(opened.engine.translate(request)).rejects.toThrow('The reader left.');
    }
    expect(await opened.engine.health()).toMatchObject({ ok: true });
  });

  test('can be closed twice', async () => {
    await using opened = await opening(open);
    await opened.engine.close();
    await expect(opened.engine.close()).resolves.toBeUndefined();
  });
}

async function opening(open: () => Promise<Engine>): Promise<{ engine: Engine } & AsyncDisposable> {
  const engine = await open();
  return { engine, [Symbol.asyncDispose]: () => engine.close() };
}
