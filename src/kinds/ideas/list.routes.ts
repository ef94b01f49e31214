import Router from '@koa/router';

import type { State } from '../../platform/http/context.ts';
import type { House } from '../../services/house/house.ts';
import { hrefOf } from '../../services/site/lists.views.ts';
import { showingOf } from '../../services/texts/view.ts';
import { readList } from './list.ts';
import { listPage } from './list.views.ts';

/** All ideas. */
export function listRoutes(house: House): Router<State> {
  const { settings, site } = house;
  const router = new Router<State>();
  router.get('/:language/ideas', async (ctx) => {
    const { t } = ctx.state;
    const list = await readList(ctx, house, null);
    await site.send(ctx, {
      title: t('site:nav.ideas'),
      body: listPage(list, showingOf(ctx, settings)),
      live: { rooms: list.rooms },
      current: 'ideas',
      standsOn: ['lists'],
      canonical: hrefOf(list, { view: null }),
    });
  });
  return router;
}
