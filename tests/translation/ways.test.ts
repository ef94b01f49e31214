import { describe, expect, test } from 'vitest';
import type { Engine, Pair } from '../../translation/engines/engine.ts';
import { createNone } from '../../translation/engines/none.ts';
import { waysOf, variantsOf } from '../../translation/ways.ts';

describe('ways from one language to another', () => {
  test('are those of the engines, in their order', () => {
    const ways = waysOf([engine('apertium', ['es>pt']), engine('deepl', ['es>pt', 'de>en'])]);
    expect(ways.between('es', 'pt').map((way) => way.engine)).toEqual(['apertium', 'deepl']);
    expect(ways.between('de', 'en').map((way) => way.engine)).toEqual(['deepl']);
    expect(ways.between('en', 'de')).toEqual([]);
    expect(ways.between('es', 'es')).toEqual([]);
    expect([...ways.targets('es')]).toEqual(['pt']);
  });

  test('with a language in between are two calls to one engine', () => {
    const [way] = waysOf([engine('apertium', ['it>es', 'es>pt', 'it>es>pt'])]).between('it', 'pt');
    expect(way?.via).toBe('es');
    expect(way?.legs.map(({ source, target }) => `${source}>${target}`)).toEqual(['it>es', 'es>pt']);
  });

  test('lead over English when two engines share the work, and never further', () => {
    const maltese = engine('maltese', ['mt>en', 'en>mt'], { tier: 'good' });
    const neural = engine('neural', ['en>de', 'de>en', 'de>fr'], { tier: 'good' });
    const ways = waysOf([maltese, neural]);
    const [way, ...others] = ways.between('mt', 'de');
    expect(others).toEqual([]);
    expect(way).toMatchObject({ engine: 'neural', label: 'Maltese + Neural', via: 'en' });
    expect(ways.between('mt', 'fr')).toEqual([]);
  });

  test('do not lead through a rough translation', () => {
    const ways = waysOf([
      engine('apertium', ['es>en'], { tier: 'rough' }),
      engine('neural', ['en>de'], { tier: 'good' }),
    ]);
    expect(ways.between('es', 'de')).toEqual([]);
  });

  test('stay with local engines only when all legs do', () => {
    const ways = waysOf([
      engine('home', ['mt>en'], { tier: 'good', local: true }),
      engine('away', ['en>de'], { tier: 'good', local: false }),
    ]);
    expect(ways.between('mt', 'de')[0]?.local).toBe(false);
    expect(ways.between('mt', 'en')[0]?.local).toBe(true);
  });

  test('are those that somebody found good enough', () => {
    const allowed = { libretranslate: [{ source: '*', target: 'en' }] };
    const ways = waysOf([engine('libretranslate', ['ga>en', 'en>ga', 'ga>mt'])], { allowed });
    expect(ways.between('ga', 'en')).toHaveLength(1);
    expect(ways.between('en', 'ga')).toEqual([]);
    expect(ways.between('ga', 'mt')).toEqual([]);
  });

  test('lead to a variant when the language itself is not on offer, and say so', () => {
    const ways = waysOf([
      engine('brazil', ['es>pt-BR']),
      engine('europe', ['es>pt-PT', 'es>pt-BR']),
      engine('plain', ['es>pt']),
    ]);
    expect(ways.between('es', 'pt').map(({ engine: name, variant }) => [name, variant])).toEqual([
      ['brazil', 'pt-BR'],
      ['europe', 'pt-PT'],
      ['plain', null],
    ]);
    expect(ways.between('es', 'pt-PT').map(({ variant }) => variant)).toEqual(['pt-BR', null, 'pt']);
    expect(waysOf([engine('north', ['no>en'])]).between('nb', 'en')[0]?.legs[0]?.source).toBe('no');
    expect(variantsOf('pt')).toEqual(['pt', 'pt-PT', 'pt-BR']);
  });
});

/** An engine with pairs written as 'es>pt', or 'it>es>pt' through Spanish. */
function engine(name: string, pairs: string[], change: Partial<Engine> = {}): Engine {
  const offered: Pair[] = pairs.map((pair) => {
    const [source = '', second = '', third] = pair.split('>');
    return third === undefined ? { source, target: second, via: null } : { source, target: third, via: second };
  });
  const label = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return { ...createNone(), name, label, policy: 'wish', pairs: () => offered, ...change };
}
