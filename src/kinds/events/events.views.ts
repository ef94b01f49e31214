import { autonym } from '#translation/languages.ts';
import { commaOf, formatMonth } from '../../platform/formats.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatDays, formatNumber, formatPeriod, type T } from '../../platform/i18n.ts';
import { langAttributes } from '../../services/site/languages.ts';
import { chosenWords, keepView, showCardLine, showName, type Showing } from '../../services/texts/texts.views.ts';
import { cameOrRegistered, isFull, seatsTaken } from '../registrations/registrations.views.ts';
import type { EventDetails, ShownEvent } from './events.reads.ts';
import { dayOf } from '../../platform/clocks.ts';

type When = Pick<EventDetails, 'startsAt' | 'endsAt' | 'timeZone' | 'allDay'>;

/** On the clocks of the event, with the reader's own beside it where script knows them. */
export function showWhen({ startsAt, endsAt, timeZone, allDay }: When, t: T): Html {
  // A day is that day wherever its readers are.
  if (allDay)
    return html`<time datetime="${dayOf(startsAt, timeZone)}">${inDays({ startsAt, endsAt, timeZone }, t)}</time>`;
  const [from, until] = [startsAt.toISOString(), endsAt.toISOString()];
  const words = t('events:yourTime');
  return html`<time datetime="${from}">${formatPeriod(startsAt, endsAt, t.language, timeZone)}</time>
    <local-time class="hint" data-from="${from}" data-until="${until}" data-zone="${timeZone}" data-words="${words}"></local-time>`;
}

const inDays = ({ startsAt, endsAt, timeZone }: Omit<When, 'allDay'>, t: T): string =>
  t('events:allDays', { days: formatDays(startsAt, endsAt, t.language, timeZone) });

/** What everybody should see first: that it is off, over, full, or one of the institutions. */
export function statusTags(event: ShownEvent, t: T): Html {
  const report = event.attendees === null ? '' : t('events:reported');
  const tags = [stateOf(event, t), report, event.official ? t('events:official') : ''];
  return html`${tags.filter(Boolean).map((words) => html`<li class="tag">${words}</li> `)}`;
}

function stateOf(event: ShownEvent, t: T): string {
  if (event.cancelledAt) return t('events:cancelled');
  if (event.isOver) return t('events:held');
  return isFull(event) ? t('events:full') : '';
}

/** Languages spoken there, each by its own name. */
export function spoken({ languages }: EventDetails, t: T): Html {
  const names = languages.map((code) => html`<span ${langAttributes(code)}>${autonym(code)}</span>`);
  return html`${names.map((name, index) => html`${index > 0 ? commaOf(t.language) : ''}${name}`)}`;
}

/** One event in a list: the day stands in the margin like a calendar's. */
export function eventRow(event: ShownEvent, showing: Showing): Html {
  const { t } = showing;
  const words = chosenWords(event.text, showing);
  const href = `/${t.language}/events/${event.id}`;
  const name = showName(words, t, { href: keepView(href, showing), isBrief: true });
  return html`<article class="event-row" data-subject="${event.id}">
    <p class="event-day" aria-hidden="true">${dayInMargin(event, t)}</p>
    <div>
      <ul class="tags">${statusTags(event, t)}</ul>
      <h3 ${langAttributes(words.language)}>${name}</h3>
      <p>${showWhen(event, t)}</p>
      <ul class="meta">${rowFacts(event, t).map((fact) => html`<li>${fact}</li> `)}</ul>
      ${showCardLine(event.text, showing, href)}
    </div>
  </article>`;
}

function rowFacts(event: ShownEvent, t: T): (Html | string)[] {
  const { mode, address, languages, capacity, registered, attendees } = event;
  const isPast = event.cancelledAt !== null || event.isOver;
  const isCounted = capacity !== null || registered > 0 || attendees !== null;
  const place = mode === 'online' ? t('events:mode.online') : (address ?? t(`events:mode.${mode}`));
  return [
    html`<bdi>${place}</bdi>`,
    ...(languages.length > 0 ? [spoken(event, t)] : []),
    ...(isCounted ? [isPast ? cameOrRegistered(event, t) : seatsTaken(event, t)] : []),
  ];
}

function dayInMargin({ startsAt, timeZone }: ShownEvent, t: T): Html {
  const [, month = '1', day = '1'] = dayOf(startsAt, timeZone).split('-');
  const name = formatMonth(startsAt, t.language, timeZone);
  return html`<b>${formatNumber(Number(day), t.language)}</b><span data-month="${month}">${name}</span>`;
}
