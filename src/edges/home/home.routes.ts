import Router from '@koa/router';

import type { House } from '../../services/house/house.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import { listEvents } from '../../kinds/events/events.reads.ts';
import { listIdeas, type ShownIdea } from '../../kinds/ideas/ideas.reads.ts';
import { readTotals } from '../statistics/statistics.reads.ts';
import { ownLanguage, rememberedLanguage } from '../../services/site/page-language.ts';
import { viewOf } from '../../services/texts/view.ts';
import { chooseLanguagePage } from './choose.views.ts';
import { homePage } from './home.views.ts';

const NEWEST = 40;
const VOICES = 4;
const CARDS = 6;
const EVENTS = 3;

/** The choice of language, and home. */
export function homeRoutes(house: House): Router<State> {
  const { settings, words, site, spacesIn, figures } = house;
  const router = new Router<State>();

  router.get('/', async (ctx) => {
    const suggested = ownLanguage(ctx, house);
    ctx.vary('Accept-Language, Cookie');
    if (isReturning(ctx, house)) return ctx.redirect(`/${suggested}`);
    ctx.state.t = words.in(suggested);
    await site.send(ctx, {
      ...{ title: ctx.state.t('site:choose.title'), body: chooseLanguagePage(words, suggested) },
      canonical: '/',
    });
  });

  router.get('/:language', async (ctx) => {
    const { em, t, language, reader } = ctx.state;
    // `/api` and the like have no page of their own.
    if (ctx.params['language'] !== language) throw notFound();
    const newest = await listIdeas(em, {}, { limit: NEWEST }, reader);
    const spaces = await spacesIn(reader.language, language);
    const totals = await readTotals(em, figures, settings.timeZone);
    const body = homePage(
      {
        voices: voicesOf(newest, reader.language),
        newest: newest.slice(0, CARDS),
        events: await listEvents(em, { when: 'upcoming' }, { limit: EVENTS }, reader),
        spaces,
        totals,
        preference: viewOf(ctx, settings),
        timeZone: settings.timeZone,
      },
      t,
    );
    await site.send(ctx, {
      title: t('site:home.title'),
      description: t('site:home.lead'),
      body,
      live: { rooms: spaces.map((space) => `space:${space.slug}`) },
      standsOn: ['lists'],
    });
  });

  return router;
}

/** Somebody who chose before, and does not come from one of our pages to choose again. */
const isReturning = (ctx: Context, house: House): boolean =>
  rememberedLanguage(ctx, house) !== null &&
  URL.parse(ctx.get('Referer'))?.origin !== new URL(house.settings.publicUrl).origin;

/** One idea a language, the newest first, the reader's own language not among them: what others say. */
function voicesOf(ideas: readonly ShownIdea[], language: string): ShownIdea[] {
  const seen = new Set([language]);
  const others = ideas.filter(({ text }) => !seen.has(text.language) && seen.add(text.language));
  const readable = others.filter(({ text }) => text.translation?.state === 'ready');
  const rest = others.filter((idea) => !readable.includes(idea));
  return [...readable.slice(0, VOICES - 1), ...rest].slice(0, VOICES);
}
