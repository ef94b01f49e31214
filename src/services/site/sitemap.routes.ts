import Router from '@koa/router';

import type { Context, State } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { House } from '../house/house.ts';
import { paramOf } from './requests.ts';
import { sitemap, sitemapIndex } from './sitemap.ts';

/** Where search engines find all that is public, in every language. */
export function sitemapRoutes(house: House): Router<State> {
  const router = new Router<State>();

  router.get('/sitemap.xml', async (ctx) => send(ctx, await sitemapIndex(ctx.state.em, house)));

  router.get('/sitemap/:language/:part.xml', async (ctx) => {
    const language = paramOf(ctx, 'language');
    if (!house.words.languages.includes(language)) throw notFound();
    send(ctx, await sitemap(ctx.state.em, house, language, paramOf(ctx, 'part')));
  });

  return router;
}

/** Kept with the pages, until something is published, changed or hidden. */
function send(ctx: Context, xml: string | null): void {
  if (xml === null) throw notFound();
  ctx.type = 'application/xml; charset=utf-8';
  ctx.set('Cache-Control', 'no-cache');
  ctx.state.cacheTags = ['lists'];
  ctx.body = xml;
}
