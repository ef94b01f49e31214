import { sql } from 'kysely';

import type { Engine, Tier } from '#translation/engines/engine.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';
import { isCovered, textsOf, type Scope } from './backfill.ts';
import type { Budget } from '../../platform/engine-limits.ts';
import { budgetOf, readSpent } from './spending.ts';
import type { Ways } from '../../platform/languages.ts';

/** A speed is measured on these days, and on so many characters at least: before that it is a guess. */
const MEASURED_DAYS = 30;
const MEASURED_CHARACTERS = 10_000;
/** Characters a second that engines of a kind have shown: Apertium here, neural ones in their makers' words. */
const GUESSED_SPEED: Readonly<Record<Tier, number>> = { rough: 10_000, good: 500, best: 1_000 };
const DAYS_A_MONTH = 30;

/** What a backfill would send to one engine. */
export interface EngineForecast {
  engine: string;
  label: string;
  /** A way over another language counts twice: the text is sent two times. */
  characters: number;
  euro: number;
  seconds: number;
  /** Nobody has measured how fast this engine is here. */
  isGuess: boolean;
  /** Null without a budget. */
  budget: { leftToday: number | null; leftThisMonth: number | null; days: number } | null;
}

export interface Forecast {
  /** Texts looked at. */
  texts: number;
  /** Translations that would be queued. */
  translations: number;
  /** Translations that nobody here can make. */
  withoutWay: number;
  characters: number;
  euro: number;
  /** Engines work side by side: as long as the slowest. */
  seconds: number;
  engines: readonly EngineForecast[];
}

interface Money {
  budgets: Readonly<Record<string, Budget>>;
  timeZone: string;
}

/** What a backfill would do and cost, counted from today's texts; words in the memory already will make it less. Changes nothing. */
export async function forecastBackfill(em: Em, ways: Ways, scope: Scope, money: Money): Promise<Forecast> {
  const targets = scope.language ? [scope.language] : ways.all;
  const missing = await readMissing(em, scope, targets);
  const { translations, withoutWay, characters } = sumUp(missing, ways);
  const engines: EngineForecast[] = [];
  for (const [engine, count] of characters) engines.push(await forecastEngine(em, engine, count, money));
  const sum = (pick: (each: EngineForecast) => number) => engines.reduce((all, each) => all + pick(each), 0);
  return {
    ...{ translations, withoutWay, engines },
    texts: await countTexts(em, scope),
    characters: sum((each) => each.characters),
    euro: sum((each) => each.euro),
    seconds: Math.max(0, ...engines.map((each) => each.seconds)),
  };
}

interface Missing {
  source: string;
  target: string;
  mayLeave: boolean;
  texts: number;
  characters: number;
}

function readMissing(em: Em, scope: Scope, targets: readonly string[]): Promise<Missing[]> {
  return rows(
    em,
    sql<Missing>`select each.language as source, wanted.target, "mayLeave", count(*)::int as texts, sum(characters)::float8 as characters
      from (select t.id, t.language, length(coalesce(t.title, '')) + length(t.body) as characters, coalesce(sp.external_engines, true) as "mayLeave"
        from ${textsOf(scope)}) each
      cross join unnest(${[...targets]}::text[]) wanted (target)
      where wanted.target <> each.language and not ${isCovered(sql`each.id`, sql`wanted.target`)}
      group by each.language, wanted.target, "mayLeave"`,
  );
}

function sumUp(missing: readonly Missing[], { translator }: Ways) {
  const characters = new Map<Engine, number>();
  let translations = 0;
  let withoutWay = 0;
  for (const each of missing) {
    const way = translator.ways(each.source, each.target).find(({ local }) => each.mayLeave || local);
    if (way) translations += each.texts;
    else withoutWay += each.texts;
    for (const { engine } of way?.legs ?? []) characters.set(engine, (characters.get(engine) ?? 0) + each.characters);
  }
  return { translations, withoutWay, characters };
}

async function countTexts(em: Em, scope: Scope): Promise<number> {
  const found = await row(em, sql<{ count: number }>`select count(*)::int as count from ${textsOf(scope)}`);
  return found?.count ?? 0;
}

async function forecastEngine(em: Em, engine: Engine, characters: number, money: Money): Promise<EngineForecast> {
  const speed = await readSpeed(em, engine.name);
  return {
    engine: engine.name,
    label: engine.label,
    characters,
    euro: engine.cost(characters),
    seconds: characters / (speed ?? GUESSED_SPEED[engine.tier]),
    isGuess: speed === null,
    budget: await budgetFor(em, engine, characters, money),
  };
}

/** Characters a second in the calls of late; null where there were too few. */
async function readSpeed(em: Em, engine: string): Promise<number | null> {
  const found = await row(
    em,
    sql<{ characters: number; milliseconds: number }>`
      select coalesce(sum(characters), 0)::float8 as characters, coalesce(sum(milliseconds), 0)::float8 as milliseconds
      from engine_use where engine = ${engine} and day > now()::date - ${MEASURED_DAYS}::int`,
  );
  if (!found || found.characters < MEASURED_CHARACTERS || found.milliseconds <= 0) return null;
  return (1_000 * found.characters) / found.milliseconds;
}

/** What is left, and after how many more days the last character is sent: 0 when today's rest is enough. */
async function budgetFor(em: Em, engine: Engine, characters: number, { budgets, timeZone }: Money) {
  const budget = budgetOf(engine, budgets);
  if (!budget || (budget.day === undefined && budget.month === undefined)) return null;
  const spent = await readSpent(em, { engine: engine.name, timeZone });
  const left = (most: number | undefined, used: number) => (most === undefined ? null : Math.max(0, most - used));
  const [leftToday, leftThisMonth] = [left(budget.day, spent.day), left(budget.month, spent.month)];
  const days = waitsFor(characters, leftToday, budget.day);
  const months = waitsFor(characters, leftThisMonth, budget.month);
  return { leftToday, leftThisMonth, days: Math.max(days, months * DAYS_A_MONTH) };
}

/** How often a budget must be renewed before all is sent. */
function waitsFor(characters: number, left: number | null, most: number | undefined): number {
  if (left === null || most === undefined || characters <= left) return 0;
  return most > 0 ? Math.ceil((characters - left) / most) : Infinity;
}
