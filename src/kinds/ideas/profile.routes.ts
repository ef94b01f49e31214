import Router from '@koa/router';

import type { State } from '../../platform/http/context.ts';
import { html } from '../../platform/html.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { findProfile } from '../../services/people/people.ts';
import { profilePage } from '../../services/people/people.views.ts';
import type { Site } from '../../services/house/page.ts';
import type { SpaceIndex } from '../../services/house/spaces.ts';
import type { Languages } from '../../platform/languages.ts';
import { showingOf } from '../../services/texts/view.ts';
import { listIdeas } from './ideas.reads.ts';
import { ideaCard } from './ideas.views.ts';

const SHOWN = 50;

/** A person's public page: name, handle, ideas. */
export function profileRoutes(
  { settings }: Platform,
  site: Site,
  languages: Languages,
  spacesIn: SpaceIndex,
): Router<State> {
  const router = new Router<State>();
  router.get('/:language/people/:handle', async (ctx) => {
    const { em, t, person, language } = ctx.state;
    const profile = await findProfile(em, ctx.params['handle'] ?? '');
    if (!profile) throw notFound();
    const reader = { languages, language, person };
    const ideas = await listIdeas(em, { authorId: profile.id }, { limit: SHOWN }, reader);
    const spaces = await spacesIn(language);
    const showing = showingOf(ctx, settings);
    const written =
      ideas.length === 0
        ? html`<p class="empty">${t('people:noIdeas')}</p>`
        : html`${ideas.map((idea) => ideaCard(idea, spaces.find((space) => space.id === idea.spaceId) ?? null, showing, settings.timeZone))}`;
    ctx.state.cacheTags = ['lists'];
    await site.send(ctx, { title: profile.name, body: profilePage(profile, written, t) });
  });
  return router;
}
