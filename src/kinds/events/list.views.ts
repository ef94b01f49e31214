import { autonym } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { choice, emptyForm } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import { filterForm } from '../../services/site/lists.views.ts';
import { keepView, withQuery, type Showing } from '../../services/texts/texts.views.ts';
import { MODES, WHEN } from './event.input.ts';
import type { ShownEvent } from './events.reads.ts';
import { eventRow } from './events.views.ts';
import { countriesIn } from './places.ts';
import { dayOf } from './times.ts';

/** What the list is narrowed to; empty words mean no choice. */
export interface ChosenFilter {
  when: string;
  mode: string;
  space: string;
  language: string;
  country: string;
}

export interface ListPage {
  events: readonly ShownEvent[];
  filter: ChosenFilter;
  page: number;
  hasMore: boolean;
  spaces: readonly NamedSpace[];
  languages: readonly string[];
  mayAnnounce: boolean;
  publicUrl: string;
}

/** Events by day, with what narrows the list and a calendar that follows it. */
export function listPage(list: ListPage, showing: Showing): Html {
  const { t } = showing;
  const shown =
    list.events.length === 0 ? empty(showing) : html`${byDay(list.events, showing)}${pagination(list, showing)}`;
  return html`<div class="folio">
    <div>
      <header class="stack">
        <h1>${t('events:title')}</h1>
        <p class="lead">${t('events:lead')}</p>
        ${list.mayAnnounce ? announce(t) : ''}
      </header>
      <section class="section" aria-label="${t('events:title')}">
        ${filters(list, showing)}
        <div class="live-slot" role="status"></div>
        ${shown}
      </section>
    </div>
    <aside class="side" aria-label="${t('events:subscribe')}">
      <section>
        <h2>${t('events:subscribe')}</h2>
        <p>${t('events:subscribeBody')}</p>
        <p><a class="button button--link" href="${calendarOf(list, t)}">${t('events:subscribeLink')}</a></p>
      </section>
      <section>
        <h2>${t('events:aboutTimes')}</h2>
        <p>${t('events:aboutTimesBody')}</p>
      </section>
    </aside>
  </div>`;
}

const announce = (t: T): Html =>
  html`<p class="actions">
    <a class="button" href="/${t.language}/events/new">${t('events:announce')}</a>
    <a class="button button--link" href="/${t.language}/organize">${t('organize:title')}</a>
  </p>`;

function filters({ filter, spaces, languages }: ListPage, { t, view, isAsked }: Showing): Html {
  const form = { ...emptyForm, values: { ...filter } };
  const any = { value: '', words: t('contributions:any') };
  const select = (name: string, label: string, options: { value: string; words: string; lang?: string }[]) =>
    choice({ name, label, options }, form, t);
  const when = WHEN.map((value) => ({ value, words: t(`events:${value}`) }));
  const modes = MODES.map((value) => ({ value, words: t(`events:mode.${value}`) }));
  const themes = spaces.map(({ slug, title, language }) => ({ value: slug, words: title, lang: language }));
  const codes = languages.map((code) => ({ value: code, words: autonym(code), lang: code }));
  const fields = [
    select('when', t('events:when'), when),
    select('mode', t('events:mode'), [any, ...modes]),
    select('space', t('contributions:theme'), [any, ...themes]),
    select('language', t('events:language'), [any, ...codes]),
    select('country', t('events:country'), [any, ...countriesIn(t.language)]),
  ];
  return filterForm(`/${t.language}/events`, fields, isAsked ? view : null, t);
}

/** One heading a day, on the clocks of each event. */
function byDay(events: readonly ShownEvent[], showing: Showing): Html {
  const days = Map.groupBy(events, ({ startsAt, timeZone }) => dayOf(startsAt, timeZone));
  const heading = ([first]: readonly ShownEvent[]) =>
    first ? formatDate(first.startsAt, showing.t.language, first.timeZone) : '';
  return html`${[...days.values()].map(
    (of) =>
      html`<section class="event-group">
        <h2 class="event-date">${heading(of)}</h2>
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

/** What is chosen, as an address has it; defaults stay out of it. */
function queryOf({ when, ...others }: ChosenFilter): Record<string, string | null> {
  const asked = { when: when === 'upcoming' ? '' : when, ...others };
  return Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, value || null]));
}

/** Programs for calendars ask again by themselves under this scheme. */
function calendarOf({ filter, publicUrl }: ListPage, t: T): string {
  return withQuery(`${publicUrl.replace(/^https?/, 'webcal')}/${t.language}/events.ics`, queryOf(filter));
}

function pagination({ filter, page, hasMore }: ListPage, { t, ...preference }: Showing): Html {
  if (page === 1 && !hasMore) return html``;
  const href = (target: number) => {
    const path = withQuery(`/${t.language}/events`, { ...queryOf(filter), page: target > 1 ? String(target) : null });
    return keepView(path, preference);
  };
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
