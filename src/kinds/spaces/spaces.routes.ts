import Router from '@koa/router';

import type { State } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { House } from '../../services/house/house.ts';
import { findSubject } from '../../services/subjects/subjects.ts';
import { spacePage, spacesPage } from './spaces.views.ts';

/** All spaces, and one with what stands in it. */
export function spacesRoutes({ site, kinds, spacesIn }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/spaces', async (ctx) => {
    const { t, reader, language } = ctx.state;
    const body = spacesPage(await spacesIn(reader.language, language), t);
    await site.send(ctx, { title: t('site:nav.themes'), body, current: 'themes', standsOn: ['lists'] });
  });

  router.get('/:language/spaces/:slug', async (ctx) => {
    const { em, t, person, reader, language } = ctx.state;
    const asked = ctx.params['slug'] ?? '';
    const spaces = await spacesIn(reader.language, language);
    const space = spaces.find(({ slug, id }) => slug === asked || id === asked);
    if (!space) throw notFound();
    // Its name for ever is its id; people read and share the slug.
    if (space.id === asked) return ctx.redirect(`/${language}/spaces/${space.slug}`);
    const panels = await kinds.panelsOf(ctx, await findSubject(em, space.id, person));
    await site.send(ctx, {
      title: space.title,
      description: space.description,
      body: spacePage(space, panels.html, t),
      live: { rooms: [`space:${space.slug}`] },
      current: 'themes',
      standsOn: ['lists', space.id, ...panels.standsOn],
      ...(panels.canonical ? { canonical: panels.canonical } : {}),
    });
  });

  return router;
}
