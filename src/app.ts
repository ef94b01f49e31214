import etag from '@koa/etag';
import Koa from 'koa';
import conditional from 'koa-conditional-get';

import { apiRoutes } from './platform/api/api.ts';
import { openApiRoutes } from './platform/api/openapi.ts';
import { knowAddress, onlyPath, refuseNul } from './platform/http/address.ts';
import { readBody } from './platform/http/body.ts';
import { compress } from './platform/http/compress.ts';
import type { State } from './platform/http/context.ts';
import { healthRoutes } from './platform/http/health.ts';
import { sameOrigin } from './platform/http/origin.ts';
import { secureCookies, securityHeaders } from './platform/http/security.ts';
import type { Platform } from './platform/platform.ts';
import type { Feature } from './services/house/feature.ts';
import type { House } from './services/house/house.ts';
import { actAs } from './services/people/actor.ts';
import { sessions } from './services/people/session.ts';
import { answerErrors, onlyKnownLanguages } from './services/site/errors.ts';
import { carryTextsLanguage } from './services/site/carrying.ts';
import { findLanguage, leadVariants, rememberLanguage } from './services/site/page-language.ts';
import { refuseTooLong, tidyQuery } from './services/site/parameters.ts';
import { lendEm, lendReader } from './services/site/requests.ts';

/** The web application of one platform: the middleware in order, then what the features answer. */
export function createApp(house: House, features: readonly Feature[]): Koa<State> {
  const { settings, database, log, words, languages, assets, cache, site } = house;
  const app = new Koa<State>({ proxy: settings.trustedProxies > 0, maxIpsCount: settings.trustedProxies });
  app.on('error', (error: Error) => log.warn({ error }, 'a connection broke'));

  app.use(onlyPath());
  app.use(knowAddress(settings.trustedProxies, log));
  app.use(tidyQuery(words.languages));
  app.use(secureCookies(settings));
  app.use(rememberLanguage(house));
  app.use(compress());
  app.use(cache.middleware);
  app.use(carryTextsLanguage(languages.all, words.languages));
  app.use(securityHeaders(settings));
  app.use(findLanguage(house));
  app.use(answerErrors(site, log));
  app.use(refuseNul());
  app.use(refuseTooLong());
  app.use(conditional());
  app.use(etagOfApi());
  app.use(assets.middleware);
  app.use(healthRoutes(house).routes());
  app.use(lendEm(database));
  for (const machines of features.flatMap((feature) => feature.machines?.(house) ?? [])) app.use(machines.routes());
  app.use(leadVariants(words));
  app.use(onlyKnownLanguages(words));
  app.use(sameOrigin(settings.publicUrl));
  app.use(sessions(app, database, settings));
  app.use(actAs());
  app.use(lendReader(languages));
  app.use(readBody());

  const groups = features.map(({ name, api }) => ({ name, endpoints: api?.(house) ?? [] }));
  const endpoints = groups.flatMap((group) => group.endpoints);
  app.use(apiRoutes(endpoints, languages, words.in).routes());
  app.use(openApiRoutes(groups, { languages: languages.all, publicUrl: settings.publicUrl }).routes());
  for (const pages of features.flatMap((feature) => feature.pages?.(house) ?? [])) app.use(pages.routes());
  return app;
}

/** Pages that may be kept get theirs from the page cache, all others may not be stored: only the API is left. */
function etagOfApi(): Koa.Middleware {
  const tag = etag();
  return (ctx, next) => (ctx.path.startsWith('/api/') || ctx.path === '/openapi.json' ? tag(ctx, next) : next());
}

/** A worker answers only whether it is well. */
export function createHealthApp(platform: Platform): Koa {
  const app = new Koa();
  app.use(healthRoutes(platform).routes());
  return app;
}
