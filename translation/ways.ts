import type { Engine, Tier } from './engines/engine.ts';

/** One call to one engine, in the codes that engine uses. */
export interface Leg {
  engine: Engine;
  source: string;
  target: string;
}

/** A way from one language to another, and what people must know about it. */
export interface Way {
  /** The engine that says the last word. */
  engine: string;
  label: string;
  policy: 'eager' | 'wish';
  /** True when the text leaves the operator's machines on no leg. */
  local: boolean;
  tier: Tier;
  /** The language in between, null when direct. */
  via: string | null;
  /** The variant that readers get when it is not the very language they asked for: 'pt-BR' for 'pt'. */
  variant: string | null;
  /** One, or two: never more. */
  legs: readonly Leg[];
}

/** What an operator lets an engine do; '*' stands for any language. */
export interface AllowedPair {
  source: string;
  target: string;
}

export interface WayOptions {
  /** Engines named here serve these pairs only: those somebody found good enough. All others serve what they offer. */
  allowed?: Readonly<Record<string, readonly AllowedPair[]>> | undefined;
}

/** All ways there are, best first. */
export interface Ways {
  /** In order of the engines; ways in one step come before ways over English that two engines share. */
  between(source: string, target: string): readonly Way[];
  /** The languages a text in `source` can be translated into. */
  targets(source: string): readonly string[];
}

// What stands in for a language that an engine does not offer under its own code, the nearest first.
const STAND_INS: Readonly<Record<string, readonly string[]>> = {
  pt: ['pt-PT', 'pt-BR'],
  'pt-PT': ['pt', 'pt-BR'],
  'pt-BR': ['pt', 'pt-PT'],
  en: ['en-GB', 'en-US'],
  nb: ['no'],
  no: ['nb'],
  zh: ['zh-Hans'],
};

/** The codes under which an engine may offer a language, the best first: 'pt' → pt, pt-PT, pt-BR. */
export function variantsOf(language: string): readonly string[] {
  return [language, ...(STAND_INS[language] ?? [])];
}

// The one language that most neural engines reach all others through; a rough engine on either side would spoil it.
const PIVOT = 'en';

/** Works out which engine carries what, from what the engines offer and the operator allows. */
export function waysOf(engines: readonly Engine[], { allowed = {} }: WayOptions = {}): Ways {
  const offers = engines.map((engine) => offerOf(engine));
  const known = new Map<string, readonly Way[]>();

  const between = (source: string, target: string): readonly Way[] =>
    known.getOrInsertComputed(`${source}>${target}`, () => (source === target ? [] : find(source, target)));

  function find(source: string, target: string): readonly Way[] {
    const direct = offers.map((offer) => directWay(offer, source, target)).filter((way) => way !== null);
    return direct.length > 0 || source === PIVOT || target === PIVOT ? direct : overPivot(source, target);
  }

  function directWay(offer: Offer, source: string, target: string): Way | null {
    const { engine } = offer;
    if (!isAllowed(allowed[engine.name], source, target)) return null;
    for (const from of variantsOf(source)) {
      for (const to of variantsOf(target)) {
        const via = offer.pairs.get(`${from}>${to}`);
        if (via !== undefined) return wayOf(legsOf(engine, { from, via, to }), via, to === target ? null : to);
      }
    }
    return null;
  }

  function overPivot(source: string, target: string): Way[] {
    const [first, second] = [between(source, PIVOT), between(PIVOT, target)].map((ways) => ways.find(isGoodLeg));
    if (!first || !second) return [];
    return [wayOf([...first.legs, ...second.legs], PIVOT, second.variant)];
  }

  return {
    between,
    targets: (source) => [...new Set(offers.flatMap(({ targets }) => targets))].filter((to) => between(source, to)[0]),
  };
}

/** The pairs of an engine by their codes, each with its pivot. */
interface Offer {
  engine: Engine;
  pairs: ReadonlyMap<string, string | null>;
  targets: readonly string[];
}

function offerOf(engine: Engine): Offer {
  const pairs = engine.pairs();
  const targets = new Set(pairs.flatMap(({ target }) => [target, new Intl.Locale(target).language]));
  return {
    engine,
    pairs: new Map(pairs.map((pair) => [`${pair.source}>${pair.target}`, pair.via])),
    targets: [...targets],
  };
}

function isAllowed(allowed: readonly AllowedPair[] | undefined, source: string, target: string): boolean {
  const fits = (pattern: string, language: string): boolean => pattern === '*' || pattern === language;
  return !allowed || allowed.some((pair) => fits(pair.source, source) && fits(pair.target, target));
}

const isGoodLeg = ({ tier, legs }: Way): boolean => tier !== 'rough' && legs.length === 1;

function legsOf(engine: Engine, { from, via, to }: { from: string; via: string | null; to: string }): Leg[] {
  if (via === null) return [{ engine, source: from, target: to }];
  return [
    { engine, source: from, target: via },
    { engine, source: via, target: to },
  ];
}

function wayOf(legs: readonly Leg[], via: string | null, variant: string | null): Way {
  const engines = legs.map(({ engine }) => engine);
  const last = engines.at(-1);
  if (!last) throw new Error('A way has at least one leg.');
  return {
    engine: last.name,
    label: [...new Set(engines.map(({ label }) => label))].join(' + '),
    policy: engines.every(({ policy }) => policy === 'eager') ? 'eager' : 'wish',
    local: engines.every(({ local }) => local),
    tier: last.tier,
    via,
    variant,
    legs,
  };
}
