import Router from '@koa/router';

import type { Context, State } from '../../platform/http/context.ts';
import type { Platform } from '../../platform/platform.ts';
import { listEvents } from '../../kinds/events/events.reads.ts';
import { listIdeas, type ShownIdea } from '../../kinds/ideas/ideas.reads.ts';
import type { Site } from '../../services/house/page.ts';
import type { SpaceIndex } from '../../services/house/spaces.ts';
import { spacesPage } from '../../kinds/spaces/spaces.views.ts';
import { readTotals } from '../statistics/statistics.reads.ts';
import type { Languages } from '../../platform/languages.ts';
import { viewOf } from '../../services/texts/view.ts';
import { chooseLanguagePage, homePage } from './home.views.ts';

const YEAR_MILLISECONDS = 365 * 86_400_000;
const NEWEST = 40;
const VOICES = 4;
const CARDS = 6;
const EVENTS = 3;

/** The choice of language, home, and the list of themes. */
export function homeRoutes(
  { settings, words }: Platform,
  site: Site,
  languages: Languages,
  spacesIn: SpaceIndex,
): Router<State> {
  const router = new Router<State>();
  const cookie = settings.secure ? '__Host-language' : 'language';

  router.get('/', async (ctx) => {
    const asked = ctx.acceptsLanguages([...words.languages]);
    const suggested = remembered(ctx) ?? (asked || 'en');
    ctx.state.t = words.in(suggested);
    ctx.vary('Accept-Language');
    await site.send(ctx, { title: ctx.state.t('site:choose.title'), body: chooseLanguagePage(words, suggested) });
  });

  router.get('/:language', async (ctx) => {
    const { em, t, person, language } = ctx.state;
    const reader = { languages, language, person };
    if (remembered(ctx) !== language)
      ctx.cookies.set(cookie, language, {
        httpOnly: true,
        sameSite: 'lax',
        secure: settings.secure,
        maxAge: YEAR_MILLISECONDS,
        signed: false,
      });
    const newest = await listIdeas(em, {}, { limit: NEWEST }, reader);
    const spaces = await spacesIn(language);
    const totals = await readTotals(em, settings.timeZone);
    ctx.state.cacheTags = remembered(ctx) === language ? ['lists'] : [];
    const body = homePage(
      {
        voices: voicesOf(newest, language),
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
    });
  });

  router.get('/:language/spaces', async (ctx) => {
    const { t, language } = ctx.state;
    const spaces = await spacesIn(language);
    ctx.state.cacheTags = ['lists'];
    await site.send(ctx, { title: t('site:nav.themes'), body: spacesPage(spaces, t), current: 'themes' });
  });

  return router;

  function remembered(ctx: Context): string | null {
    const chosen = ctx.cookies.get(cookie, { signed: false });
    return chosen && words.languages.includes(chosen) ? chosen : null;
  }
}

/** One idea a language, the newest first, the reader's own language not among them: what others say. */
function voicesOf(ideas: readonly ShownIdea[], language: string): ShownIdea[] {
  const seen = new Set([language]);
  const others = ideas.filter(({ text }) => !seen.has(text.language) && seen.add(text.language));
  const readable = others.filter(({ text }) => text.translation?.state === 'ready');
  const rest = others.filter((idea) => !readable.includes(idea));
  return [...readable.slice(0, VOICES - 1), ...rest].slice(0, VOICES);
}
