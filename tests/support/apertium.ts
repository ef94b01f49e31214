import { type ApertiumOptions, createApertium } from '../../translation/engines/apertium/apertium.ts';
import type { Engine } from '../../translation/engines/engine.ts';

export const SPANISH = 'Debemos invertir más en energías renovables y en el transporte público.';
export const PORTUGUESE = 'Devemos investir mais em energias renováveis e no transporte público.';

const probe = await createApertium();
await probe?.close();
/** Whether this machine has Apertium; without it the tests that need it are skipped, and say so. */
export const installed = probe !== null;
if (!installed) console.warn('Apertium is not installed: its tests are skipped.');

let open: Engine[] = [];

/** An engine of one's own, closed by `closeAll`. */
export async function apertium(options?: ApertiumOptions): Promise<Engine> {
  const engine = await createApertium(options);
  if (engine === null) throw new Error('Apertium went away.');
  open.push(engine);
  return engine;
}

export async function closeAll(): Promise<void> {
  await Promise.all(open.map((engine) => engine.close()));
  open = [];
}

export async function translate(engine: Engine, source: string, target: string, text: string): Promise<string> {
  const [answer] = await engine.translate({ source, target, texts: [{ id: 'a', text }] });
  return answer?.text ?? '';
}
