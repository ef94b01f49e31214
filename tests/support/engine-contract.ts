import { inspect } from 'node:util';
import { expect, test } from 'vitest';

import type { Engine, EngineErrorKind, EngineText, Pair } from '../../translation/engines/engine.ts';
import { ask } from './stand-ins/asking.ts';
import type { Fault, StandIn } from './stand-ins/stand-in.ts';

const HELLO = 'Más trenes nocturnos para Europa.';
/** Long enough for a stand-in under full load, far below the drip. */
const DEADLINE_MS = 1_500;
const UNTIL_ABORTED_MS = 100;
const HOUR_MS = 3_600_000;

/** What every engine owes, whatever it does inside, and whether it answers at once or by callback. Call it inside a `describe`. */
export function keepsTheContract(open: () => Promise<Engine>): void {
  test('says what it is', async () => {
    await using opened = await opening(open);
    const { name, label, limits, tier, policy } = opened.engine;
    expect(name).toMatch(/^[a-z0-9-]+$/);
    expect(label).not.toBe('');
    expect(['rough', 'good', 'best']).toContain(tier);
    expect(['eager', 'wish']).toContain(policy);
    expect(Math.min(...Object.values(limits)) > 0).toBe(opened.engine.pairs().length > 0);
    expect(opened.engine.cost(1000)).toBeGreaterThanOrEqual(0);
  });

  test('offers each pair once, and never a language into itself', async () => {
    await using opened = await opening(open);
    const pairs = opened.engine.pairs().map(({ source, target }) => `${source}>${target}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(opened.engine.pairs().filter(({ source, target }) => source === target)).toEqual([]);
    const codes = opened.engine.pairs().flatMap(({ source, target }) => [source, target]);
    expect(codes.filter((code) => Intl.getCanonicalLocales(code)[0] !== code)).toEqual([]);
  });

  test('refuses a pair it does not offer', async () => {
    await using opened = await opening(open);
    const request = { source: 'xx', target: 'yy', texts: [{ id: 'a', text: 'Hello.' }] };
    await expect(opened.engine.translate(request)).rejects.toMatchObject({ kind: 'unsupported_pair' });
    await expect(ask(opened.engine, request)).rejects.toMatchObject({ kind: 'unsupported_pair' });
  });

  test('answers with the ids it was asked for, in order', async () => {
    await using opened = await opening(open);
    for (const pair of somePair(opened.engine)) {
      const answer = await ask(opened.engine, { ...pair, texts: ['b', 'a'].map((id) => ({ id, text: HELLO })) });
      expect(answer.map(({ id }) => id)).toEqual(['b', 'a']);
      expect(answer.every(({ text }) => text.length > 0)).toBe(true);
    }
    expect(await opened.engine.health()).toMatchObject({ ok: true });
  });

  test('refuses more than its limits', async () => {
    await using opened = await opening(open);
    const { charactersPerText, textsPerRequest } = opened.engine.limits;
    for (const pair of somePair(opened.engine)) {
      const many = Array.from({ length: textsPerRequest + 1 }, (_, at) => ({ id: String(at), text: 'a' }));
      await expect(ask(opened.engine, { ...pair, texts: many })).rejects.toMatchObject({ kind: 'bad_request' });
      const long = [{ id: 'a', text: 'a'.repeat(charactersPerText + 1) }];
      await expect(ask(opened.engine, { ...pair, texts: long })).rejects.toMatchObject({ kind: 'too_long' });
    }
    expect(textsPerRequest).toBeGreaterThanOrEqual(0);
  });

  test('stops when asked to', async () => {
    await using opened = await opening(open);
    const signal = AbortSignal.abort(new Error('The reader left.'));
    for (const pair of somePair(opened.engine)) {
      const request = { ...pair, texts: [{ id: 'a', text: HELLO }], signal };
      await expect(ask(opened.engine, request)).rejects.toThrow('The reader left.');
    }
    expect(await opened.engine.health()).toMatchObject({ ok: true });
  });

  test('can be closed twice', async () => {
    await using opened = await opening(open);
    await opened.engine.close();
    await expect(opened.engine.close()).resolves.toBeUndefined();
  });
}

/** An engine and the server that stands in for its service. */
export interface Served {
  start(): Promise<StandIn>;
  open(standIn: StandIn, options: { deadlineMs: number }): Promise<Engine>;
  /** What must stand in no message. */
  secrets: readonly string[];
  /** A pair both know. */
  pair: Pick<Pair, 'source' | 'target'>;
  /** Whether its documentation knows 456: the quota is used up. */
  knowsQuota?: boolean;
  /** What it is when more or fewer translations come than texts went, where what a text says may do that. */
  miscounts?: EngineErrorKind;
}

/** What every engine does when its service fails: the right kind of error, in time, without a secret. Call it inside a `describe`. */
export function survivesItsService(served: Served): void {
  const { pair, secrets } = served;
  const texts = ['a', 'b', 'c'].map((id) => ({ id, text: `${HELLO} ${id}` }));

  test('translates', async () => {
    await using both = await serving(served);
    const answer = await ask(both.engine, { ...pair, texts });
    expect(answer.map(({ id, text }) => [id, text.startsWith(`${HELLO} ${id}`)])).toEqual(
      texts.map(({ id }) => [id, true]),
    );
  });

  test.each<[fault: Fault, kind: EngineErrorKind, retryAfterMs?: number]>([
    [{ status: 400 }, 'bad_request'],
    [{ status: 401 }, 'auth'],
    [{ status: 403 }, 'auth'],
    [{ status: 400, page: true }, 'unavailable'],
    [{ status: 404 }, 'unavailable'],
    [{ status: 405 }, 'unavailable'],
    [{ status: 408 }, 'timeout'],
    [{ status: 413 }, 'too_long'],
    [{ status: 429 }, 'rate_limited'],
    [{ status: 429, retryAfter: '7' }, 'rate_limited', 7_000],
    [{ status: 429, retryAfter: 'soon' }, 'rate_limited'],
    [{ status: 429, retryAfter: 'Sun, 06 Nov 1994 08:49:37 GMT' }, 'rate_limited', 0],
    ...(served.knowsQuota ? [[{ status: 456 }, 'quota'] satisfies [Fault, EngineErrorKind]] : []),
    [{ status: 500 }, 'unavailable'],
    [{ status: 503 }, 'rate_limited'],
    [{ status: 503, retryAfter: '60' }, 'rate_limited', 60_000],
    [{ status: 504 }, 'timeout'],
    [{ status: 529 }, 'rate_limited'],
    ['hang-up', 'unavailable'],
    ['redirect', 'unavailable'],
    ['garbage', 'unavailable'],
    ['html', 'unavailable'],
    ['endless', 'unavailable'],
    ['wrong-shape', 'unavailable'],
    ['fewer', served.miscounts ?? 'unavailable'],
    ['more', served.miscounts ?? 'unavailable'],
    ['drip', 'timeout'],
    ['silent', 'timeout'],
  ])('%j is %s', async (fault, kind, retryAfterMs) => {
    await using both = await serving(served);
    both.standIn.misbehave(fault);
    const error = await failureOf(ask(both.engine, { ...pair, texts }));
    expect(error).toMatchObject({ name: 'EngineError', kind });
    expect(Reflect.get(error, 'retryAfterMs')).toBe(retryAfterMs);
    // Neither its message nor its causes may end in a log with a key or with what somebody wrote.
    for (const secret of [...secrets, HELLO])
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret);
    both.standIn.misbehave(null);
    expect(await ask(both.engine, { ...pair, texts })).toHaveLength(texts.length);
  });

  test('a date to come back at is that far away', async () => {
    await using both = await serving(served);
    both.standIn.misbehave({ status: 429, retryAfter: new Date(Date.now() + HOUR_MS).toUTCString() });
    const error = await failureOf(ask(both.engine, { ...pair, texts }));
    const wait = Number(Reflect.get(error, 'retryAfterMs'));
    expect(wait).toBeGreaterThan(HOUR_MS - 30_000);
    expect(wait).toBeLessThanOrEqual(HOUR_MS);
  });

  test('a service that is not there is unavailable, and said to be so', async () => {
    await using both = await serving(served);
    await both.standIn.close();
    expect(await failureOf(ask(both.engine, { ...pair, texts }))).toMatchObject({ kind: 'unavailable' });
    expect(await both.engine.health()).toMatchObject({ ok: false });
  });

  test('a service that is not there yet can be opened all the same', async () => {
    const standIn = await served.start();
    await standIn.close();
    const engine = await served.open(standIn, { deadlineMs: DEADLINE_MS });
    expect(engine.pairs()).toContainEqual(expect.objectContaining(pair));
    await engine.close();
  });

  test('a reader who leaves does not wait', async () => {
    await using both = await serving(served);
    both.standIn.misbehave('silent');
    const leaving = new AbortController();
    setTimeout(() => leaving.abort(new Error('The reader left.')), UNTIL_ABORTED_MS);
    const asked = ask(both.engine, { ...pair, texts, signal: leaving.signal });
    await expect(asked).rejects.toThrow('The reader left.');
  });

  test('what is under way when it closes is unavailable', async () => {
    await using both = await serving(served);
    both.standIn.misbehave('silent');
    const failure = failureOf(ask(both.engine, { ...pair, texts }));
    setTimeout(() => void both.engine.close(), UNTIL_ABORTED_MS);
    expect(await failure).toMatchObject({ kind: 'unavailable' });
  });
}

/** The first pair it translates in one call, if it has any. */
function somePair(engine: Engine): Pick<Pair, 'source' | 'target'>[] {
  return engine
    .pairs()
    .filter(({ via }) => via === null)
    .slice(0, 1)
    .map(({ source, target }) => ({ source, target }));
}

async function failureOf(asked: Promise<EngineText[]>): Promise<Error> {
  const outcome = await asked.catch((error: unknown) => error);
  if (outcome instanceof Error) return outcome;
  throw new Error(`It answered: ${inspect(outcome)}`);
}

async function opening(open: () => Promise<Engine>): Promise<{ engine: Engine } & AsyncDisposable> {
  const engine = await open();
  return { engine, [Symbol.asyncDispose]: () => engine.close() };
}

async function serving({ start, open }: Served): Promise<{ engine: Engine; standIn: StandIn } & AsyncDisposable> {
  const standIn = await start();
  const engine = await open(standIn, { deadlineMs: DEADLINE_MS });
  return {
    engine,
    standIn,
    [Symbol.asyncDispose]: async () => {
      await engine.close();
      await standIn.close();
    },
  };
}
