import Router from '@koa/router';

import type { State } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Settings } from '../../platform/settings.ts';
import type { Kinds } from '../house/kinds.ts';
import { findSubject } from '../subjects/subjects.ts';

/** What says `noindex` has to be read for that; these lead nowhere new, and each costs a page. */
const ROBOTS = 'User-agent: *\nDisallow: /*/leave\nDisallow: /*/sign-in\nDisallow: /api/\n';

/** Whoever reads it later looks again (RFC 9116 recommends less than a year). */
const SECURITY_DAYS = 180;

type Asked = Pick<Settings, 'securityContact' | 'publicUrl'>;

/** Addresses without a language, for machines and for people of all languages: they lead a browser into its own. */
export function redirectRoutes(kinds: Kinds, { securityContact, publicUrl }: Asked): Router<State> {
  const router = new Router<State>();

  router.get('/o/:id', async (ctx) => {
    const subject = await findSubject(ctx.state.em, ctx.params['id'] ?? '', ctx.state.person);
    const kind = kinds.get(subject.kind);
    if (!kind.path(subject).startsWith('/')) throw notFound();
    ctx.vary('Accept-Language');
    ctx.redirect(
      kind.path(subject).startsWith('/o/') ? kind.path(subject) : `/${ctx.state.language}${kind.path(subject)}`,
    );
  });

  router.get('/robots.txt', (ctx) => {
    ctx.type = 'text/plain; charset=utf-8';
    ctx.set('Cache-Control', 'public, max-age=86400');
    ctx.body = ROBOTS;
  });

  router.get('/.well-known/security.txt', (ctx) => {
    if (securityContact === null) throw notFound();
    const expires = new Date(Date.now() + SECURITY_DAYS * 86_400_000).toISOString();
    const canonical = `${publicUrl}/.well-known/security.txt`;
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = `Contact: ${securityContact}\nExpires: ${expires}\nPreferred-Languages: en\nCanonical: ${canonical}\n`;
  });

  router.get('/s/:slug', (ctx) => {
    ctx.vary('Accept-Language');
    ctx.redirect(`/${ctx.state.language}/spaces/${nameIn(ctx.params['slug'])}`);
  });

  router.get('/u/:handle', (ctx) => {
    ctx.vary('Accept-Language');
    ctx.redirect(`/${ctx.state.language}/people/${nameIn(ctx.params['handle'])}`);
  });

  return router;
}

/** A slug or a handle, in small letters as they all are; never a piece of another address. */
function nameIn(value = ''): string {
  const name = value.toLowerCase();
  if (!/^[a-z0-9-]+$/.test(name)) throw notFound();
  return name;
}
