import type { Engine } from '../../translation/engines/engine.ts';

interface Stub {
  policy?: Engine['policy'];
  /** What it says to a text; by default the text with the language before it. */
  say?: (text: string, target: string) => string;
}

/** An engine that translates between a few languages by rote, well or badly as a test needs it. */
export function stubEngine({ policy = 'eager', say = (text, target) => `${target}: ${text}` }: Stub = {}): Engine {
  const languages = ['en', 'es', 'pt', 'fr', 'de'];
  const pairs = languages.flatMap((source) =>
    languages.filter((target) => target !== source).map((target) => ({ source, target, via: null })),
  );
  return {
    name: 'stub',
    label: 'Stub',
    local: true,
    policy,
    tier: 'good',
    appliesGlossary: false,
    limits: { charactersPerText: 10_000, textsPerRequest: 50, charactersPerRequest: 100_000, requestsAtOnce: 4 },
    pairs: () => pairs,
    translate: async ({ target, texts }) => texts.map(({ id, text }) => ({ id, text: say(text, target) })),
    health: async () => ({ ok: true, message: 'A stub is always well.' }),
    cost: () => 0,
    close: async () => {},
  };
}
