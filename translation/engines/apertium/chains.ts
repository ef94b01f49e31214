import type { Pair } from '../engine.ts';

/** A pair, and the modes its texts pass through, one after another. */
export interface Chain extends Pair {
  modes: readonly string[];
}

const FROM_SPANISH = { en: 'spa-eng', fr: 'es-fr', it: 'spa-ita', pt: 'es-pt' };
const TO_SPANISH = { en: 'eng-spa', fr: 'fr-es', it: 'ita-spa', pt: 'pt-es', ro: 'ro-es' };

/**
 * The 27 pairs that read well enough (chrF of 43 or more, two hops at most). Apertium has more
 * modes, and they are left out on purpose: a bad translation is worse than the original.
 */
export const CHAINS: readonly Chain[] = [
  ...Object.entries(FROM_SPANISH).map(([target, mode]) => direct('es', target, mode)),
  ...Object.entries(TO_SPANISH).map(([source, mode]) => direct(source, 'es', mode)),
  ...Object.entries(TO_SPANISH).flatMap(([source, first]) =>
    Object.entries(FROM_SPANISH)
      .filter(([target]) => target !== source)
      .map(([target, second]) => throughPivot(source, target, [first, second])),
  ),
  direct('sv', 'da', 'swe-dan'),
  direct('da', 'sv', 'dan-swe'),
];

function direct(source: string, target: string, mode: string): Chain {
  return { source, target, via: null, modes: [mode] };
}

function throughPivot(source: string, target: string, modes: string[]): Chain {
  // English to French is better through Catalan, whose two modes are the best kept ones.
  if (source === 'en' && target === 'fr') return { source, target, via: 'ca', modes: ['eng-cat', 'cat-fra'] };
  return { source, target, via: 'es', modes };
}
