import type { Context } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import { withQuery } from '../../services/site/addresses.ts';
import { queryOf } from '../../services/site/requests.ts';
import type { House } from '../../services/house/house.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { readFirst } from './statistics.reads.ts';
import { findWeek, isOpen, parseWeek, shiftWeek, weekOf, type Week } from './weeks.ts';

/** Which figures a page shows. */
export interface Choice {
  week: Week;
  /** Its figures still grow. */
  open: boolean;
  /** Null in the first week, and before it. */
  previous: Week | null;
  /** In which the first of all there is was written. */
  first: Week;
  current: Week;
  /** Null after the current week. */
  next: Week | null;
  /** Null for all. */
  space: NamedSpace | null;
  spaces: readonly NamedSpace[];
  timeZone: string;
}

/** The week of the address and the space of `?space=`. Throws 404 for one that is not there: figures of something else than was asked would be wrong figures. */
export async function chosenWeek(
  ctx: Context,
  name: string,
  { settings: { timeZone }, spacesIn, figures }: House,
): Promise<Choice> {
  const now = new Date();
  const week = findWeek(name, timeZone, now);
  const open = isOpen(week, now);
  const spaces = await spacesIn(ctx.state.reader.language, ctx.state.language);
  const slug = queryOf(ctx, 'space');
  const space = spaces.find((each) => each.slug === slug) ?? null;
  if (slug !== undefined && !space) throw notFound();
  const first = weekOf((await readFirst(ctx.state.em, figures)) ?? now, timeZone);
  return {
    ...{ week, open, space, spaces, timeZone, first },
    current: weekOf(now, timeZone),
    previous: week.from > first.from ? shiftWeek(week, -1, timeZone) : null,
    next: open ? null : shiftWeek(week, 1, timeZone),
  };
}

/** Below the address of all weeks: the one that a form asks for, else this one, with the space that was asked for. Throws 404 for what is no week. */
export function weekPath(ctx: Context, timeZone: string): string {
  const asked = queryOf(ctx, 'week');
  const week = asked === undefined ? weekOf(new Date(), timeZone) : parseWeek(asked, timeZone);
  if (!week) throw notFound();
  return withQuery(week.name, { space: queryOf(ctx, 'space') ?? null });
}
