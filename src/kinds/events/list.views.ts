import { html, type Html } from '../../platform/html.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import type { Listed } from '../../services/contributions/list.ts';
import { icon } from '../../services/site/icon.ts';
import { filtersOf, hrefOf, pageIn, type List } from '../../services/site/lists.views.ts';
import { keepView, viewSwitch, type Showing } from '../../services/texts/texts.views.ts';
import type { WHEN } from './event.input.ts';
import type { ShownEvent } from './events.reads.ts';
import { eventRow } from './events.views.ts';
import { dayOf } from '../../platform/clocks.ts';

interface EventList extends List, Listed<ShownEvent> {
  when: (typeof WHEN)[number];
  mayAnnounce: boolean;
  publicUrl: string;
}

/** Events by day, with what narrows the list and a calendar that follows it. */
export function listPage(list: EventList, showing: Showing): Html {
  const { t } = showing;
  const { items } = list;
  return html`<div class="folio">
    <div>
      <header class="stack">
        <h1>${t('events:title')}</h1>
        <p class="lead">${t('events:lead')}</p>
        ${list.mayAnnounce ? announce(t) : ''}
      </header>
      <section class="section" aria-label="${t('events:title')}">
        <div class="section-head">
          <p><strong>${t(`events:${list.when}`)}</strong></p>
          ${viewSwitch(showing, (view) => hrefOf(list, { view }))}
        </div>
        ${filtersOf(list, t)}
        <div class="live-slot" role="status"></div>
        ${items.length === 0 ? empty(showing) : html`${byDay(items, showing)}${pages(list, t)}`}
      </section>
    </div>
    <aside class="side" aria-label="${t('events:subscribe')}">
      <section>
        <h2>${t('events:subscribe')}</h2>
        <p>${t('events:subscribeBody')}</p>
        <p><a class="button button--link" href="${calendarOf(list)}">${t('events:subscribeLink')}</a></p>
      </section>
      <section>
        <h2>${t('events:aboutTimes')}</h2>
        <p>${t('events:aboutTimesBody')}</p>
      </section>
      ${list.mayAnnounce ? '' : html`<section><h2>${t('events:announce')}</h2><p>${t('events:onlyOrganizers')}</p></section>`}
    </aside>
  </div>`;
}

const announce = (t: T): Html =>
  html`<p class="actions">
    <a class="button" href="/${t.language}/events/new">${t('events:announce')}</a>
    <a class="button button--link" href="/${t.language}/organize">${t('organize:title')}</a>
  </p>`;

/** One heading a day, on the clocks of each event. */
function byDay(events: readonly ShownEvent[], showing: Showing): Html {
  const days = Map.groupBy(events, ({ startsAt, timeZone }) => dayOf(startsAt, timeZone));
  const heading = ([first]: readonly ShownEvent[]) =>
    first ? formatDate(first.startsAt, showing.t.language, first.timeZone) : '';
  return html`${[...days.values()].map(
    (of) =>
      html`<section class="event-group">
        <h2 class="event-date hidden">${heading(of)}</h2>
        ${of.map((event) => eventRow(event, showing))}
      </section> `,
  )}`;
}

function empty({ t, ...preference }: Showing): Html {
  const list = `/${t.language}/events`;
  return html`<div class="empty">
    <h2>${t('events:empty')}</h2>
    <p>${t('events:emptyHint')}</p>
    <p class="actions">
      <a class="button button--quiet" href="${keepView(list, preference)}">${t('events:clear')}</a>
      <a class="button button--link" href="${keepView(`${list}?when=past`, preference)}">${t('events:past')}</a>
    </p>
  </div>`;
}

/** Programs for calendars ask again by themselves under this scheme. */
function calendarOf(list: EventList): string {
  const path = `${list.publicUrl.replace(/^https?/, 'webcal')}${list.path}.ics`;
  return hrefOf({ ...list, path, page: 1, view: null });
}

/** Nobody counts what is to come: there is a page before, and perhaps one after. */
function pages(list: EventList, t: T): Html {
  const { page, hasMore } = list;
  if (page === 1 && !hasMore) return html``;
  const href = (target: number) => hrefOf(list, { page: pageIn(target) });
  const before = html`<li>
    <a rel="prev" href="${href(page - 1)}">${icon('back', { turn: true })}${t('events:earlier')}</a>
  </li>`;
  const after = html`<li><a rel="next" href="${href(page + 1)}">${t('events:later')}</a></li>`;
  return html`<nav class="section pagination" aria-label="${t('events:pages')}">
    <ul>
      ${page > 1 ? before : ''}${hasMore ? after : ''}
    </ul>
  </nav>`;
}
