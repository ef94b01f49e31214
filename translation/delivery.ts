import { receiveFrom } from './engines/asking.ts';
import { type Delivery, type Engine, EngineError, type EngineText } from './engines/engine.ts';
import type { Ports } from './ports.ts';
import { validate } from './validate.ts';

/** What was handed to an asynchronous engine; the ids of the texts are their keys in the memory. */
export interface HandedIn {
  source: string;
  target: string;
  texts: readonly EngineText[];
}

/**
 * Takes what an asynchronous engine delivered into the memory, each text for itself. Returns how many were refused: those are
 * asked for again like any that never came.
 * @throws EngineError when the delivery is a failure, or nonsense
 */
export async function acceptDelivery(
  engine: Engine | undefined,
  { source, target, texts }: HandedIn,
  delivery: Delivery,
  { memory, languageOf }: Pick<Ports, 'memory' | 'languageOf'>,
): Promise<number> {
  if (!engine) throw new EngineError('unavailable', 'The engine this is from is not open here.');
  const answers = await receiveFrom(engine, delivery, texts);
  const good = answers.filter(({ text: received }, index) => isGood(texts[index]?.text ?? '', received));
  await memory?.keep(good.map(({ id, text }) => ({ key: id, source, target, engine: engine.name, text })));
  return answers.length - good.length;

  function isGood(sent: string, received: string): boolean {
    try {
      validate({ source, target, sent, received }, languageOf);
      return true;
    } catch {
      return false;
    }
  }
}
