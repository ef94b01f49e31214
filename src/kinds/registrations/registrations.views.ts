import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import type { Person } from '../../platform/person.ts';
import { icon } from '../../services/site/icon.ts';
import type { Registration } from './registrations.ts';

interface Seats {
  /** Null without a limit. */
  capacity: number | null;
  /** Seats taken. */
  registered: number;
  /** How many came, as a report says. */
  attendees: number | null;
}

interface SeatedEvent extends Seats {
  id: string;
  waiting: number;
  /** Whether there are seats to take; `closed` when it was cancelled or hidden. */
  is: 'open' | 'over' | 'closed';
}

export const isFull = ({ capacity, registered }: Pick<Seats, 'capacity' | 'registered'>): boolean =>
  capacity !== null && registered >= capacity;

export function seatsTaken({ capacity, registered }: Pick<Seats, 'capacity' | 'registered'>, t: T): string {
  const number = (value: number) => formatNumber(value, t.language);
  return capacity === null
    ? t('events:coming', { count: registered, number: number(registered) })
    : t('events:seats', { taken: number(registered), capacity: number(capacity) });
}

/** Of what is over: there are no seats to take any more. */
export function cameOrRegistered({ registered, attendees }: Omit<Seats, 'capacity'>, t: T): string {
  const numbers = (count: number) => ({ count, number: formatNumber(count, t.language) });
  return attendees === null ? t('events:hadRegistered', numbers(registered)) : t('events:came', numbers(attendees));
}

interface Guest {
  person: Person | null;
  /** Whether this reader comes. */
  registration: Registration | null;
}

/** Seats, and the one button that fits. */
export function seats(event: SeatedEvent, { person, registration }: Guest, t: T): Html {
  const { waiting } = event;
  const number = formatNumber(waiting, t.language);
  const past = html`<p><strong>${cameOrRegistered(event, t)}</strong></p>`;
  if (event.is === 'closed') return html`<div class="section seats">${past}</div>`;
  if (event.is === 'over') return html`<div class="section seats"><p>${t('events:isOver')}</p>${past}</div>`;
  const line = html`<p>
    <strong>${seatsTaken(event, t)}</strong>${waiting > 0 ? html`<br>${t('events:waiting', { count: waiting, number })}` : ''}
  </p>`;
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

function button(event: SeatedEvent, person: Person | null, registration: Registration | null, t: T): Html {
  const base = `/${t.language}/events/${event.id}`;
  if (!person) {
    const signIn = `/${t.language}/sign-in?to=${encodeURIComponent(`${base}#seats`)}`;
    return html`<a class="button" href="${signIn}">${t(isFull(event) ? 'events:signInToWait' : 'events:signInToRegister')}</a>`;
  }
  const act = (name: string, look: string, words: string) =>
    html`<form method="post" action="${base}/${name}"><button type="submit" class="button${look}">${words}</button></form>`;
  if (!registration) return act('register', '', t(isFull(event) ? 'events:wait' : 'events:register'));
  const words = t(registration.state === 'registered' ? 'events:unregister' : 'events:leaveLine');
  return act('unregister', ' button--quiet', words);
}
