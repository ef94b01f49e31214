import type { Pair } from '../engine.ts';

const FROM_SPANISH = { en: 'spa-eng', fr: 'es-fr', it: 'spa-ita', pt: 'es-pt' };
const TO_SPANISH = { en: 'eng-spa', fr: 'fr-es', it: 'ita-spa', pt: 'pt-es', ro: 'ro-es' };

/** The modes of Apertium that we drive, by the pair they translate in one go: `MODES.get('es>pt')` is 'es-pt'. */
export const MODES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(FROM_SPANISH).map(([target, mode]) => [`es>${target}`, mode] as const),
  ...Object.entries(TO_SPANISH).map(([source, mode]) => [`${source}>es`, mode] as const),
  ['en>ca', 'eng-cat'],
  ['ca>fr', 'cat-fra'],
  ['sv>da', 'swe-dan'],
  ['da>sv', 'dan-swe'],
]);

/**
 * The 27 pairs that read well enough (chrF of 43 or more, two hops at most). Apertium has more
 * modes, and they are left out on purpose: a bad translation is worse than the original.
 */
export const PAIRS: readonly Pair[] = [
  ...Object.keys(FROM_SPANISH).map((target) => direct('es', target)),
  ...Object.keys(TO_SPANISH).map((source) => direct(source, 'es')),
  ...Object.keys(TO_SPANISH).flatMap((source) =>
    Object.keys(FROM_SPANISH)
      .filter((target) => target !== source)
      // English to French is better through Catalan, whose two modes are the best kept ones.
      .map((target) => ({ source, target, via: source === 'en' && target === 'fr' ? 'ca' : 'es' })),
  ),
  direct('sv', 'da'),
  direct('da', 'sv'),
];

/** The modes a pair passes through, one after another. */
export function modesOf({ source, target, via }: Pair): string[] {
  const legs = via === null ? [`${source}>${target}`] : [`${source}>${via}`, `${via}>${target}`];
  return legs.map((leg) => MODES.get(leg) ?? '');
}

function direct(source: string, target: string): Pair {
  return { source, target, via: null };
}
