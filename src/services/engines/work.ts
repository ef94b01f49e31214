import { translateBatch } from '#translation/batch.ts';
import { EngineError, type Engine } from '#translation/engines/engine.ts';
import { glossaryVersion } from '#translation/glossary.ts';
import type { Ports } from '#translation/ports.ts';
import type { Way } from '#translation/ways.ts';
import { readGlossary, type Glossary, type TermsOf } from '../improving/glossary.ts';
import { memoryIn, readOnly } from './memory.ts';
import { dropClaims, giveBack, setFailed, type Claimed } from './queue.ts';
import { pair, settle, settleFailed, type Travelled } from './settle.ts';
import { budgetOf, reserve } from './spending.ts';
import { readAwaited, submit } from './submissions.ts';
import { openWays } from './suspension.ts';
import { READER, TRIES } from '../texts/translations.ts';
import type { Workplace } from './workplace.ts';

/** Many times what the longest batch takes: an engine that drips does not keep a place for ever. */
const WORK_MILLISECONDS = 120_000;

/** Translates what was claimed, and writes down what came of it: ready, handed in, given back or failed. Throws `signal.reason` when it was cut short. */
export async function translateClaimed(
  place: Workplace,
  claimed: readonly Claimed[],
  signal: AbortSignal,
): Promise<void> {
  const em = place.database.em();
  const begun = performance.now();
  await dropClaims(
    em,
    claimed.filter((each) => isNobodys(place, each)),
  );
  const rest = claimed.filter((each) => !isNobodys(place, each));
  // Something ended each worker that had them, or none of their answers could be used.
  await setFailed(em, rest.filter(isExhausted), null);
  const open = rest.filter((each) => !isExhausted(each));
  const spaceIds = [...new Set(open.flatMap(({ spaceId }) => spaceId ?? []))];
  const glossary = await readGlossary(em, { spaceIds });
  for (const group of groups(place, open, glossary)) await translateGroup(place, { ...group, begun }, signal);
}

/** Withdrawn, or hidden where only engines outside could translate it: people who may still read it can wish again. */
const isNobodys = ({ languages, states }: Workplace, claimed: Claimed): boolean =>
  claimed.withdrawn || (claimed.closed && openWays(languages.translator, claimed, states()).length === 0);

const isExhausted = ({ tries }: Claimed): boolean => tries > TRIES;

/** Claims that go the same way under the same conditions. */
interface Group {
  way: Way | null;
  terms: TermsOf;
  isPublic: boolean;
  claimed: readonly Claimed[];
  /** Engines that have failed these texts just now. */
  avoid: ReadonlySet<string>;
  /** When they were claimed, in milliseconds. */
  begun: number;
}

function groups({ languages, states }: Workplace, claimed: readonly Claimed[], glossary: Glossary) {
  const grouped = new Map<string, Omit<Group, 'begun'> & { claimed: Claimed[] }>();
  for (const each of claimed) {
    const ways = openWays(languages.translator, each, states());
    const waitsFor = ways.find(({ legs }) => legs.some(({ engine }) => engine.name === each.askedOf));
    // A text that one way has failed takes the next; one that was handed in is not paid for twice.
    const way = waitsFor ?? ways[(each.tries - 1) % Math.max(1, ways.length)] ?? null;
    const terms = glossary(each.spaceId);
    const versions = way?.legs.map(({ source, target }) => glossaryVersion(terms(source, target))) ?? [];
    const key = JSON.stringify([ways.indexOf(way ?? NOWHERE), versions, each.isPublic, each.localOnly]);
    grouped
      .getOrInsertComputed(key, () => ({ way, terms, isPublic: each.isPublic, claimed: [], avoid: NOBODY }))
      .claimed.push(each);
  }
  return [...grouped.values()];
}

const NOBODY: ReadonlySet<string> = new Set();
const NOWHERE: Way = {
  ...{ engine: '', label: '', policy: 'wish', local: true, tier: 'rough', via: null, variant: null, legs: [] },
};

async function translateGroup(place: Workplace, group: Group, signal: AbortSignal): Promise<void> {
  const { way, terms, isPublic, claimed } = group;
  const em = place.database.em();
  // The engine went away between the claim and now.
  if (!way) return giveBack(em, claimed, { seconds: 1, isBlameless: true });
  const tally = place.till.open();
  const travelled: Travelled = { way, tally, begun: group.begun, detour };
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(WORK_MILLISECONDS)]);
  try {
    const outcomes = await translateBatch(way, claimed.map(textOf), {
      ...portsOf(place, deadline, { isPublic, terms }),
      onCall: tally.ofCall,
      onRemembered: tally.ofMemory,
      urgent: claimed.some(({ priority }) => priority >= READER),
      signal: deadline,
    });
    await settle(place, travelled, pair(claimed, outcomes));
  } catch (error) {
    if (!deadline.aborted || signal.aborted) throw error;
    const late = new EngineError('timeout', `${way.label} took longer than ${WORK_MILLISECONDS / 1_000} seconds.`);
    await settleFailed(
      place,
      travelled,
      claimed.map((each) => ({ claimed: each, error: late })),
    );
  } finally {
    // One that was away is back at once for all, not a second later.
    if (way.legs.some(({ engine }) => place.states().get(engine.name)?.is === 'trying')) await place.till.flush();
  }

  async function detour(some: readonly Claimed[], around: string): Promise<boolean> {
    const avoid = new Set([...group.avoid, around]);
    const [first] = some;
    const ways = first ? openWays(place.languages.translator, first, place.states()) : [];
    const other = ways.find(({ legs }) => legs.every(({ engine }) => !avoid.has(engine.name)));
    if (other) await translateGroup(place, { ...group, way: other, claimed: some, avoid }, signal);
    return other !== undefined;
  }
}

const textOf = ({ title, body }: Claimed) => ({ title, body: body ?? '' });

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
      const budget = budgetOf(engine, settings.budgets);
      return !budget || reserve(em(), tillOf(engine, settings), budget, characters);
    },
    awaited: (leg) => readAwaited(em(), leg),
    submit: (submission) => submit(em(), settings.publicUrl, submission, signal),
    ...(detector ? { languageOf: (text) => detector.detect(text) } : {}),
  };
}

const tillOf = ({ name }: Engine, { timeZone }: Workplace['settings']) => ({ engine: name, timeZone });
