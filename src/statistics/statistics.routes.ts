import Router from '@koa/router';

import type { State } from '../platform/http/context.ts';
import type { Platform } from '../platform/platform.ts';
import type { Band, Site } from '../site/pages.ts';
import type { Languages } from '../texts/texts.ts';
import { bandView } from './band.views.ts';
import { readWeekLanguages, type Share } from './statistics.reads.ts';
import { weekOf } from './weeks.ts';

/** The band is on every page, so it is counted at most this often. */
const BAND_SECONDS = 10;

export function createBand({ settings, database, words }: Platform, languages: Languages): Band {
  let counted: Promise<Share[]> | null = null;
  let until = 0;
  return async (language) => {
    if (!counted || until < Date.now()) {
      until = Date.now() + BAND_SECONDS * 1_000;
      counted = readWeekLanguages(database.em(), weekOf(new Date(), settings.timeZone));
    }
    return bandView(await counted, languages.all, words.in(language));
  };
}

export function statisticsRoutes(_platform: Platform, _site: Site, _languages: Languages): Router<State> {
  return new Router<State>();
}
