import Router from '@koa/router';

import type { Context, State } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { House } from '../house/house.ts';
import { findSubject } from '../subjects/subjects.ts';
import { ownLanguage } from './page-language.ts';

/** What says `noindex` has to be read for that; these lead nowhere new, and each costs a page. */
const ROBOTS = 'User-agent: *\nDisallow: /*/leave\nDisallow: /*/sign-in\nDisallow: /api/\n\n';

/** Whoever reads it later looks again (RFC 9116 recommends less than a year). */
const SECURITY_DAYS = 180;

/** Addresses without a language, for machines and for people of all languages: they lead a browser into its own. */
export function redirectRoutes(house: House): Router<State> {
  const { securityContact, publicUrl } = house.settings;
  const router = new Router<State>();

  router.get('/o/:id', async (ctx) => {
    const subject = await findSubject(ctx.state.em, ctx.params['id'] ?? '', ctx.state.person);
    const path = house.kinds.get(subject.kind).path(subject);
    if (!path.startsWith('/')) throw notFound();
    if (path.startsWith('/o/')) ctx.redirect(path);
    else lead(ctx, path);
  });

  /** For scripts of kept pages, which are the same for all: what the reader's own language is, and in its words how to get there. */
  router.get('/language', (ctx) => {
    const language = ownLanguage(ctx, house);
    const t = house.words.in(language);
    ctx.vary('Accept-Language, Cookie');
    ctx.set('Cache-Control', 'private, max-age=60');
    ctx.body = { language, read: t('site:offer.read'), dismiss: t('site:offer.dismiss') };
  });

  router.get('/robots.txt', (ctx) => {
    ctx.type = 'text/plain; charset=utf-8';
    ctx.set('Cache-Control', 'public, max-age=86400');
    ctx.body = `${ROBOTS}Sitemap: ${publicUrl}/sitemap.xml\n`;
  });

  router.get('/.well-known/security.txt', (ctx) => {
    if (securityContact === null) throw notFound();
    const expires = new Date(Date.now() + SECURITY_DAYS * 86_400_000).toISOString();
    const canonical = `${publicUrl}/.well-known/security.txt`;
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = `Contact: ${securityContact}\nExpires: ${expires}\nPreferred-Languages: en\nCanonical: ${canonical}\n`;
  });

  router.get('/s/:slug', (ctx) => {
    lead(ctx, `/spaces/${nameIn(ctx.params['slug'])}`);
  });

  router.get('/u/:handle', (ctx) => {
    lead(ctx, `/people/${nameIn(ctx.params['handle'])}`);
  });

  return router;

  function lead(ctx: Context, path: string): void {
    ctx.vary('Accept-Language, Cookie');
    ctx.redirect(`/${ownLanguage(ctx, house)}${path}`);
  }
}

/** A slug or a handle, in small letters as they all are; never a piece of another address. */
function nameIn(value = ''): string {
  const name = value.toLowerCase();
  if (!/^[a-z0-9-]+$/.test(name)) throw notFound();
  return name;
}
