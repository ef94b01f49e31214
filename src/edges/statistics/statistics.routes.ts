import Router from '@koa/router';

import type { House } from '../../services/house/house.ts';
import { tells } from '../../platform/activity/verbs.ts';
import type { State } from '../../platform/http/context.ts';
import type { Html } from '../../platform/html.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Band } from '../../services/house/page.ts';
import { withQuery } from '../../services/site/addresses.ts';
import { paramOf } from '../../services/site/requests.ts';
import { may } from '../../services/subjects/gate.ts';
import { bandView } from './band.views.ts';
import { chosenWeek, weekPath } from './choice.ts';
import { weekTitle } from './header.views.ts';
import type { Share } from './shares.ts';
import { weekActs } from './statistics.policy.ts';
import { readWeek, readWeekLanguages } from './statistics.reads.ts';
import { weekPage } from './week.views.ts';
import { weekOf } from './weeks.ts';

/** The band shows after this long what no activity line tells, such as the beginning of a week. */
const BAND_SECONDS = 10;

/** The band is on every page: it is counted once a process and drawn once a language, until something is published, hidden or corrected. */
export function createBand({ settings, database, words, tail, languages, verbs }: Platform): Band {
  const drawn = new Map<string, Promise<Html>>();
  let counted: Promise<Share[]> = Promise.resolve([]);
  let until = 0;
  tail.read('band', (lines) => {
    if (lines.some((line) => tells(verbs, line, 'words'))) until = 0;
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

export function statisticsRoutes(house: House): Router<State> {
  const {
    settings: { timeZone },
    site,
    languages,
    figures,
  } = house;
  const router = new Router<State>();

  router.get('/:language/statistics', (ctx) => {
    ctx.redirect(`/${ctx.state.language}/statistics/${weekPath(ctx, timeZone)}`);
  });

  router.get('/:language/statistics/:week', async (ctx) => {
    const { em, t, person } = ctx.state;
    const choice = await chosenWeek(ctx, paramOf(ctx, 'week'), house);
    const { week, space } = choice;
    const counted = await readWeek(em, figures, { week, timeZone, spaceId: space?.id ?? null });
    const name = t('site:nav.figures');
    const body = weekPage(
      {
        ...{ choice, counted, figures, name },
        path: '/statistics',
        languages: languages.all,
        mayMore: await may(em, person, { act: weekActs.readMore, space }),
      },
      t,
    );
    await site.send(ctx, {
      title: `${weekTitle(week, t)} – ${name}`,
      description: [weekTitle(week, t), space?.title, t('statistics:weekIdeasMeaning')].filter(Boolean).join(' · '),
      body,
      live: { rooms: ['statistics'] },
      current: 'figures',
      standsOn: ['lists'],
      canonical: withQuery(`/${t.language}/statistics/${week.name}`, { space: space?.slug ?? null }),
    });
  });

  return router;
}
