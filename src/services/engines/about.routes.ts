import Router from '@koa/router';

import type { State } from '../../platform/http/context.ts';
import type { House } from '../house/house.ts';
import { aboutPage } from './about.views.ts';
import { matrixOf } from './matrix.ts';

/** What everybody may know of how texts are translated. */
export function aboutRoutes({ site, words, languages: { all, translator } }: House): Router<State> {
  const router = new Router<State>();
  router.get('/:language/translation', async (ctx) => {
    const { t } = ctx.state;
    const engines = translator.engines().map(({ label, local, policy, tier, pairs }) => ({
      ...{ label, local, policy, tier },
      pairs: pairs().length,
    }));
    const used = engines.filter(({ pairs }) => pairs > 0);
    const coverages = words.languages.map((language) => ({ language, ...words.coverage(language) }));
    await site.send(ctx, {
      title: t('admin:aboutTitle'),
      description: t('admin:aboutLead'),
      body: aboutPage({ engines: used, matrix: matrixOf(translator, all), words: coverages }, t),
      standsOn: ['lists'],
    });
  });
  return router;
}
