import { orAborted, translateWith } from './engines/asking.ts';
import { type Engine, EngineError, type EngineText, type Term } from './engines/engine.ts';
import { glossaryVersion, termsIn } from './glossary.ts';
import { memoryKey } from './memory.ts';
import type { Piece } from './pieces.ts';
import type { BatchOptions, Ports } from './ports.ts';
import type { Leg } from './ways.ts';
import { validate } from './validate.ts';

// These failures of an engine matter for all texts that wait for it; the others concern one text.
const OF_THE_ENGINE = new Set<string>(['auth', 'quota', 'rate_limited', 'timeout', 'unavailable']);

/** True when it is the engine that failed, not the text: another text would fare no better. */
export const isOfTheEngine = ({ kind }: EngineError): boolean => OF_THE_ENGINE.has(kind);

/** Takes pieces over one leg. Returns those whose answer comes later. */
export async function travel(leg: Leg, pieces: readonly Piece[], options: BatchOptions): Promise<readonly Piece[]> {
  const terms = options.glossary?.(leg.source, leg.target) ?? [];
  const unknown = await recall(leg, pieces, terms, options);
  if (unknown.length === 0) return [];
  if (leg.engine.callbacks) return handIn(leg, unknown, terms, options);
  await send(leg, unknown, terms, options);
  return [];
}

interface Unknown {
  piece: Piece;
  key: string;
  /** As it was before this leg. */
  sent: string;
}

async function recall(
  { engine, source, target }: Leg,
  pieces: readonly Piece[],
  terms: readonly Term[],
  { memory, onRemembered }: Ports,
): Promise<Unknown[]> {
  const asked = pieces.map((piece) => {
    const glossary = glossaryVersion(termsIn(piece.text, terms));
    return {
      piece,
      sent: piece.text,
      key: memoryKey({ source, target, tier: engine.tier, glossary, text: piece.text }),
    };
  });
  const found = await memory?.find(asked.map(({ key }) => key));
  for (const { piece, key } of asked) {
    piece.keys.push(key);
    const remembered = found?.get(key);
    if (remembered === undefined) continue;
    onRemembered?.(engine, piece.text.length);
    piece.text = remembered;
  }
  return asked.filter(({ key }) => !found?.has(key));
}

async function handIn(
  leg: Leg,
  unknown: readonly Unknown[],
  glossary: readonly Term[],
  options: BatchOptions,
): Promise<readonly Piece[]> {
  const awaited = await options.awaited?.(leg);
  const calls = inCalls(
    leg.engine,
    unknown.filter(({ key }) => !awaited?.has(key)),
  );
  for (const [index, call] of calls.entries()) {
    const error = await attempt(leg.engine, call, options, () => handInOnce(leg, call, glossary, options));
    for (const { piece } of call) piece.handedIn = !error;
    if (!error) continue;
    fail(calls.slice(index).flat(), error);
    break;
  }
  return unknown.map(({ piece }) => piece).filter(({ error }) => error === null);
}

async function handInOnce(
  { engine, source, target }: Leg,
  call: readonly Unknown[],
  glossary: readonly Term[],
  { submit, signal }: BatchOptions,
): Promise<void> {
  if (!submit) throw new EngineError('unavailable', `Nobody waits for the callbacks of ${engine.label} here.`);
  const texts = call.map(({ key, sent }) => ({ id: key, text: sent }));
  await orAborted(submit({ engine, source, target, texts, glossary }), signal);
}

/** In as few calls as the engine allows. Once the engine itself fails, it is not asked for the rest. */
async function send(
  leg: Leg,
  unknown: readonly Unknown[],
  terms: readonly Term[],
  options: BatchOptions,
): Promise<void> {
  const calls = inCalls(leg.engine, unknown);
  let isSane = false;
  for (let call = calls.shift(); call; call = calls.shift()) {
    const error = await sendOnce(leg, call, terms, options);
    if (!error) continue;
    const isDoubted: boolean = error.kind === 'bad_output' && !isSane;
    const own = isDoubted ? await probe(leg, options) : isOfTheEngine(error) ? error : null;
    if (own) return fail([call, ...calls].flat(), own);
    isSane ||= isDoubted;
    if (call.length === 1) fail(call, error);
    // The engine does not tell which of them was too much: each once more, alone.
    else calls.unshift(...call.map((one) => [one]));
  }
}

/** A word that every engine can translate. */
const PLAIN_WORD = 'Europa.';

/** An engine that makes nonsense of a text may do so with any: a plain word tells. Returns what the engine fails with, null when it is well. */
function probe({ engine, source, target }: Leg, options: BatchOptions): Promise<EngineError | null> {
  return attempt(engine, [{ sent: PLAIN_WORD }], options, async () => {
    const texts = [{ id: '0', text: PLAIN_WORD }];
    try {
      await translateWith(engine, { source, target, texts, ...howOf(options) });
    } catch (error) {
      if (!(error instanceof EngineError) || isOfTheEngine(error)) throw error;
      throw new EngineError('unavailable', `${engine.label} answers a plain word with nonsense.`);
    }
  });
}

function inCalls({ limits }: Engine, unknown: readonly Unknown[]): Unknown[][] {
  const calls: Unknown[][] = [];
  let characters = 0;
  for (const each of unknown) {
    const last = calls.at(-1);
    characters += each.sent.length;
    if (last && last.length < limits.textsPerRequest && characters <= limits.charactersPerRequest) last.push(each);
    else {
      calls.push([each]);
      characters = each.sent.length;
    }
  }
  return calls;
}

function sendOnce(
  leg: Leg,
  call: readonly Unknown[],
  terms: readonly Term[],
  options: BatchOptions,
): Promise<EngineError | null> {
  const { engine, source, target } = leg;
  return attempt(engine, call, options, async () => {
    const texts = call.map(({ sent }, index) => ({ id: String(index), text: sent }));
    const answers = await translateWith(engine, {
      ...{ source, target, texts },
      ...askedOf(engine, call, terms),
      ...howOf(options),
    });
    await keep(leg, check(leg, call, answers, options), options);
  });
}

/** One call, within the budget, told when it is over. Returns what the engine failed with. */
async function attempt(
  engine: Engine,
  call: readonly Pick<Unknown, 'sent'>[],
  { reserve, onCall, signal }: BatchOptions,
  work: () => Promise<void>,
): Promise<EngineError | null> {
  const characters = call.reduce((sum, { sent }) => sum + sent.length, 0);
  const started = performance.now();
  const told = (error: EngineError | null): EngineError | null => {
    onCall?.({ engine, characters, texts: call.length, milliseconds: performance.now() - started, error });
    return error;
  };
  try {
    if (reserve && !(await reserve(engine, characters)))
      throw new EngineError('quota', `The budget for ${engine.label} is spent.`);
    await work();
    return told(null);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof EngineError) return told(error);
    throw error;
  }
}

/** All terms of the pair as soon as one occurs: an engine that stores glossaries then stores one, not one for each batch. */
function askedOf(engine: Engine, call: readonly Unknown[], glossary: readonly Term[]): { glossary?: readonly Term[] } {
  const isUsed = engine.appliesGlossary && call.some(({ sent }) => termsIn(sent, glossary).length > 0);
  return isUsed ? { glossary } : {};
}

function howOf({ urgent, signal }: BatchOptions): Pick<BatchOptions, 'urgent' | 'signal'> {
  return { ...(urgent !== undefined && { urgent }), ...(signal !== undefined && { signal }) };
}

/** Each answer for itself: a bad one fails its piece, the others are taken. */
function check(leg: Leg, call: readonly Unknown[], answers: readonly EngineText[], { languageOf }: Ports): Unknown[] {
  return call.filter(({ piece, sent }, index) => {
    const received = answers[index]?.text ?? '';
    try {
      validate({ source: leg.source, target: leg.target, sent, received }, languageOf);
      piece.text = received;
      return true;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      fail([{ piece }], error);
      return false;
    }
  });
}

async function keep({ engine, source, target }: Leg, good: readonly Unknown[], { memory }: Ports): Promise<void> {
  if (!memory || good.length === 0) return;
  await memory.keep(good.map(({ piece, key }) => ({ key, source, target, engine: engine.name, text: piece.text })));
}

function fail(pieces: readonly Pick<Unknown, 'piece'>[], error: EngineError | null): void {
  for (const { piece } of pieces) piece.error = error;
}
