import { EngineError, type Engine } from './engine.ts';

/** The engine that is always there and translates nothing: readers get the original and are told so. */
export function createNone(): Engine {
  return {
    name: 'none',
    label: 'none',
    local: true,
    policy: 'wish',
    tier: 'rough',
    appliesGlossary: false,
    limits: { charactersPerText: 0, textsPerRequest: 0, charactersPerRequest: 0, requestsAtOnce: 0 },
    pairs: () => [],
    translate: async ({ source, target }) => {
      throw new EngineError('unsupported_pair', `No translation from ${source} to ${target}.`);
    },
    health: async () => ({ ok: true, message: 'Offers no translations.' }),
    cost: () => 0,
    close: async () => {},
  };
}
