import { createApertium } from './apertium/apertium.ts';
import type { Engine } from './engine.ts';
import { createNone } from './none.ts';

type Opened = { engine: Engine } | { engine: null; reason: string };

// A new engine is one line here and a file of its own.
const ENGINES = new Map<string, () => Promise<Opened>>([
  ['apertium', async () => orAbsent(await createApertium(), 'Apertium and its language pairs are not installed.')],
  ['none', async () => ({ engine: createNone() })],
]);

/** What may stand in TRANSLATION_ENGINES. */
export const ENGINE_NAMES: readonly string[] = [...ENGINES.keys()];

/**
 * Opens an engine by its name, or tells why it cannot be had here.
 * @throws Error when there is no engine of that name
 */
export async function openEngine(name: string): Promise<Opened> {
  const open = ENGINES.get(name);
  if (open !== undefined) return open();
  throw new Error(`There is no translation engine "${name}"; there are: ${ENGINE_NAMES.join(', ')}.`);
}

function orAbsent(engine: Engine | null, reason: string): Opened {
  return engine === null ? { engine, reason } : { engine };
}
