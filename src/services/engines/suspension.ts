import { sql, type RawBuilder } from 'kysely';

import type { Translator } from '#translation/translator.ts';
import type { Way } from '#translation/ways.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import type { AwayReason, EngineState } from './engine-states.ts';
import { pairKey } from './queue.ts';

/** So many rows change in one statement that it is over long before a reader of the activity notices. */
const ROWS_AT_ONCE = 2_000;

/** Texts of a language, for readers of another; `localOnly` when they may not leave the operator's machines. */
interface Pair {
  source: string;
  language: string;
  localOnly: boolean;
}

/** What can be translated now, by whom, and what has to wait. */
export interface Serving {
  /** The pairs whose best way that is open begins with this engine, as `pairKey`s. */
  pairsOf(engine: string): readonly string[];
  /** Those of them with an engine on the way that was away: one text tells whether it is back. */
  tryingOf(engine: string): readonly string[];
  /** Pairs no engine can serve now, by the reason that is told to readers. */
  waiting: ReadonlyMap<AwayReason, readonly Pair[]>;
  /** Pairs somebody serves for sure: suspended translations go on. */
  open: readonly Pair[];
}

type States = ReadonlyMap<string, EngineState>;

/** All ways for a pair that are open now, best first: nothing that is away, and only local engines for texts that must stay. */
export function openWays(translator: Translator, pair: Pair, states: States): readonly Way[] {
  return allRoutes(translator, pair).filter(({ legs }) =>
    legs.every(({ engine }) => isOf(states, engine.name) !== 'away'),
  );
}

function allRoutes(translator: Translator, { source, language, localOnly }: Pair): readonly Way[] {
  return translator.ways(source, language).filter((way) => way.local || !localOnly);
}

const isOf = (states: States, engine: string): EngineState['is'] => states.get(engine)?.is ?? 'up';

/** Sorts all pairs by who serves them while the engines are in these states. */
export function serve(translator: Translator, languages: readonly string[], states: States): Serving {
  const byEngine = new Map<string, string[]>();
  const trying = new Map<string, string[]>();
  const waiting = new Map<AwayReason, Pair[]>();
  const open: Pair[] = [];
  for (const pair of pairsAmong(languages)) {
    const [best] = openWays(translator, pair, states);
    if (!best) waiting.getOrInsertComputed(whyNot(allRoutes(translator, pair)[0], states), () => []).push(pair);
    else {
      const first = best.legs[0]?.engine.name ?? '';
      const key = pairKey(pair.source, pair.language, pair.localOnly);
      byEngine.getOrInsertComputed(first, () => []).push(key);
      if (best.legs.every(({ engine }) => isOf(states, engine.name) === 'up')) open.push(pair);
      else trying.getOrInsertComputed(first, () => []).push(key);
    }
  }
  const of = (pairs: ReadonlyMap<string, string[]>) => (engine: string) => pairs.get(engine) ?? [];
  return { pairsOf: of(byEngine), tryingOf: of(trying), waiting, open };
}

function pairsAmong(languages: readonly string[]): Pair[] {
  return languages.flatMap((source) =>
    languages
      .filter((language) => language !== source)
      .flatMap((language) => [true, false].map((localOnly) => ({ source, language, localOnly }))),
  );
}

/** Without any way, because an operator took an engine away, rows wait for its return. */
function whyNot(way: Way | undefined, states: States): AwayReason {
  if (!way) return 'unsupported_pair';
  const away = way.legs.map(({ engine }) => states.get(engine.name)).find((state) => state?.is === 'away');
  return away?.reason ?? 'unavailable';
}

/**
 * Tells readers what nobody can translate now, and lets go on what somebody can again; pairs that no engine has at all are looked at
 * only when `isThorough`. Safe to repeat, by any number of workers.
 */
export async function suspendAndResume(
  em: Em,
  { waiting, open }: Pick<Serving, 'waiting' | 'open'>,
  { isThorough }: { isThorough: boolean },
): Promise<void> {
  for (const [reason, pairs] of waiting) {
    if (reason === 'unsupported_pair' && !isThorough) continue;
    await change(em, pairs, sql`state = 'queued' and (lease_until is null or lease_until < now())`, {
      to: sql`state = 'suspended', failure = ${reason}`,
    });
    await change(em, pairs, sql`state = 'suspended' and failure is distinct from ${reason}`, {
      to: sql`failure = ${reason}`,
    });
  }
  await change(em, open, sql`state = 'suspended'`, { to: sql`state = 'queued', failure = null, lease_until = null` });
}

/** Looked for pair by pair, so that the index answers where nothing waits, and changed only when something was found. Another process does the same at the same time. */
async function change(
  em: Em,
  pairs: readonly Pair[],
  condition: RawBuilder<unknown>,
  { to }: { to: RawBuilder<unknown> },
): Promise<void> {
  if (pairs.length === 0) return;
  const found = await rows(
    em,
    sql<{ id: string; language: string }>`select r.text_id as id, r.language
      from unnest(${pairs.map(({ source }) => source)}::text[], ${pairs.map(({ language }) => language)}::text[], ${pairs.map(({ localOnly }) => localOnly)}::boolean[]) p (source, target, local)
      join lateral (select text_id, language from translation
        where not human and ${condition} and source_language = p.source and language = p.target and local_only = p.local
        limit ${sql.lit(ROWS_AT_ONCE)}) r on true limit ${sql.lit(ROWS_AT_ONCE)}`,
  );
  if (found.length === 0) return;
  await rows(
    em,
    sql`update translation r set ${to} from (
            select text_id, language from translation where not human and ${condition} and (text_id, language) in (
              select * from unnest(${found.map(({ id }) => id)}::uuid[], ${found.map(({ language }) => language)}::text[]))
            order by text_id, language for update skip locked) f
          where r.text_id = f.text_id and r.language = f.language and not r.human`,
  );
}
