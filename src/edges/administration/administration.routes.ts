import Router from '@koa/router';

import type { House } from '../../services/house/house.ts';
import type { State } from '../../platform/http/context.ts';
import { administrationPage } from './administration.views.ts';
import { administratorOf } from './administrator.ts';
import { readEngines, readQueue } from './administration.reads.ts';

/** Where administrators begin. */
export function administrationRoutes({ settings, assets, site, languages: { translator } }: House): Router<State> {
  const router = new Router<State>();
  const { timeZone } = settings;

  router.get('/:language/admin', async (ctx) => {
    const { em, t } = ctx.state;
    await administratorOf(ctx);
    const engines = await readEngines(em, translator, settings);
    const queue = await readQueue(em, translator);
    const isFederated = settings.federation !== 'off';
    const script = assets.url('js/poll.js');
    const body = administrationPage({ engines, queue, timeZone, isFederated, script }, t);
    const rooms = ['statistics', 'translations'];
    await site.send(ctx, { title: t('admin:title'), body, unlisted: true, live: { rooms } });
  });

  return router;
}
