import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import type { Person } from '../../platform/person.ts';
import type { ShownDecision } from '../../services/moderation/decisions.reads.ts';
import { decisionsNotice } from '../../services/moderation/moderation.views.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import type { Doubt } from '../../services/texts/doubt.ts';
import {
  byline,
  languageQuestion,
  showAuthor,
  showText,
  showTitle,
  type Showing,
} from '../../services/texts/texts.views.ts';
import { isFull, seatsTaken, showWhen, spoken, statusTags } from './events.views.ts';
import type { ShownEvent } from './events.reads.ts';
import { countryName } from './places.ts';
import type { Registration } from './registrations.ts';
import { isOver } from './times.ts';

export interface EventPage {
  event: ShownEvent;
  space: NamedSpace;
  decisions: readonly ShownDecision[];
  /** What other features show here. */
  panels: readonly Html[];
  person: Person | null;
  /** Whether this reader comes. */
  registration: Registration | null;
  /** What the reader may do here. */
  may: { edit: boolean; cancel: boolean; mark: boolean; hide: boolean; restore: boolean };
  posted: boolean;
  timeZone: string;
  languages: readonly string[];
  /** Of its language: for its organizer. */
  doubt: Doubt;
}

export function eventPage(page: EventPage, showing: Showing): Html {
  const { event, space, decisions, timeZone } = page;
  const { t } = showing;
  return html`${crumbs(t)}<div class="folio"><article data-subject="${event.id}">
${page.posted ? html`<p class="notice notice--success" role="status">${icon('check')}<span>${t('events:posted')}</span></p>` : ''}${decisionsNotice({ state: event.state, decisions, timeZone }, showing)}
<header class="stack"><ul class="tags">${statusTags(event, t)}<li ${langAttributes(space.language)}>${space.title}</li></ul>
${showTitle(event.text, showing)}<p class="lead">${showWhen(event, t)}</p></header>
<div class="section">${facts(event, t)}</div>
${seats(page, t)}
<div class="section stack">${showText(event.text, showing)}${byline(event, { t, timeZone, report: true })}</div>
${page.may.edit ? html`<div class="section">${languageQuestion(event.text, t, page.languages, page.doubt)}</div>` : ''}
${acts(page, t)}</article>
<aside class="side" aria-label="${t('events:aboutTimes')}"><section><h2>${t('events:aboutTimes')}</h2><p>${t('events:aboutTimesBody')}</p></section></aside>
${page.panels.length > 0 ? html`<div>${page.panels}</div>` : ''}</div>`;
}

function crumbs(t: T): Html {
  const home = `/${t.language}`;
  return html`<nav class="crumbs" aria-label="${t('site:nav.path')}"><ol class="plain"><li><a href="${home}">${t('site:nav.home')}</a></li><li><a href="${home}/events">${t('events:title')}</a></li></ol></nav>`;
}

function facts(event: ShownEvent, t: T): Html {
  const { address, country, url, author, languages, mode } = event;
  const place = [address, country ? countryName(country, t.language) : null].filter((each) => each !== null).join(', ');
  const link = url
    ? html`<a href="/${t.language}/leave?to=${encodeURIComponent(url)}" rel="nofollow">${t('events:onlineLink')}</a>`
    : '';
  const rows = [
    fact(t('events:mode'), t(`events:mode.${mode}`)),
    place ? fact(t('events:where'), html`<bdi>${place}</bdi>`) : '',
    link ? fact(t('events:online'), link) : '',
    languages.length > 0 ? fact(t('events:spoken'), spoken(event)) : '',
    fact(t('events:organizer'), showAuthor(author, t)),
    fact(t('events:clock'), html`<span dir="ltr">${event.timeZone}</span>`),
  ];
  return html`<dl class="facts">${rows}</dl>`;
}

const fact = (name: string, value: Html | string): Html => html`<dt>${name}</dt><dd>${value}</dd>`;

/** Seats, and the one button that fits. */
function seats({ event, person, registration }: EventPage, t: T): Html {
  const calendar = html`<a class="button button--link" href="/${t.language}/events/${event.id}.ics">${t('events:addToCalendar')}</a>`;
  const line = html`<p><strong>${seatsTaken(event, t)}</strong>${event.waiting > 0 ? html`<br>${t('events:waiting', { count: event.waiting, number: formatNumber(event.waiting, t.language) })}` : ''}</p>`;
  if (event.cancelledAt || event.state !== 'open') return html`<div class="section seats">${line}</div>`;
  if (isOver(event)) return html`<div class="section seats"><p>${t('events:isOver')}</p>${line}</div>`;
  return html`<div class="section seats" id="seats">${registration ? mine(registration, t) : ''}<div class="actions">${button(event, person, registration, t)}${calendar}</div>${line}${registration ? '' : html`<p class="hint">${t('events:nameHint')}</p>`}</div>`;
}

function mine({ state, place }: Registration, t: T): Html {
  if (state === 'registered')
    return html`<p class="with-icon" role="status">${icon('check')}<strong>${t('events:registered')}</strong></p>`;
  return html`<p class="with-icon" role="status">${icon('clock')}<span><strong>${t('events:inLine', { place: formatNumber(place ?? 1, t.language) })}</strong><br>${t('events:inLineHint')}</span></p>`;
}

function button(event: ShownEvent, person: Person | null, registration: Registration | null, t: T): Html {
  const base = `/${t.language}/events/${event.id}`;
  if (!person)
    return html`<a class="button" href="/${t.language}/sign-in?to=${encodeURIComponent(`${base}#seats`)}">${t('events:signInToRegister')}</a>`;
  if (registration)
    return html`<form method="post" action="${base}/unregister"><button type="submit" class="button button--quiet">${t(registration.state === 'registered' ? 'events:unregister' : 'events:leaveLine')}</button></form>`;
  return html`<form method="post" action="${base}/register"><button type="submit" class="button">${t(isFull(event) ? 'events:wait' : 'events:register')}</button></form>`;
}

function acts({ event, may }: EventPage, t: T): Html {
  const base = `/${t.language}/events/${event.id}`;
  const link = (path: string, words: string) =>
    html`<a class="button button--quiet" href="${base}/${path}">${words}</a>`;
  const mark = html`<form method="post" action="${base}/official"><button type="submit" class="button button--quiet" name="official" value="${event.official ? '0' : '1'}">${t(event.official ? 'events:unmarkOfficial' : 'events:markOfficial')}</button></form>`;
  const all = [
    may.edit ? link('edit', t('events:edit')) : '',
    may.cancel ? link('cancel', t('events:cancel')) : '',
    may.mark ? mark : '',
    may.hide ? link('hide', t('moderation:hide')) : '',
    may.restore ? link('restore', t('moderation:restore')) : '',
  ].filter((each) => each !== '');
  return all.length > 0 ? html`<div class="section actions">${all}</div>` : html``;
}
