import type { Context } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import { queryOf } from '../../services/site/requests.ts';
import type { SpaceIndex, NamedSpace } from '../../services/house/spaces.ts';
import { findWeek, isOpen, shiftWeek, type Week } from './weeks.ts';

/** Which figures a page shows. */
export interface Choice {
  week: Week;
  /** Its figures still grow. */
  open: boolean;
  previous: Week;
  /** Null after the current week. */
  next: Week | null;
  /** Null for all. */
  space: NamedSpace | null;
  spaces: readonly NamedSpace[];
  timeZone: string;
}

/** The week of the address and the space of `?space=`. Throws 404 for one that is not there: figures of something else than was asked would be wrong figures. */
export async function chosenWeek(ctx: Context, name: string, timeZone: string, spacesIn: SpaceIndex): Promise<Choice> {
  const now = new Date();
  const week = findWeek(name, timeZone, now);
  const open = isOpen(week, now);
  const spaces = await spacesIn(ctx.state.language);
  const slug = queryOf(ctx, 'space');
  const space = spaces.find((each) => each.slug === slug) ?? null;
  if (slug !== undefined && !space) throw notFound();
  return {
    ...{ week, open, space, spaces, timeZone },
    previous: shiftWeek(week, -1, timeZone),
    next: open ? null : shiftWeek(week, 1, timeZone),
  };
}
