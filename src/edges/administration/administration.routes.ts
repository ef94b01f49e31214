import Router from '@koa/router';

import type { State } from '../../platform/http/context.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Site } from '../../services/house/page.ts';
import type { Languages } from '../../platform/languages.ts';
import { aboutPage } from './about.views.ts';
import { administrationPage } from './administration.views.ts';
import { administratorOf } from './administrator.ts';
import { matrixOf } from './matrix.ts';
import { readEngines, readQueue } from './administration.reads.ts';

/** Where administrators begin, and what everybody may know of how texts are translated. */
export function administrationRoutes(
  { settings, assets }: Platform,
  site: Site,
  { translator, all }: Languages,
): Router<State> {
  const router = new Router<State>();
  const { timeZone } = settings;

  router.get('/:language/admin', async (ctx) => {
    const { em, t } = ctx.state;
    administratorOf(ctx);
    const engines = await readEngines(em, translator, settings);
    const queue = await readQueue(em, translator);
    const body = administrationPage({ engines, queue, timeZone, script: assets.url('js/poll.js') }, t);
    const rooms = ['statistics', 'translations'];
    await site.send(ctx, { title: t('admin:title'), body, unlisted: true, live: { rooms } });
  });

  router.get('/:language/translation', async (ctx) => {
    const { t } = ctx.state;
    const engines = translator.engines().map(({ label, local, policy, tier, pairs }) => ({
      ...{ label, local, policy, tier },
      pairs: pairs().length,
    }));
    const used = engines.filter(({ pairs }) => pairs > 0);
    ctx.state.cacheTags = ['lists'];
    await site.send(ctx, {
      title: t('admin:aboutTitle'),
      description: t('admin:aboutLead'),
      body: aboutPage(used, matrixOf(translator, all), t),
    });
  });

  return router;
}
