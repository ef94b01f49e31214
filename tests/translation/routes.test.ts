import { describe, expect, test } from 'vitest';
import type { Engine, Pair } from '../../translation/engines/engine.ts';
import { createNone } from '../../translation/engines/none.ts';
import { routesOf, variantsOf } from '../../translation/routes.ts';

describe('ways from one language to another', () => {
  test('are those of the engines, in their order', () => {
    const routes = routesOf([engine('apertium', ['es>pt']), engine('deepl', ['es>pt', 'de>en'])]);
    expect(routes.between('es', 'pt').map((route) => route.engine)).toEqual(['apertium', 'deepl']);
    expect(routes.between('de', 'en').map((route) => route.engine)).toEqual(['deepl']);
    expect(routes.between('en', 'de')).toEqual([]);
    expect(routes.between('es', 'es')).toEqual([]);
    expect([...routes.targets('es')]).toEqual(['pt']);
  });

  test('with a language in between are two calls to one engine', () => {
    const [route] = routesOf([engine('apertium', ['it>es', 'es>pt', 'it>es>pt'])]).between('it', 'pt');
    expect(route?.via).toBe('es');
    expect(route?.legs.map(({ source, target }) => `${source}>${target}`)).toEqual(['it>es', 'es>pt']);
  });

  test('lead over English when two engines share the work, and never further', () => {
    const maltese = engine('maltese', ['mt>en', 'en>mt'], { tier: 'good' });
    const neural = engine('neural', ['en>de', 'de>en', 'de>fr'], { tier: 'good' });
    const routes = routesOf([maltese, neural]);
    const [route, ...others] = routes.between('mt', 'de');
    expect(others).toEqual([]);
    expect(route).toMatchObject({ engine: 'neural', label: 'Maltese + Neural', via: 'en' });
    expect(routes.between('mt', 'fr')).toEqual([]);
  });

  test('do not lead through a rough translation', () => {
    const routes = routesOf([
      engine('apertium', ['es>en'], { tier: 'rough' }),
      engine('neural', ['en>de'], { tier: 'good' }),
    ]);
    expect(routes.between('es', 'de')).toEqual([]);
  });

  test('stay with local engines only when all legs do', () => {
    const routes = routesOf([
      engine('home', ['mt>en'], { tier: 'good', local: true }),
      engine('away', ['en>de'], { tier: 'good', local: false }),
    ]);
    expect(routes.between('mt', 'de')[0]?.local).toBe(false);
    expect(routes.between('mt', 'en')[0]?.local).toBe(true);
  });

  test('are those that somebody found good enough', () => {
    const allowed = { libretranslate: [{ source: '*', target: 'en' }] };
    const routes = routesOf([engine('libretranslate', ['ga>en', 'en>ga', 'ga>mt'])], { allowed });
    expect(routes.between('ga', 'en')).toHaveLength(1);
    expect(routes.between('en', 'ga')).toEqual([]);
    expect(routes.between('ga', 'mt')).toEqual([]);
  });

  test('lead to a variant when the language itself is not on offer, and say so', () => {
    const routes = routesOf([
      engine('brazil', ['es>pt-BR']),
      engine('europe', ['es>pt-PT', 'es>pt-BR']),
      engine('plain', ['es>pt']),
    ]);
    expect(routes.between('es', 'pt').map(({ engine: name, variant }) => [name, variant])).toEqual([
      ['brazil', 'pt-BR'],
      ['europe', 'pt-PT'],
      ['plain', null],
    ]);
    expect(routes.between('es', 'pt-PT').map(({ variant }) => variant)).toEqual(['pt-BR', null, 'pt']);
    expect(routesOf([engine('north', ['no>en'])]).between('nb', 'en')[0]?.legs[0]?.source).toBe('no');
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
