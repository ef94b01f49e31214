import { afterEach, describe, expect, test } from 'vitest';

import { affordableMegabytes } from '../../translation/engines/apertium/megabytes.ts';
import { openEngine } from '../../translation/engines/registry.ts';
import { memoryOf } from '../bench/processes.ts';
import { apertium, closeAll, installed, translate } from '../support/apertium.ts';
import { stages } from '../support/children.ts';

const MEGABYTES = 300;
/** Modes differ by some megabytes between machines. */
const TOLERANCE = 1.1;
const WAYS = ['es>en', 'es>fr', 'es>it', 'es>pt', 'en>es', 'fr>es', 'it>es', 'pt>es', 'ro>es', 'sv>da', 'da>sv'];

afterEach(closeAll);

test.each([
  [256, 120],
  [700, 120],
  [1_500, 900],
  [16_000, 1_000],
])('F101: a machine of %i MB gives Apertium %i', (machine, expected) => {
  expect(affordableMegabytes(machine)).toBe(expected);
});

test('F101: a memory that is none is said before anything starts', async () => {
  for (const APERTIUM_MEMORY of ['much', '-300', '119', '3e9']) {
    const { engine, ...more } = await openEngine('apertium', { APERTIUM_MEMORY });
    expect([engine, more]).toEqual([null, { reason: expect.stringMatching(/APERTIUM_MEMORY .*120 or more/) }]);
  }
});

describe.skipIf(!installed)('Carlos has a small machine', () => {
  test('F101: eleven pairs are asked for at once, all are served, and their processes stay below 300 MB', async () => {
    const engine = await apertium({ megabytes: MEGABYTES });
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, megabytesOfStages())), 20);
    const answers = await Promise.all(
      WAYS.map((way) => {
        const [source = '', target = ''] = way.split('>');
        return translate(engine, source, target, 'Europa.');
      }),
    );
    clearInterval(watch);
    expect(answers.filter((answer) => answer.trim() === '')).toEqual([]);
    expect(await stages()).not.toEqual([]);
    expect(most).toBeGreaterThan(MEGABYTES / 2);
    expect(most).toBeLessThan(MEGABYTES * TOLERANCE);
  });

  test('F12: all 27 pairs are offered, those over Catalan over Spanish as far as memory goes', async () => {
    const overCatalan = async (megabytes: number) => {
      const pairs = (await apertium({ megabytes })).pairs();
      expect(pairs).toHaveLength(27);
      return pairs.filter(({ via }) => via === 'ca').map(({ source, target }) => `${source}>${target}`);
    };
    expect(await overCatalan(MEGABYTES)).toEqual([]);
    expect(await overCatalan(1_000)).toEqual(['en>fr']);
    expect(await overCatalan(2_500)).toEqual(['en>fr', 'en>pt', 'fr>it', 'fr>pt', 'it>fr', 'it>pt', 'pt>fr']);
  });

  test('F101: a pair that memory cannot hold in any way is not offered, and the operator is told', async () => {
    const engine = await apertium({ megabytes: 150 });
    expect(engine.pairs()).toHaveLength(25);
    expect(await engine.health()).toMatchObject({ ok: true, message: expect.stringContaining('Without sv>da, da>sv') });
  });
});

const STAGE = /^(apertium|lt-proc|lrx-proc|lsx-proc|cg-proc)/;

function megabytesOfStages(): number {
  return memoryOf(process.pid)
    .filter(({ name }) => STAGE.test(name))
    .reduce((sum, { megabytes }) => sum + megabytes, 0);
}
