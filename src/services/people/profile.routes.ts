import Router from '@koa/router';

import { html } from '../../platform/html.ts';
import type { State } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { House } from '../house/house.ts';
import { findProfile } from './people.ts';
import { profilePage } from './people.views.ts';

/** A person's public page: name, handle, and what they wrote. */
export function profileRoutes({ site, kinds }: House): Router<State> {
  const router = new Router<State>();
  router.get('/:language/people/:handle', async (ctx) => {
    const { em, t } = ctx.state;
    const profile = await findProfile(em, ctx.params['handle'] ?? '');
    if (!profile) throw notFound();
    const written = await kinds.writtenBy(ctx, profile.id);
    const shown = written.length === 0 ? html`<p class="section empty">${t('people:noIdeas')}</p>` : html`${written}`;
    await site.send(ctx, { title: profile.name, body: profilePage(profile, shown, t), standsOn: ['lists'] });
  });
  return router;
}
