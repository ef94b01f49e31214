import { cut } from '../../text/cut.ts';
import { trim } from '../../text/trim.ts';
import type { EngineRequest, EngineText } from '../engine.ts';
import type { Pool } from './pool.ts';
import { mend, prepare } from './mend.ts';
import { encode } from './stream.ts';

// Someone who waits gets in between two turns; a turn of this length takes about 0.1 s.
const CHARACTERS_PER_TURN = 2_000;
// While one piece is being translated, the next already waits in the queue of its mode.
const PIECES_AT_ONCE = 2;

/** Sends all texts of a request through a mode, turn by turn. */
export async function translateTexts(mode: string, pool: Pool, request: EngineRequest): Promise<EngineText[]> {
  const options = { urgent: request.urgent ?? false, signal: request.signal };
  const pieces = request.texts.flatMap(({ text }, index) =>
    cut(text, CHARACTERS_PER_TURN).map((piece) => ({ index, piece })),
  );
  const translated = await mapSome(pieces, async ({ index, piece }) => ({
    index,
    text: await throughMode(piece, request, (stream) => pool.turn(mode, stream, options)),
  }));
  const byText = Map.groupBy(translated, ({ index }) => index);
  return request.texts.map(({ id }, index) => ({
    id,
    text: (byText.get(index) ?? []).map(({ text }) => text).join(''),
  }));
}

async function throughMode(
  piece: string,
  { source, target }: Pick<EngineRequest, 'source' | 'target'>,
  turn: (stream: string) => Promise<string>,
): Promise<string> {
  if (!/[\p{L}\p{N}]/u.test(piece)) return piece;
  const { core, wrap } = trim(piece);
  const { stream, decode } = encode(prepare(core, source));
  return wrap(mend(core, decode(await turn(stream)).trim(), target));
}

/** Like Promise.all over the items, a few at a time. */
async function mapSome<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  try {
    await Promise.all(Array.from({ length: PIECES_AT_ONCE }, worker));
    return results;
  } finally {
    // After a failure the other workers must not go on with what is left.
    queue.toArray();
  }
}
