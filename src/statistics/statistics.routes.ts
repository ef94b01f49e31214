import Router from '@koa/router';

import { isAboutWords } from '../platform/activity/activity.ts';
import type { State } from '../platform/http/context.ts';
import { notFound } from '../platform/http/errors.ts';
import type { Html } from '../platform/html.ts';
import type { Platform } from '../platform/platform.ts';
import type { Band, Site } from '../site/pages.ts';
import { queryOf } from '../site/requests.ts';
import type { SpaceIndex } from '../spaces/spaces.index.ts';
import type { ShownSpace } from '../spaces/spaces.reads.ts';
import type { Languages } from '../texts/texts.ts';
import { bandView } from './band.views.ts';
import type { Share } from './shares.ts';
import { readWeek, readWeekLanguages } from './statistics.reads.ts';
import { weekPage, weekTitle } from './week.views.ts';
import { findWeek, isOpen, shiftWeek, weekOf } from './weeks.ts';

/** What no activity line tells, such as the beginning of a week, the band shows after this long. */
const BAND_SECONDS = 10;

/** The band is on every page: it is counted once a process and drawn once a language, until something is published, hidden or corrected. */
export function createBand({ settings, database, words, tail }: Platform, languages: Languages): Band {
  const drawn = new Map<string, Promise<Html>>();
  let counted: Promise<Share[]> = Promise.resolve([]);
  let until = 0;
  tail.read((lines) => {
    if (lines.some(isAboutWords)) until = 0;
  });

  return (language) => {
    if (until < Date.now()) count();
    let band = drawn.get(language);
    if (!band)
      drawn.set(language, (band = counted.then((shares) => bandView(shares, languages.all, words.in(language)))));
    return band;
  };

  function count(): void {
    until = Date.now() + BAND_SECONDS * 1_000;
    drawn.clear();
    counted = readWeekLanguages(database.em(), weekOf(new Date(), settings.timeZone));
    counted.catch(() => void (until = 0)); // the next page tries again
  }
}

export function statisticsRoutes(
  { settings: { timeZone } }: Platform,
  site: Site,
  languages: Languages,
  spacesIn: SpaceIndex,
): Router<State> {
  const router = new Router<State>();

  router.get('/:language/statistics', (ctx) => {
    ctx.redirect(`/${ctx.state.language}/statistics/${weekOf(new Date(), timeZone).name}`);
  });

  router.get('/:language/statistics/:week', async (ctx) => {
    const { em, t, language } = ctx.state;
    const now = new Date();
    const week = findWeek(ctx.params['week'] ?? '', timeZone, now);
    const open = isOpen(week, now);
    const spaces = await spacesIn(language);
    const space = chosenSpace(spaces, queryOf(ctx, 'space'));
    const counted = await readWeek(em, week, timeZone, space?.id);
    const previous = counted.total.ideas > 0 ? shiftWeek(week, -1, timeZone) : null;
    const next = open ? null : shiftWeek(week, 1, timeZone);
    ctx.state.cacheTags = ['lists'];
    const title = weekTitle(week, t);
    const body = weekPage({ counted, open, previous, next, space, spaces, languages: languages.all, timeZone }, t);
    await site.send(ctx, {
      title: `${title} – ${t('site:nav.figures')}`,
      body,
      live: { rooms: ['statistics'] },
      current: 'figures',
    });
  });

  return router;
}

/** Null for all spaces. Throws 404 for one that does not exist: figures of something else than was asked would be wrong figures. */
function chosenSpace(spaces: readonly ShownSpace[], slug: string | undefined): ShownSpace | null {
  if (slug === undefined) return null;
  const space = spaces.find((each) => each.slug === slug);
  if (!space) throw notFound();
  return space;
}
