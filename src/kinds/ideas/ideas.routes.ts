import Router from '@koa/router';

import type { House } from '../../services/house/house.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { listDecisions } from '../../services/moderation/decisions.reads.ts';
import { queryOf } from '../../services/site/requests.ts';
import { findSpace } from '../spaces/spaces.reads.ts';
import { wishable } from '../../services/texts/texts.reads.ts';
import { findSubject, isModeratorOf } from '../../services/subjects/subjects.ts';
import { doubtOf } from '../../services/texts/doubt.ts';
import { excerpt } from '../../services/texts/markdown.ts';
import { chosenWords } from '../../services/texts/texts.views.ts';
import { wishForReader } from '../../services/texts/translations.ts';
import { showingOf } from '../../services/texts/view.ts';
import { historyPage } from './history.views.ts';
import { findIdea, listVersions, type ShownIdea } from './ideas.reads.ts';
import { ideaPage } from './ideas.views.ts';

/** One idea and its versions. */
export function ideasRoutes({ settings, site, languages, kinds }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/ideas/:id', async (ctx) => {
    const { em, person, t } = ctx.state;
    const reader = ctx.state.reader;
    const idea = await findIdea(em, ctx.params['id'] ?? '', reader);
    const space = await findSpace(em, idea.spaceSlug, reader);
    const decisions = person ? await listDecisions(em, idea.id, reader) : [];
    if (person)
      await wishForReader(em, languages, ctx.state.language, wishable([idea, ...decisions].map(({ text }) => text)));
    const panels = await kinds.panelsOf(ctx, await findSubject(em, idea.id, person));
    const showing = showingOf(ctx, settings);
    const words = chosenWords(idea.text, showing);
    const body = ideaPage(
      {
        idea,
        space,
        decisions,
        panels: panels.html,
        timeZone: settings.timeZone,
        languages: languages.all,
        may: mayOf(idea, ctx),
        doubt: doubtOf(languages, idea.text, t.language),
        posted: queryOf(ctx, 'posted') === '1' && person?.id === idea.author?.id,
      },
      showing,
    );
    await site.send(ctx, {
      title: words.title,
      description: excerpt(words.body, 150),
      body,
      live: { rooms: [`subject:${idea.id}`] },
      current: 'ideas',
      unlisted: idea.state !== 'open',
      standsOn: [idea.id, idea.spaceId, ...panels.standsOn],
    });
  });

  router.get('/:language/ideas/:id/history', async (ctx) => {
    const { em, t } = ctx.state;
    const idea = await findIdea(em, ctx.params['id'] ?? '', ctx.state.reader);
    const body = historyPage(idea, await listVersions(em, idea.id), t, settings.timeZone);
    await site.send(ctx, { title: t('contributions:history'), body, current: 'ideas', unlisted: true });
  });

  return router;
}

function mayOf(idea: ShownIdea, ctx: Context) {
  const { person } = ctx.state;
  const moderates = isModeratorOf(person, { spaceId: idea.spaceId });
  return {
    edit: idea.state === 'open' && idea.author !== null && idea.author.id === person?.id,
    hide: moderates && idea.state === 'open',
    restore: moderates && idea.state === 'hidden',
  };
}
