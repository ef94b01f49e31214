import Router from '@koa/router';

import { UNDETERMINED } from '#translation/languages.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Site } from '../../services/house/page.ts';
import { queryOf } from '../../services/site/requests.ts';
import type { SpaceIndex, CountedSpace } from '../../services/house/spaces.ts';
import type { Languages } from '../../platform/languages.ts';
import { wishable } from '../../services/texts/texts.reads.ts';
import { wishForReader } from '../../services/texts/translations.ts';
import { showingOf } from '../../services/texts/view.ts';
import { listIdeas } from './ideas.reads.ts';
import { listPage, PAGE_SIZE } from './list.views.ts';

/** Deeper pages are for machines, and they have the API. */
const LAST_PAGE = 1_000;

/** All ideas, and those of a space. */
export function listRoutes(
  { settings }: Platform,
  site: Site,
  languages: Languages,
  spacesIn: SpaceIndex,
): Router<State> {
  const router = new Router<State>();
  router.get('/:language/ideas', (ctx) => sendList(ctx, null));
  router.get('/:language/spaces/:slug', (ctx) => sendList(ctx, ctx.params['slug'] ?? ''));
  return router;

  async function sendList(ctx: Context, slug: string | null): Promise<void> {
    const { em, t, person } = ctx.state;
    const reader = { languages, language: ctx.state.language, person };
    const spaces = await spacesIn(reader.language);
    const space = slug === null ? null : (spaces.find((each) => each.slug === slug) ?? null);
    if (slug !== null && !space) throw notFound();
    const filter = {
      space:
        slug ??
        known(
          queryOf(ctx, 'space'),
          spaces.map((each) => each.slug),
        ),
      language: known(queryOf(ctx, 'language'), [...languages.all, UNDETERMINED]),
    };
    const where = {
      spaceId: spaces.find((each) => each.slug === filter.space)?.id,
      language: filter.language ?? undefined,
    };
    const page = pageOf(queryOf(ctx, 'page'));
    const before = (page - 1) * PAGE_SIZE;
    const ideas = await listIdeas(em, where, { limit: PAGE_SIZE, offset: before }, reader);
    if (ideas.length === 0 && page > 1) throw notFound();
    const total =
      ideas.length < PAGE_SIZE ? before + ideas.length : Math.max(before + ideas.length, totalOf(spaces, filter));
    if (person) await wishForReader(em, languages, ctx.state.language, wishable(ideas.map(({ text }) => text)));
    ctx.state.cacheTags = ['lists'];
    const showing = showingOf(ctx, settings);
    const body = listPage(
      {
        ideas,
        total,
        page,
        space,
        spaces,
        filter,
        view: showing.isAsked ? showing.view : null,
        languages: languages.all,
        timeZone: settings.timeZone,
      },
      showing,
    );
    const rooms = filter.space ? [`space:${filter.space}`] : spaces.map((each) => `space:${each.slug}`);
    await site.send(ctx, {
      title: space?.title ?? t('site:nav.ideas'),
      ...(space ? { description: space.description } : {}),
      body,
      live: { rooms },
      current: space ? 'themes' : 'ideas',
    });
  }
}

/** As many as the index of spaces knows of; it may be younger or older than the list by a moment. */
function totalOf(spaces: readonly CountedSpace[], filter: { space: string | null; language: string | null }): number {
  const chosen = filter.space ? spaces.filter(({ slug }) => slug === filter.space) : spaces;
  return chosen.reduce(
    (sum, { counts, ideasIn }) => sum + (filter.language ? (ideasIn[filter.language] ?? 0) : counts.ideas),
    0,
  );
}

const known = (value: string | undefined, all: readonly string[]): string | null =>
  value !== undefined && all.includes(value) ? value : null;

function pageOf(value: string | undefined): number {
  if (value === undefined) return 1;
  const page = /^\d{1,4}$/.test(value) ? Number(value) : 0;
  if (page < 1 || page > LAST_PAGE) throw notFound();
  return page;
}
