import Router from '@koa/router';

import type { House } from '../../services/house/house.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import { pageOf, queryOf } from '../../services/site/requests.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { wishable } from '../../services/texts/texts.reads.ts';
import { wishForReader } from '../../services/texts/translations.ts';
import { showingOf, viewOf } from '../../services/texts/view.ts';
import { calendarOf } from './calendar.ts';
import { MODES, WHEN } from './event.input.ts';
import { eventActs } from './events.policy.ts';
import { whereMay } from '../../services/subjects/gate.ts';
import { findEvent, listEvents, type EventFilter, type ShownEvent } from './events.reads.ts';
import { listPage, type ChosenFilter } from './list.views.ts';

const PAGE_SIZE = 20;
const LAST_PAGE = 500;
/** What a calendar can follow; more is for machines, and they have the API. */
const CALENDAR = 200;

/** All events, narrowed as a form or an address says; the same lists and single events as calendars. */
export function eventListRoutes({ settings, site, languages, spacesIn }: House): Router<State> {
  const router = new Router<State>();

  router.get('/:language/events', async (ctx) => {
    const { em, t, person, language } = ctx.state;
    const spaces = await spacesIn(language);
    const chosen = chosenOf(ctx);
    const page = pageOf(queryOf(ctx, 'page'), LAST_PAGE);
    const slice = { limit: PAGE_SIZE + 1, offset: (page - 1) * PAGE_SIZE };
    const found = await listEvents(em, filterOf(chosen, spaces), slice, ctx.state.reader);
    if (found.length === 0 && page > 1) throw notFound();
    const events = found.slice(0, PAGE_SIZE);
    if (person) await wishForReader(em, languages, language, wishable(events.map(({ text }) => text)));
    const body = listPage(
      {
        events,
        filter: chosen,
        page,
        hasMore: found.length > PAGE_SIZE,
        spaces,
        languages: languages.all,
        mayAnnounce: (await whereMay(em, person, eventActs.announce, spaces)).length > 0,
        publicUrl: settings.publicUrl,
      },
      showingOf(ctx, settings),
    );
    const rooms = spaces.map(({ slug }) => `space:${slug}`);
    const standsOn = ['lists'];
    await site.send(ctx, { title: t('events:title'), body, live: { rooms }, current: 'events', standsOn });
  });

  router.get('/:language/events.ics', async (ctx) => {
    const spaces = await spacesIn(ctx.state.language);
    const events = await listEvents(
      ctx.state.em,
      filterOf(chosenOf(ctx), spaces),
      { limit: CALENDAR },
      ctx.state.reader,
    );
    sendCalendar(ctx, events);
  });

  router.get('/:language/events/:id.ics', async (ctx) => {
    const event = await findEvent(ctx.state.em, ctx.params['id'] ?? '', ctx.state.reader);
    ctx.attachment(`${event.id}.ics`);
    sendCalendar(ctx, [event]);
  });

  return router;

  function sendCalendar(ctx: Context, events: readonly ShownEvent[]): void {
    ctx.set('Cache-Control', ctx.state.person ? 'private, no-store' : 'no-cache');
    ctx.type = 'text/calendar; charset=utf-8';
    ctx.body = calendarOf(events, { t: ctx.state.t, ...viewOf(ctx, settings) }, settings.publicUrl);
  }
}

/** What the address chooses; an unknown value counts as not chosen. */
function chosenOf(ctx: Context): ChosenFilter {
  const known = (name: string, all: readonly string[]) => {
    const value = queryOf(ctx, name);
    return value !== undefined && all.includes(value) ? value : '';
  };
  const plain = (name: string, pattern: RegExp) => {
    const value = queryOf(ctx, name) ?? '';
    return pattern.test(value) ? value : '';
  };
  return {
    when: known('when', WHEN) || 'upcoming',
    mode: known('mode', MODES),
    space: plain('space', /^[a-z0-9-]{1,60}$/),
    language: plain('language', /^[a-z]{2,3}$/),
    country: plain('country', /^[A-Z]{2}$/),
  };
}

/** Throws 404 for a space that is not there. */
function filterOf(chosen: ChosenFilter, spaces: readonly NamedSpace[]): EventFilter {
  const space = spaces.find(({ slug }) => slug === chosen.space);
  if (chosen.space && !space) throw notFound();
  return {
    when: WHEN.find((each) => each === chosen.when) ?? 'upcoming',
    mode: MODES.find((each) => each === chosen.mode),
    spaceId: space?.id,
    language: chosen.language || undefined,
    country: chosen.country || undefined,
  };
}
