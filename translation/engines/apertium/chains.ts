import type { Pair } from '../engine.ts';

const FROM_SPANISH = { en: 'spa-eng', fr: 'es-fr', it: 'spa-ita', pt: 'es-pt' };
const TO_SPANISH = { en: 'eng-spa', fr: 'fr-es', it: 'ita-spa', pt: 'pt-es', ro: 'ro-es' };

/** The modes of Apertium that we drive, by the pair they translate in one go: `MODES.get('es>pt')` is 'es-pt'. */
export const MODES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(FROM_SPANISH).map(([target, mode]) => [`es>${target}`, mode] as const),
  ...Object.entries(TO_SPANISH).map(([source, mode]) => [`${source}>es`, mode] as const),
  ['en>ca', 'eng-cat'],
  ['fr>ca', 'fra-cat'],
  ['it>ca', 'ita-cat'],
  ['pt>ca', 'por-cat'],
  ['ca>fr', 'cat-fra'],
  ['ca>it', 'cat-ita'],
  ['ca>pt', 'cat-por'],
  ['sv>da', 'swe-dan'],
  ['da>sv', 'dan-swe'],
]);

/** English to French over Catalan: both modes at once. */
const ONE_PAIR_MEGABYTES = 787;
/** All modes at once take 2,432 MB; with 1,000 they take turns, and the queue goes less than half as fast (`npm run bench -- apertium`). */
const ALL_PAIRS_MEGABYTES = 2_500;

/** Pairs that read better over Catalan, whose modes are the best kept ones: by 0.5 to 2.2 points of chrF on 120 news texts. From so much memory on. */
const OVER_CATALAN: ReadonlyMap<string, number> = new Map([
  ['en>fr', ONE_PAIR_MEGABYTES],
  ...['en>pt', 'fr>it', 'fr>pt', 'it>fr', 'it>pt', 'pt>fr'].map((pair) => [pair, ALL_PAIRS_MEGABYTES] as const),
]);

/**
 * The 27 pairs that read well enough (chrF of 43 or more, two hops at most), as far as their modes are installed. Apertium has more
 * modes, and they are left out on purpose: a bad translation is worse than the original.
 */
export function pairsOf(modes: ReadonlySet<string>, megabytes: number): Pair[] {
  const isInstalled = (pair: Pair) => modesOf(pair).every((mode) => modes.has(mode));
  const overAnother = (source: string, target: string): Pair => {
    const overCatalan = { source, target, via: 'ca' };
    const least = OVER_CATALAN.get(`${source}>${target}`) ?? Infinity;
    return megabytes >= least && isInstalled(overCatalan) ? overCatalan : { source, target, via: 'es' };
  };
  return [
    ...Object.keys(FROM_SPANISH).map((target) => direct('es', target)),
    ...Object.keys(TO_SPANISH).map((source) => direct(source, 'es')),
    ...Object.keys(TO_SPANISH).flatMap((source) =>
      Object.keys(FROM_SPANISH)
        .filter((target) => target !== source)
        .map((target) => overAnother(source, target)),
    ),
    direct('sv', 'da'),
    direct('da', 'sv'),
  ].filter(isInstalled);
}

/** The modes a pair passes through, one after another. */
export function modesOf({ source, target, via }: Pair): string[] {
  const legs = via === null ? [`${source}>${target}`] : [`${source}>${via}`, `${via}>${target}`];
  return legs.map((leg) => MODES.get(leg) ?? '');
}

function direct(source: string, target: string): Pair {
  return { source, target, via: null };
}
