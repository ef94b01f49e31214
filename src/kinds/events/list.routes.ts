import Router from '@koa/router';

import type { Context, State } from '../../platform/http/context.ts';
import { notFound } from '../../platform/http/errors.ts';
import { filterBy, languageFilter, readListed, spaceFilter } from '../../services/contributions/list.ts';
import type { House } from '../../services/house/house.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { hrefOf, shownBy, type Filter } from '../../services/site/lists.views.ts';
import { paramOf, queryOf } from '../../services/site/requests.ts';
import { whereMay } from '../../services/subjects/gate.ts';
import { showingOf, viewOf } from '../../services/texts/view.ts';
import { calendarOf } from './calendar.ts';
import { MODES, WHEN } from './event.input.ts';
import { eventActs } from './events.policy.ts';
import { findEvent, listEvents, type EventFilter, type ShownEvent } from './events.reads.ts';
import { listPage } from './list.views.ts';
import { countriesIn } from '../../services/site/places.ts';

/** Calendars follow so many; more is for machines, and they have the API. */
const CALENDAR = 200;

/** All events, narrowed as a form or an address says; the same lists and single events as calendars. */
export function eventListRoutes(house: House): Router<State> {
  const { settings, site, languages, spacesIn } = house;
  const router = new Router<State>();

  router.get('/:language/events', async (ctx) => {
    const { em, t, person, reader, language } = ctx.state;
    const spaces = await spacesIn(reader.language, language);
    const filters = filtersIn(ctx, spaces);
    const where = conditions(filters, spaces);
    const listed = await readListed(ctx, house, (slice) => listEvents(em, where, slice, reader));
    const mayAnnounce = (await whereMay(em, person, eventActs.announce, spaces)).length > 0;
    const page = { path: `/${language}/events`, filters, mayAnnounce, publicUrl: settings.publicUrl };
    const list = { ...listed, ...page, when: where.when };
    const body = listPage(list, showingOf(ctx, settings));
    const canonical = hrefOf(list, { view: null });
    const rooms = spaces.map(({ slug }) => `space:${slug}`);
    const standsOn = ['lists'];
    await site.send(ctx, { title: t('events:title'), body, live: { rooms }, current: 'events', standsOn, canonical });
  });

  router.get('/:language/events.ics', async (ctx) => {
    const { em, reader, language } = ctx.state;
    const spaces = await spacesIn(reader.language, language);
    sendCalendar(ctx, await listEvents(em, conditions(filtersIn(ctx, spaces), spaces), { limit: CALENDAR }, reader));
  });

  router.get('/:language/events/:id.ics', async (ctx) => {
    const event = await findEvent(ctx.state.em, paramOf(ctx, 'id'), ctx.state.reader);
    ctx.attachment(`${event.id}.ics`);
    sendCalendar(ctx, [event]);
  });

  return router;

  /** Throws 404 for a space that is not there: a calendar would follow all of them instead. */
  function filtersIn(ctx: Context, spaces: readonly NamedSpace[]): Filter[] {
    const { t } = ctx.state;
    const slug = queryOf(ctx, 'space');
    if (slug !== undefined && !spaces.some((each) => each.slug === slug)) throw notFound();
    const when = WHEN.map((value) => ({ value, words: t(`events:${value}`) }));
    const modes = MODES.map((value) => ({ value, words: t(`events:mode.${value}`) }));
    return [
      filterBy(ctx, { name: 'when', label: 'events:when', options: when, usual: 'upcoming' }),
      filterBy(ctx, { name: 'mode', label: 'events:mode', options: modes }),
      spaceFilter(ctx, spaces),
      languageFilter(ctx, 'events:language', languages.all),
      filterBy(ctx, { name: 'country', label: 'events:country', options: countriesIn(t.language) }),
    ];
  }

  function sendCalendar(ctx: Context, events: readonly ShownEvent[]): void {
    ctx.set('Cache-Control', ctx.state.person ? 'private, no-store' : 'no-cache');
    ctx.type = 'text/calendar; charset=utf-8';
    ctx.body = calendarOf(events, { t: ctx.state.t, ...viewOf(ctx, settings) }, settings.publicUrl);
  }
}

function conditions(filters: readonly Filter[], spaces: readonly NamedSpace[]): EventFilter {
  const chosen = Object.fromEntries(filters.map((filter) => [filter.name, shownBy(filter) || undefined]));
  return {
    when: WHEN.find((each) => each === chosen['when']) ?? 'upcoming',
    mode: MODES.find((each) => each === chosen['mode']),
    spaceId: spaces.find(({ slug }) => slug === chosen['space'])?.id,
    language: chosen['language'],
    country: chosen['country'],
  };
}
