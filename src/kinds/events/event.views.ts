import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import type { Person } from '../../platform/person.ts';
import { icon } from '../../services/site/icon.ts';
import { showAuthor } from '../../services/texts/texts.views.ts';
import type { ShownEvent } from './events.reads.ts';
import { isFull, seatsTaken, spoken } from './events.views.ts';
import { countryName } from './places.ts';
import type { Registration } from './registrations.ts';
import { isOver } from './times.ts';

/** Where, in which languages, by whom. */
export function facts(event: ShownEvent, t: T): Html {
  const { address, country, url, author, languages, mode } = event;
  const place = [address, country ? countryName(country, t.language) : null].filter((each) => each !== null).join(', ');
  const leave = url ? `/${t.language}/leave?to=${encodeURIComponent(url)}` : '';
  const rows = [
    fact(t('events:mode'), t(`events:mode.${mode}`)),
    place ? fact(t('events:where'), html`<bdi>${place}</bdi>`) : '',
    url ? fact(t('events:online'), html`<a href="${leave}" rel="nofollow">${t('events:onlineLink')}</a>`) : '',
    languages.length > 0 ? fact(t('events:spoken'), spoken(event)) : '',
    fact(t('events:organizer'), showAuthor(author, t)),
    fact(t('events:clock'), html`<span dir="ltr">${event.timeZone}</span>`),
  ];
  return html`<dl class="facts">${rows}</dl>`;
}

const fact = (name: string, value: Html | string): Html =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`;

interface Guest {
  person: Person | null;
  /** Whether this reader comes. */
  registration: Registration | null;
}

/** Seats, and the one button that fits. */
export function seats(event: ShownEvent, { person, registration }: Guest, t: T): Html {
  const { waiting } = event;
  const number = formatNumber(waiting, t.language);
  const line = html`<p>
    <strong>${seatsTaken(event, t)}</strong>${waiting > 0 ? html`<br>${t('events:waiting', { count: waiting, number })}` : ''}
  </p>`;
  if (event.cancelledAt || event.state !== 'open') return html`<div class="section seats">${line}</div>`;
  if (isOver(event)) return html`<div class="section seats"><p>${t('events:isOver')}</p>${line}</div>`;
  const ics = `/${t.language}/events/${event.id}.ics`;
  return html`<div class="section seats" id="seats">
    ${registration ? mine(registration, t) : ''}
    <div class="actions">
      ${button(event, person, registration, t)}<a class="button button--link" href="${ics}">${t('events:addToCalendar')}</a>
    </div>
    ${line}${registration ? '' : html`<p class="hint">${t('events:nameHint')}</p>`}
  </div>`;
}

function mine({ state, place }: Registration, t: T): Html {
  if (state === 'registered')
    return html`<p class="with-icon" role="status">${icon('check')}<strong>${t('events:registered')}</strong></p>`;
  const words = t('events:inLine', { place: formatNumber(place ?? 1, t.language) });
  return html`<p class="with-icon" role="status">
    ${icon('clock')}<span><strong>${words}</strong><br>${t('events:inLineHint')}</span>
  </p>`;
}

function button(event: ShownEvent, person: Person | null, registration: Registration | null, t: T): Html {
  const base = `/${t.language}/events/${event.id}`;
  if (!person) {
    const signIn = `/${t.language}/sign-in?to=${encodeURIComponent(`${base}#seats`)}`;
    return html`<a class="button" href="${signIn}">${t('events:signInToRegister')}</a>`;
  }
  const act = (name: string, look: string, words: string) =>
    html`<form method="post" action="${base}/${name}"><button type="submit" class="button${look}">${words}</button></form>`;
  if (!registration) return act('register', '', t(isFull(event) ? 'events:wait' : 'events:register'));
  const words = t(registration.state === 'registered' ? 'events:unregister' : 'events:leaveLine');
  return act('unregister', ' button--quiet', words);
}

/** What can be done with an event beside what can be done with every contribution. */
export function staffActs({ id, official }: ShownEvent, may: { cancel: boolean; markOfficial: boolean }, t: T): Html[] {
  const base = `/${t.language}/events/${id}`;
  const words = t(official ? 'events:unmarkOfficial' : 'events:markOfficial');
  const mark = html`<form method="post" action="${base}/official">
    <button type="submit" class="button button--quiet" name="official" value="${official ? '0' : '1'}">${words}</button>
  </form>`;
  const cancel = html`<a class="button button--quiet" href="${base}/cancel">${t('events:cancel')}</a>`;
  return [...(may.cancel ? [cancel] : []), ...(may.markOfficial ? [mark] : [])];
}
