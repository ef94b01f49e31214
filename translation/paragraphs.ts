import { type Engine, EngineError } from './engines/engine.ts';
import { cut } from './text/cut.ts';
import { protect, withoutPlaceholders } from './text/protect.ts';
import { trim } from './text/trim.ts';
import { validate } from './text/validate.ts';

export interface Passage {
  source: string;
  target: string;
  urgent?: boolean;
  signal?: AbortSignal;
}

/**
 * Protects, translates, validates and restores: as many paragraphs out as in.
 * @throws EngineError when the engine fails or says what it must not
 */
export async function translateParagraphs(
  engine: Engine,
  paragraphs: readonly string[],
  passage: Passage,
): Promise<string[]> {
  const hidden = paragraphs.map((paragraph) => protect(paragraph));
  const pieces = hidden.map(({ text }) => cut(text, engine.limits.charactersPerText).map((piece) => trim(piece)));
  const answers = await ask(
    engine,
    pieces
      .flat()
      .map(({ core }) => core)
      .filter(hasWords),
    passage,
  );
  const translatedOrSame = (core: string): string => (hasWords(core) ? (answers.shift() ?? '') : core);
  return hidden.map(({ restore }, index) =>
    restore((pieces[index] ?? []).map(({ core, wrap }) => wrap(translatedOrSame(core))).join('')),
  );
}

/** In as few requests as the engine allows. */
async function ask(engine: Engine, sent: readonly string[], passage: Passage): Promise<string[]> {
  const { textsPerRequest } = engine.limits;
  const received: string[] = [];
  while (received.length < sent.length) {
    const texts = sent.slice(received.length, received.length + textsPerRequest);
    received.push(...(await askOnce(engine, texts, passage)));
  }
  return received;
}

async function askOnce(engine: Engine, sent: readonly string[], passage: Passage): Promise<string[]> {
  const { source, target, urgent, signal } = passage;
  const answers = await engine.translate({
    source,
    target,
    texts: sent.map((text, index) => ({ id: String(index), text })),
    ...(urgent !== undefined && { urgent }),
    ...(signal !== undefined && { signal }),
  });
  if (answers.length !== sent.length) throw badIds();
  return sent.map((text, index) => {
    const answer = answers[index];
    if (answer?.id !== String(index)) throw badIds();
    validate({ source, target, sent: text, received: answer.text });
    return answer.text;
  });
}

function badIds(): EngineError {
  return new EngineError('bad_output', 'The engine answered other texts than it was asked for.');
}

function hasWords(text: string): boolean {
  return /\p{L}/u.test(withoutPlaceholders(text));
}
