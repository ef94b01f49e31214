import { translateBatch, type Outcome } from '../../translation/batch.ts';
import { EngineError, type Engine } from '../../translation/engines/engine.ts';
import { glossaryVersion } from '../../translation/glossary.ts';
import { isOfTheEngine } from '../../translation/leg.ts';
import type { Ports } from '../../translation/ports.ts';
import type { Route } from '../../translation/routes.ts';
import type { Database, Em } from '../platform/db/database.ts';
import type { Settings } from '../platform/settings.ts';
import type { Languages } from '../texts/texts.ts';
import { recordFailure, recordSuccess, type EngineState } from './engine-states.ts';
import { readGlossary, type Glossary, type TermsOf } from './glossary.ts';
import { memoryIn, readOnly } from './memory.ts';
import { dropClaims, giveBack, setFailed, storeMade, type Claimed } from './queue.ts';
import { createTally, recordUse, reserve, type Tally, type Use } from './spending.ts';
import { countOpen, submit } from './submissions.ts';
import { openRoutes } from './suspension.ts';
import { READER, TRIES } from './translations.ts';

/** Many times what the longest batch takes: an engine that drips does not keep a place for ever. */
const WORK_MILLISECONDS = 120_000;
const FIRST_PAUSE_SECONDS = 2;
/** Longer than an engine's patience: by then it was asked again. */
const SPARE_SECONDS = 60;

export interface Workplace {
  database: Database;
  languages: Languages;
  settings: Pick<Settings, 'budgets' | 'timeZone' | 'publicUrl'>;
  /** How the engines are doing, as of a second ago. */
  states(): ReadonlyMap<string, EngineState>;
}

/** Translates what was claimed, and writes down what came of it: ready, handed in, given back or failed. Throws `signal.reason` when it was cut short. */
export async function translateClaimed(
  place: Workplace,
  claimed: readonly Claimed[],
  signal: AbortSignal,
): Promise<void> {
  const em = place.database.em();
  await dropClaims(
    em,
    claimed.filter(({ withdrawn }) => withdrawn),
  );
  const rest = claimed.filter(({ withdrawn }) => !withdrawn);
  const spaceIds = [...new Set(rest.flatMap(({ spaceId }) => spaceId ?? []))];
  const glossary = await readGlossary(em, { spaceIds });
  for (const group of groups(place, rest, glossary)) await translateGroup(place, group, signal);
}

/** Claims that go the same way under the same conditions. */
interface Group {
  route: Route | null;
  terms: TermsOf;
  isPublic: boolean;
  claimed: readonly Claimed[];
}

function groups({ languages, states }: Workplace, claimed: readonly Claimed[], glossary: Glossary): Group[] {
  const grouped = new Map<string, Group & { claimed: Claimed[] }>();
  for (const each of claimed) {
    const routes = openRoutes(languages.translator, each, states());
    // A text that one way has failed takes the next.
    const route = routes[(each.tries - 1) % Math.max(1, routes.length)] ?? null;
    const terms = glossary(each.spaceId);
    const versions = route?.legs.map(({ source, target }) => glossaryVersion(terms(source, target))) ?? [];
    const key = JSON.stringify([routes.indexOf(route ?? NOWHERE), versions, each.isPublic]);
    grouped.getOrInsertComputed(key, () => ({ route, terms, isPublic: each.isPublic, claimed: [] })).claimed.push(each);
  }
  return [...grouped.values()];
}

const NOWHERE: Route = {
  ...{ engine: '', label: '', policy: 'wish', local: true, tier: 'rough', via: null, variant: null, legs: [] },
};

async function translateGroup(place: Workplace, group: Group, signal: AbortSignal): Promise<void> {
  const { route, terms, isPublic, claimed } = group;
  const em = place.database.em();
  // The engine went away between the claim and now.
  if (!route) return giveBack(em, claimed, { seconds: 1, isBlameless: true });
  const tally = createTally();
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(WORK_MILLISECONDS)]);
  try {
    const outcomes = await translateBatch(route, claimed.map(textOf), {
      ...portsOf(place, deadline, { isPublic, terms }),
      onCall: tally.ofCall,
      onRemembered: tally.ofMemory,
      urgent: claimed.some(({ priority }) => priority >= READER),
      signal: deadline,
    });
    await settle(place, { route, tally }, pair(claimed, outcomes));
  } catch (error) {
    if (!deadline.aborted || signal.aborted) throw error;
    const late = new EngineError('timeout', `${route.label} took longer than ${WORK_MILLISECONDS / 1_000} seconds.`);
    await settleFailed(
      place,
      { route, tally },
      claimed.map((each) => ({ claimed: each, error: late })),
    );
  } finally {
    for (const [engine, use] of tally.uses) await recordEngine(place, engine, use);
  }
}

const textOf = ({ title, body }: Claimed) => ({ title, body: body ?? '' });

async function recordEngine({ database, settings }: Workplace, engine: Engine, use: Use): Promise<void> {
  const isReserved = settings.budgets[engine.name] !== undefined;
  await recordUse(database.em(), { engine, timeZone: settings.timeZone, isReserved }, use);
  if (use.calls > 0) await recordSuccess(database.em(), engine.name);
}

function portsOf(
  { database, languages, settings }: Workplace,
  signal: AbortSignal,
  { isPublic, terms }: Pick<Group, 'isPublic' | 'terms'>,
): Ports {
  const em = () => database.em();
  const detector = languages.detector();
  const memory = memoryIn(em);
  return {
    memory: isPublic ? memory : readOnly(memory),
    glossary: terms,
    reserve: async (engine, characters) => {
      const budget = settings.budgets[engine.name];
      return !budget || reserve(em(), tillOf(engine, settings), budget, characters);
    },
    submit: (submission) => submit(em(), settings.publicUrl, submission, signal),
    ...(detector ? { languageOf: (text) => detector.detect(text) } : {}),
  };
}

const tillOf = ({ name }: Engine, { timeZone }: Workplace['settings']) => ({ engine: name, timeZone });

type Settled = [Claimed, Outcome];

const pair = (claimed: readonly Claimed[], outcomes: readonly Outcome[]): Settled[] =>
  claimed.flatMap((each, index) => {
    const outcome = outcomes[index];
    return outcome ? [[each, outcome] satisfies Settled] : [];
  });

/** The way a group went, and what was counted on it. */
interface Travelled {
  route: Route;
  tally: Tally;
}

async function settle(place: Workplace, travelled: Travelled, settled: readonly Settled[]): Promise<void> {
  const { route } = travelled;
  const em = place.database.em();
  await storeMade(
    em,
    settled.flatMap(([claimed, outcome]) => (outcome.state === 'ready' ? [madeOf(route, claimed, outcome)] : [])),
  );
  await awaitAnswers(
    em,
    route,
    settled.filter(([, { state }]) => state === 'submitted').map(([claimed]) => claimed),
  );
  const failed = settled.flatMap(([claimed, outcome]) =>
    outcome.state === 'failed' ? [{ claimed, error: outcome.error }] : [],
  );
  for (const [, all] of Map.groupBy(failed, ({ error }) => (isOfTheEngine(error) ? error : error.kind)))
    await settleFailed(place, travelled, all);
}

function madeOf({ engine, via, variant }: Route, claimed: Claimed, outcome: Outcome & { state: 'ready' }) {
  const { title, body, missed } = outcome;
  const keys = claimed.isPublic ? outcome.keys : [];
  const terms = missed.map(({ source, target }) => `${source} → ${target}`);
  const { textId, language, source } = claimed;
  return { textId, language, source, title, body, engine, via, variant, missed: [...new Set(terms)], keys };
}

async function awaitAnswers(em: Em, { legs }: Route, claimed: readonly Claimed[]): Promise<void> {
  const engine = legs.map((leg) => leg.engine).find((each) => each.callbacks);
  if (!engine?.callbacks || claimed.length === 0) return;
  const seconds = engine.callbacks.patienceMs / 1_000 + SPARE_SECONDS;
  await giveBack(em, claimed, { seconds, isBlameless: false, engine: engine.name });
  // An answer that was faster than this statement has woken nobody.
  if ((await countOpen(em, engine)) > 0) return;
  await giveBack(em, claimed, { seconds: FIRST_PAUSE_SECONDS, isBlameless: false, engine: engine.name });
}

/** Texts that failed together. When it is the engine that failed, they keep their tries: they wait for it, or go another way. */
async function settleFailed(
  { database, languages, states }: Workplace,
  { route, tally }: Travelled,
  failed: readonly { claimed: Claimed; error: EngineError }[],
): Promise<void> {
  const em = database.em();
  const all = failed.map(({ claimed }) => claimed);
  const [first] = failed;
  if (!first) return;
  const { kind } = first.error;
  if (isOfTheEngine(first.error)) {
    const culprit = tally.culprits.get(first.error) ?? route.legs[0]?.engine;
    const failures = await recordFailure(em, culprit?.name ?? '', first.error);
    // One text may be what an engine hangs on; when several hang, it is the engine.
    const isBlameless = kind !== 'timeout' || failures > 1;
    return giveBack(em, all, { seconds: FIRST_PAUSE_SECONDS, isBlameless, failure: kind });
  }
  // An engine says the same to the same text again; each of the others is asked once.
  const isFinal = (claimed: Claimed): boolean =>
    claimed.tries >= Math.min(TRIES, Math.max(2, openRoutes(languages.translator, claimed, states()).length));
  await setFailed(em, all.filter(isFinal), kind);
  for (const [tries, some] of Map.groupBy(
    all.filter((each) => !isFinal(each)),
    (each) => each.tries,
  ))
    await giveBack(em, some, { seconds: FIRST_PAUSE_SECONDS * 2 ** (tries - 1), isBlameless: false, failure: kind });
}
