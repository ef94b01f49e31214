import type { Outcome } from '#translation/batch.ts';
import type { EngineError } from '#translation/engines/engine.ts';
import { isOfTheEngine } from '#translation/leg.ts';
import type { Way } from '#translation/ways.ts';
import type { Em } from '../../platform/db/database.ts';
import { recordFailure } from './engine-states.ts';
import { giveBack, setFailed, storeMade, type Claimed, type Made } from './queue.ts';
import { readAnswerSince, wakeWaiting } from './submissions.ts';
import { openWays } from './suspension.ts';
import type { Tally } from './till.ts';
import { TRIES } from '../texts/translations.ts';
import type { Workplace } from './workplace.ts';

const FIRST_PAUSE_SECONDS = 2;
/** Longer than an engine's patience: by then it was asked again. */
const SPARE_SECONDS = 60;

export type Settled = [Claimed, Outcome];

export const pair = (claimed: readonly Claimed[], outcomes: readonly Outcome[]): Settled[] =>
  claimed.flatMap((each, index) => {
    const outcome = outcomes[index];
    return outcome ? [[each, outcome] satisfies Settled] : [];
  });

/** The way texts went, what was counted on it, and where else they can go. */
export interface Travelled {
  way: Way;
  tally: Tally;
  /** When they were claimed, in milliseconds. */
  begun: number;
  /** Sends them another way than over this engine; false when there is none. */
  detour(claimed: readonly Claimed[], around: string): Promise<boolean>;
}

/** Writes down what came of each text. */
export async function settle(place: Workplace, travelled: Travelled, settled: readonly Settled[]): Promise<void> {
  const { way } = travelled;
  const em = place.database.em();
  const of = <State extends Outcome['state']>(wanted: State) =>
    settled.flatMap(([claimed, outcome]) => (isIn(outcome, wanted) ? [{ claimed, outcome }] : []));
  await storeMade(
    em,
    of('ready').map(({ claimed, outcome }) => madeOf(way, claimed, outcome)),
  );
  await awaitAnswers(em, travelled, of('submitted'));
  const failed = of('failed').map(({ claimed, outcome }) => ({ claimed, error: outcome.error }));
  for (const [, all] of Map.groupBy(failed, ({ error }) => (isOfTheEngine(error) ? error : error.kind)))
    await settleFailed(place, travelled, all);
}

const isIn = <State extends Outcome['state']>(outcome: Outcome, state: State): outcome is Outcome & { state: State } =>
  outcome.state === state;

function madeOf({ engine, via, variant }: Way, claimed: Claimed, outcome: Outcome & { state: 'ready' }): Made {
  const { title, body, missed } = outcome;
  const keys = claimed.isPublic ? outcome.keys : [];
  const terms = missed.map(({ source, target }) => `${source} → ${target}`);
  const { textId, language, source } = claimed;
  return { textId, language, source, title, body, engine, via, variant, missed: [...new Set(terms)], keys };
}

/** Those that only look whether their answer has come have not been tried once more. */
async function awaitAnswers(
  em: Em,
  { way: { legs }, begun }: Travelled,
  submitted: readonly { claimed: Claimed; outcome: Outcome & { state: 'submitted' } }[],
): Promise<void> {
  const leg = legs.find(({ engine }) => engine.callbacks);
  if (!leg?.engine.callbacks || submitted.length === 0) return;
  const seconds = leg.engine.callbacks.patienceMs / 1_000 + SPARE_SECONDS;
  for (const [isNew, some] of Map.groupBy(submitted, ({ outcome }) => outcome.isNew))
    await giveBack(
      em,
      some.map(({ claimed }) => claimed),
      { seconds, isBlameless: !isNew, engine: leg.engine.name },
    );
  // An answer that was faster than this statement has woken nobody.
  const open = { engine: leg.engine.name, source: leg.source, target: leg.target };
  const answer = await readAnswerSince(em, open, performance.now() - begun);
  if (answer) await wakeWaiting(em, open, { seconds: FIRST_PAUSE_SECONDS, isBlameless: answer.hasFailed });
}

/** Texts that failed together. When it is the engine that failed, they go another way, or wait for it and keep their tries. */
export async function settleFailed(
  { database, languages, states }: Workplace,
  { way, tally, detour }: Travelled,
  failed: readonly { claimed: Claimed; error: EngineError }[],
): Promise<void> {
  const em = database.em();
  const all = failed.map(({ claimed }) => claimed);
  const error = failed[0]?.error;
  if (!error) return;
  const { kind } = error;
  if (isOfTheEngine(error)) {
    const culprit = (tally.culprits.get(error) ?? way.legs[0]?.engine)?.name ?? '';
    const failures = await recordFailure(em, culprit, error);
    if (await detour(all, culprit)) return;
    // One text may be what an engine hangs on; when several hang, it is the engine.
    const isBlameless = kind !== 'timeout' || failures > 1;
    return giveBack(em, all, { seconds: FIRST_PAUSE_SECONDS, isBlameless, failure: kind });
  }
  // An engine says the same to the same text again; each of the others is asked once.
  const isFinal = (claimed: Claimed): boolean =>
    claimed.tries >= Math.min(TRIES, Math.max(2, openWays(languages.translator, claimed, states()).length));
  await setFailed(em, all.filter(isFinal), kind);
  for (const [tries, some] of Map.groupBy(
    all.filter((each) => !isFinal(each)),
    (each) => each.tries,
  ))
    await giveBack(em, some, { seconds: FIRST_PAUSE_SECONDS * 2 ** (tries - 1), isBlameless: false, failure: kind });
}
