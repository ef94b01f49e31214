import { autonym } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import { choice, emptyForm } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { keepView, type Showing } from '../../services/texts/texts.views.ts';
import { MODES, WHEN } from './event.input.ts';
import { eventRow } from './events.views.ts';
import type { ShownEvent } from './events.reads.ts';
import { COUNTRIES, countryName } from './places.ts';
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
  const announce = list.mayAnnounce
    ? html`<p class="actions"><a class="button" href="/${t.language}/events/new">${t('events:announce')}</a><a class="button button--link" href="/${t.language}/organize">${t('organize:title')}</a></p>`
    : '';
  return html`<div class="folio"><div><header class="stack"><h1>${t('events:title')}</h1><p class="lead">${t('events:lead')}</p>${announce}</header>
<section class="section" aria-label="${t('events:title')}">${filters(list, showing)}
<div class="live-slot" role="status"></div>
${list.events.length === 0 ? empty(showing) : html`${byDay(list.events, showing)}${pagination(list, showing)}`}</section></div>
<aside class="side" aria-label="${t('events:subscribe')}"><section><h2>${t('events:subscribe')}</h2><p>${t('events:subscribeBody')}</p><p><a class="button button--link" href="${calendarOf(list, t)}">${t('events:subscribeLink')}</a></p></section>
<section><h2>${t('events:aboutTimes')}</h2><p>${t('events:aboutTimesBody')}</p></section></aside></div>`;
}

function filters({ filter, spaces, languages }: ListPage, showing: Showing): Html {
  const { t, view, isAsked } = showing;
  const form = { ...emptyForm, values: { ...filter } };
  const any = { value: '', words: t('events:any') };
  const names = COUNTRIES.map((code) => ({ value: code, words: countryName(code, t.language) })).toSorted((a, b) =>
    a.words.localeCompare(b.words, t.language),
  );
  const fields = [
    choice(
      { name: 'when', label: t('events:when'), options: WHEN.map((value) => ({ value, words: t(`events:${value}`) })) },
      form,
      t,
    ),
    choice(
      {
        name: 'mode',
        label: t('events:mode'),
        options: [any, ...MODES.map((value) => ({ value, words: t(`events:mode.${value}`) }))],
      },
      form,
      t,
    ),
    choice(
      {
        name: 'space',
        label: t('events:theme'),
        options: [any, ...spaces.map(({ slug, title, language }) => ({ value: slug, words: title, lang: language }))],
      },
      form,
      t,
    ),
    choice(
      {
        name: 'language',
        label: t('events:language'),
        options: [any, ...languages.map((code) => ({ value: code, words: autonym(code), lang: code }))],
      },
      form,
      t,
    ),
    choice({ name: 'country', label: t('events:country'), options: [any, ...names] }, form, t),
  ];
  return html`<search><form class="filters" method="get" action="/${t.language}/events"><div class="filters-row">${fields}${isAsked ? html`<input type="hidden" name="view" value="${view}">` : ''}<button type="submit" class="button button--quiet">${t('events:apply')}</button></div></form></search>`;
}

/** One heading a day, on the clocks of each event. */
function byDay(events: readonly ShownEvent[], showing: Showing): Html {
  const days = new Map<string, ShownEvent[]>();
  for (const event of events) {
    const day = dayOf(event.startsAt, event.timeZone);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  const heading = ([first]: readonly ShownEvent[]) =>
    first ? formatDate(first.startsAt, showing.t.language, first.timeZone) : '';
  return html`${[...days.values()].map((of) => html`<section class="event-group"><h2 class="event-date">${heading(of)}</h2>${of.map((event) => eventRow(event, showing))}</section>`)}`;
}

function empty({ t, ...preference }: Showing): Html {
  return html`<div class="empty"><h2>${t('events:empty')}</h2><p>${t('events:emptyHint')}</p><p class="actions"><a class="button button--quiet" href="${keepView(`/${t.language}/events`, preference)}">${t('events:clear')}</a><a class="button button--link" href="${keepView(`/${t.language}/events?when=past`, preference)}">${t('events:past')}</a></p></div>`;
}

function queryOf(filter: ChosenFilter, page = 1): string {
  const query = new URLSearchParams(
    Object.entries(filter).filter(([name, value]) => value && !(name === 'when' && value === 'upcoming')),
  );
  if (page > 1) query.set('page', String(page));
  return query.size > 0 ? `?${query}` : '';
}

/** Programs for calendars ask again by themselves under this scheme. */
function calendarOf({ filter, publicUrl }: ListPage, t: T): string {
  return `${publicUrl.replace(/^https?/, 'webcal')}/${t.language}/events.ics${queryOf(filter)}`;
}

function pagination({ filter, page, hasMore }: ListPage, { t, ...preference }: Showing): Html {
  if (page === 1 && !hasMore) return html``;
  const to = (target: number, words: string, rel: string) =>
    html`<li><a rel="${rel}" href="${keepView(`/${t.language}/events${queryOf(filter, target)}`, preference)}">${rel === 'prev' ? icon('back', { turn: true }) : ''}${words}</a></li>`;
  return html`<nav class="section pagination" aria-label="${t('events:pages')}"><ul>${page > 1 ? to(page - 1, t('events:earlier'), 'prev') : ''}${hasMore ? to(page + 1, t('events:later'), 'next') : ''}</ul></nav>`;
}
