import type { z } from 'zod';

/** The most characters an engine is sent in a day and in a month (UTC). */
export interface Budget {
  day?: number;
  month?: number;
}

export interface AllowedPair {
  source: string;
  target: string;
}

const BUDGET = /^(?<engine>[a-z0-9-]+):(?<period>day|month):(?<characters>\d{1,12})$/;
const PAIR = /^(?<engine>[a-z0-9-]+):(?<source>\*|[A-Za-z-]{2,35})>(?<target>\*|[A-Za-z-]{2,35})$/;

/** Entries such as `deepl:day:500000`, as a list by engine. */
export function readBudgets(entries: readonly string[], context: z.RefinementCtx): Readonly<Record<string, Budget>> {
  const budgets = new Map<string, Budget>();
  for (const entry of entries) {
    const { engine, period, characters } = BUDGET.exec(entry)?.groups ?? {};
    if (engine === undefined || (period !== 'day' && period !== 'month'))
      complain(context, `is wrong: "${entry}" should be like deepl:day:500000 or deepl:month:10000000`);
    else if (budgets.get(engine)?.[period] !== undefined)
      complain(context, `is wrong: ${engine}:${period} stands there twice`);
    else budgets.set(engine, { ...budgets.get(engine), [period]: Number(characters) });
  }
  return Object.fromEntries(budgets);
}

/** Entries such as `libretranslate:*>en`, as a list by engine. */
export function readAllowedPairs(
  entries: readonly string[],
  context: z.RefinementCtx,
): Readonly<Record<string, readonly AllowedPair[]>> {
  const pairs = new Map<string, AllowedPair[]>();
  for (const entry of entries) {
    const { engine, source, target } = PAIR.exec(entry)?.groups ?? {};
    if (engine === undefined || source === undefined || target === undefined)
      complain(context, `is wrong: "${entry}" should be like libretranslate:*>en or deepl:de>fr`);
    else pairs.getOrInsertComputed(engine, () => []).push({ source, target });
  }
  return Object.fromEntries(pairs);
}

function complain(context: z.RefinementCtx, message: string): void {
  context.addIssue({ code: 'custom', message });
}
