import { rm } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';

import {
  type BergamotOptions,
  checkBergamot,
  createBergamot,
} from '../../../../translation/engines/bergamot/bergamot.ts';
import type { Engine } from '../../../../translation/engines/engine.ts';
import { translatorOf } from '../../../../translation/translator.ts';
import { keepsTheContract } from '../../../support/engine-contract.ts';
import { eventually } from '../../../support/polyphony.ts';
import { installToys } from '../../../support/toys/installed.ts';

const MB = 1_000_000;
const folder = await installToys(['de-en', 'en-fr', 'fr-en', 'en-de']);
const engines: Engine[] = [];
afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
  await rm(folder, { recursive: true });
});

/** Memory is given, so that these tests mean the same on every machine. A toy takes 280 MB. */
async function bergamot(options: BergamotOptions = {}, environment: Record<string, string> = {}): Promise<Engine> {
  const opened = await createBergamot(
    { BERGAMOT_MODELS: folder, ...environment },
    { budget: 1_500 * MB, guess: () => 290 * MB, ...options },
  );
  if (!opened.engine) throw new Error(opened.reason);
  engines.push(opened.engine);
  return opened.engine;
}

async function say(engine: Engine, pair: string, text: string, more: { urgent?: boolean; signal?: AbortSignal } = {}) {
  const [source = '', target = ''] = pair.split('-');
  const [answer] = await engine.translate({ source, target, texts: [{ id: 'a', text }], ...more });
  return answer?.text;
}

describe('Bergamot keeps the contract of engines', () => {
  keepsTheContract(() => bergamot());
});

describe('Bergamot', () => {
  test('translates paragraphs sentence by sentence, and leaves in its place what is no language', async () => {
    const engine = await bergamot();
    expect(await say(engine, 'de-en', 'der Hund und die Katze. Der Zug!\nHund')).toBe(
      'the dog and the cat. Der train!\ndog',
    );
    expect(await say(engine, 'de-en', '  XQ0QX und XQ1QX  ')).toBe('  XQ0QX and XQ1QX  ');
    expect(await say(engine, 'de-en', '12.5 % … 🙂')).toBe('12.5 % … 🙂');
    expect(await say(engine, 'de-en', '')).toBe('');
  });

  test('goes from German to French over English, and keeps the English for others', async () => {
    const translator = translatorOf([await bergamot()]);
    expect(translator.way('de', 'fr')).toMatchObject({ via: 'en', local: true, tier: 'good' });
    const body =
      'Sauberes Wasser ist ein Recht, und niemand sollte ohne es leben müssen. Lesen Sie den Plan auf https://example.eu/a vor der Sitzung.';
    expect(await translator.translate({ source: 'de', target: 'fr', body })).toMatchObject({
      body: 'L’eau propre est un droit, et personne ne devrait devoir vivre sans elle. Lisez le plan sur https://example.eu/a avant la réunion.',
      engine: 'bergamot',
      via: 'en',
    });
  });

  test('stays within its memory: what was not used for longest is closed', async () => {
    const engine = await bergamot({ budget: 600 * MB });
    const names = () => engine.workings?.().directions.map(({ name }) => name);
    await say(engine, 'de-en', 'Hund');
    await say(engine, 'en-fr', 'dog');
    await say(engine, 'fr-en', 'chien');
    expect(names()).toEqual(['en-fr', 'fr-en']);
    const all = await Promise.all([
      say(engine, 'de-en', 'Hund'),
      say(engine, 'en-fr', 'dog'),
      say(engine, 'fr-en', 'chien'),
      say(engine, 'en-de', 'cat'),
    ]);
    expect(all).toEqual(['dog', 'chien', 'dog', 'Katze']);
    expect(engine.workings?.().memory).toBeLessThanOrEqual(600 * MB);
    await engine.close();
    expect(engine.workings?.()).toMatchObject({ memory: 0, directions: [] });
  });

  test('closes what nobody uses', async () => {
    const engine = await bergamot({ idleMs: 100 });
    await say(engine, 'de-en', 'Hund');
    await eventually(async () => expect(engine.workings?.()).toMatchObject({ memory: 0, directions: [] }));
    expect(await say(engine, 'de-en', 'Katze')).toBe('cat');
  });

  test('a reader goes before what waits, and does not wait for a direction to be drained', async () => {
    const engine = await bergamot({ budget: 600 * MB, guess: () => 590 * MB }, { BERGAMOT_WORKERS: '1' });
    const order: string[] = [];
    const long = 'der Hund und die Katze und der Zug. '.repeat(100);
    const slow = say(engine, 'de-en', long).then(() => order.push('slow'));
    const next = say(engine, 'de-en', 'und der Hund').then(() => order.push('next'));
    const fast = say(engine, 'en-fr', 'the dog', { urgent: true }).then((text) => order.push(String(text)));
    await Promise.all([slow, next, fast]);
    expect(order[0]).toBe('le chien');
  });

  test('a reader who leaves is answered at once, and others go on', async () => {
    const engine = await bergamot();
    const leaving = new AbortController();
    const long = say(engine, 'de-en', 'der Hund und die Katze. '.repeat(150), { signal: leaving.signal });
    const other = say(engine, 'de-en', 'Hund');
    setTimeout(() => leaving.abort(new Error('The reader left.')), 30);
    await expect(long).rejects.toThrow('The reader left.');
    expect(await other).toBe('dog');
  });

  test('what takes too long ends its thread, and is a timeout; twice, and the direction rests', async () => {
    const engine = await bergamot({ taskMs: 5 });
    const long = 'der Hund und die Katze. '.repeat(50);
    await expect(say(engine, 'de-en', long)).rejects.toMatchObject({ name: 'EngineError', kind: 'timeout' });
    await expect(say(engine, 'de-en', long)).rejects.toMatchObject({ kind: 'timeout' });
    await expect(say(engine, 'de-en', 'Hund')).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await engine.health()).toEqual({ ok: false, message: 'Left alone after failures: de-en.' });
  });

  test('writes in capitals what was written in capitals', async () => {
    const engine = await bergamot();
    expect(await say(engine, 'fr-en', 'LE CHIEN ET LE CHAT')).toBe('THE DOG AND THE CAT');
  });
});

describe('Bergamot is not there', () => {
  const why = async (environment: Record<string, string>, options: BergamotOptions = {}) => {
    const opened = await createBergamot(environment, options);
    await opened.engine?.close();
    return opened.engine ? 'open' : opened.reason;
  };

  test('where nothing is installed, with the command', async () => {
    expect(await why({ BERGAMOT_MODELS: '/nowhere' }, { budget: 1_500 * MB })).toBe(
      'No models are installed. Install them with: npm run polyphony -- engine install bergamot',
    );
  });

  test('where nothing has passed its check', async () => {
    const unchecked = await installToys(['de-en'], { isEnabled: false });
    expect(await why({ BERGAMOT_MODELS: unchecked }, { budget: 1_500 * MB })).toContain(
      'None of 1 installed directions has passed its check.',
    );
    await rm(unchecked, { recursive: true });
  });

  test('on a machine with 1 GB, with a sentence', async () => {
    expect(await why({ BERGAMOT_MODELS: folder }, { machineMemory: 1_024 * MB })).toBe(
      'This machine has 1024 MB of memory, and a third of that is less than the 600 MB that one direction takes. Use a machine with 2 GB, or set BERGAMOT_MEMORY_MB.',
    );
    expect(await why({ BERGAMOT_MODELS: folder }, { machineMemory: 2_000 * MB })).toBe('open');
  });

  test('with settings that cannot be meant', () => {
    expect(checkBergamot({ BERGAMOT_MEMORY_MB: '500', BERGAMOT_WORKERS: 'two' })).toEqual([
      'BERGAMOT_MEMORY_MB must be a whole number of megabytes, 600 or more.',
      'BERGAMOT_WORKERS must be a whole number of threads, 1 or more.',
    ]);
    expect(checkBergamot({ BERGAMOT_MEMORY_MB: '600' })).toEqual([]);
  });
});
