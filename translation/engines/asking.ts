import { type Delivery, type Engine, EngineError, type EngineRequest, type EngineText } from './engine.ts';

/**
 * Asks for texts, and sees that their translations come back.
 * @throws EngineError, also for whatever an operator's engine throws (`bad_output`: a text may have caused it) or returns (`unavailable`)
 * that no engine may; or `signal.reason`
 */
export async function translateWith(engine: Engine, request: EngineRequest): Promise<EngineText[]> {
  const answers = await orAborted(
    ofEngine(engine, async () => engine.translate(request), 'bad_output'),
    request.signal,
  );
  return checked(engine, request.texts, answers);
}

/**
 * Hands texts to an asynchronous engine.
 * @throws EngineError, of kind `unavailable` for whatever an operator's engine throws; or `signal.reason`
 */
export async function submitTo(engine: Engine, request: EngineRequest & { callbackUrl: string }): Promise<void> {
  await orAborted(
    ofEngine(engine, async () => engine.callbacks?.submit(request)),
    request.signal,
  );
}

/**
 * What was posted to a callback, as translations of these texts.
 * @throws EngineError, as `translateWith`
 */
export async function receiveFrom(
  engine: Engine,
  delivery: Delivery,
  texts: readonly EngineText[],
): Promise<EngineText[]> {
  if (!engine.callbacks) throw new EngineError('unavailable', 'The engine this is from is not open here.');
  const { callbacks } = engine;
  return checked(engine, texts, await ofEngine(engine, async () => callbacks.receive(delivery, texts)));
}

/** An operator's engine may not listen to the signal: nobody waits for it longer all the same. */
export async function orAborted<Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return work;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * Work of an engine that may be an operator's: what it throws that is no EngineError is the engine's failure. Such an error is told by its
 * name alone, since many quote what they were working on.
 */
async function ofEngine<Value>(
  { label }: Engine,
  work: () => Promise<Value>,
  kind: 'bad_output' | 'unavailable' = 'unavailable',
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const name = error instanceof Error ? error.name : 'something';
    throw new EngineError(kind, `${label} broke down (${name}).`);
  }
}

function checked({ label }: Engine, texts: readonly EngineText[], answers: unknown): EngineText[] {
  if (!areTexts(answers)) throw new EngineError('unavailable', `${label} answers in no form an engine may.`);
  if (answers.length === texts.length && answers.every(({ id }, index) => id === texts[index]?.id)) return answers;
  throw new EngineError('bad_output', `${label} answers other texts than it was asked for.`);
}

function areTexts(answers: unknown): answers is EngineText[] {
  const isText = (each: unknown): boolean =>
    typeof each === 'object' && each !== null && 'id' in each && 'text' in each && typeof each.text === 'string';
  return Array.isArray(answers) && answers.every(isText);
}
