import type { Key } from '#locales/keys.ts';
import type { ShownEvent } from '../../kinds/events/events.reads.ts';
import { showWhen } from '../../kinds/events/events.views.ts';
import { cameOrRegistered, seatsTaken } from '../../kinds/registrations/registrations.views.ts';
import { formatDaysLeft } from '../../platform/formats.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { atHandle } from '../../services/people/people.views.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import { chosenWords } from '../../services/texts/texts.views.ts';
import type { OrganizerDesk, Guest } from './organize.reads.ts';
import { scroller } from '../../services/site/scroller.views.ts';

/** Everything an organizer has announced: what waits for them first. */
export function deskPage(desk: OrganizerDesk, daysLeft: (event: ShownEvent) => number, t: T): Html {
  const { missing, coming, reported, cancelled } = desk;
  const isEmpty = missing.length + coming.length + reported.length + cancelled.length === 0;
  const announce = html`<a class="button" href="/${t.language}/events/new">${t('events:announce')}</a>`;
  const groups = html`${group(t('organize:missing'), missing, (event) => missingRow(event, t))}
    ${group(t('organize:coming'), coming, (event) => comingRow(event, daysLeft(event), t))}
    ${group(t('organize:reported'), reported, (event) => reportedRow(event, t))}
    ${group(t('organize:cancelled'), cancelled, (event) => row(event, t, { facts: [], acts: [] }))}`;
  return html`<div class="folio">
    <div>
      <header class="stack">
        <h1>${t('organize:title')}</h1>
        <p class="lead">${t('organize:lead')}</p>
        ${isEmpty ? '' : html`<p class="actions">${announce}</p>`}
      </header>
      ${isEmpty ? empty(announce, t) : groups}
    </div>
  </div>`;
}

function empty(announce: Html, t: T): Html {
  return html`<div class="section empty">
    <h2>${t('organize:empty')}</h2>
    <p>${t('organize:emptyHint')}</p>
    <p class="actions">${announce}</p>
  </div>`;
}

function group<E extends ShownEvent>(title: string, events: readonly E[], show: (event: E) => Html): Html {
  if (events.length === 0) return html``;
  return html`<section class="section">
    <div class="section-head"><h2>${title}</h2></div>
    ${events.map(show)}
  </section>`;
}

function missingRow(event: ShownEvent, t: T): Html {
  const write = html`<a class="button" href="/${t.language}/events/${event.id}/report">${t('reports:write')}</a>`;
  return row(event, t, { facts: [cameOrRegistered(event, t)], acts: [write, people(event, t)] });
}

function comingRow(event: ShownEvent, days: number, t: T): Html {
  const { waiting } = event;
  const left = formatDaysLeft(days, t.language);
  const edit = html`<a class="button button--quiet" href="/${t.language}/events/${event.id}/edit">${t('events:edit')}</a>`;
  const line = waiting > 0 ? t('events:waiting', { count: waiting, number: formatNumber(waiting, t.language) }) : '';
  const facts = [html`<strong>${left}</strong>`, seatsTaken(event, t), line].filter((each) => each !== '');
  return row(event, t, { facts, acts: [edit, people(event, t)] });
}

function reportedRow(event: OrganizerDesk['reported'][number], t: T): Html {
  const { id, attendees } = event.report;
  const count = `${formatNumber(attendees, t.language)} ${t('reports:attended', { count: attendees })}`;
  const read = html`<a class="button button--quiet" href="/${t.language}/reports/${id}">${t('reports:title')}</a>`;
  return row(event, t, { facts: [count], acts: [read, people(event, t)] });
}

const people = ({ id }: ShownEvent, t: T): Html =>
  html`<a class="button button--link" href="/${t.language}/organize/events/${id}/people">${t('organize:people')}</a>`;

interface Row {
  facts: readonly (Html | string)[];
  acts: readonly Html[];
}

function row(event: ShownEvent, t: T, { facts, acts }: Row): Html {
  const { title, language } = chosenWords(event.text, 'original');
  const list = html`<ul class="meta">${facts.map((each) => html`<li>${each}</li>`)}</ul>`;
  return html`<article class="desk-row">
    <h3 ${langAttributes(language)}><a href="/${t.language}/events/${event.id}">${title}</a></h3>
    <p>${showWhen(event, t)}</p>
    ${facts.length > 0 ? list : ''}
    ${acts.length > 0 ? html`<p class="actions">${acts}</p>` : ''}
  </article>`;
}

/** Who comes and who waits, for the organizer alone. */
export function peoplePage(event: ShownEvent, guests: readonly Guest[], t: T): Html {
  const { title, language } = chosenWords(event.text, 'original');
  const of = (state: Guest['state']) => guests.filter((guest) => guest.state === state);
  const name = html`<bdi ${langAttributes(language)}>${title}</bdi>`;
  const csv = `/${t.language}/organize/events/${event.id}/people.csv`;
  const file = html`<p class="actions"><a class="button button--quiet" href="${csv}">${t('organize:download')}</a>
    <a class="button button--quiet" href="/${t.language}/organize/events/${event.id}/message">${t('organize:message')}</a></p>`;
  return html`<div class="folio">
    <div>
      <a class="back" href="/${t.language}/organize">${icon('back', { turn: true })}${t('organize:title')}</a>
      <header class="stack">
        <h1>${t('organize:people')}</h1>
        <p class="lead"><a href="/${t.language}/events/${event.id}">${name}</a></p>
        <p>${showWhen(event, t)}</p>
        <p class="hint">${t('organize:peopleHint')}</p>
      </header>
      ${guests.length === 0 ? html`<p class="section empty">${t('organize:nobody')}</p>` : file}
      ${table(of('registered'), 'organize:withSeat', t)}
      ${table(of('waiting'), 'organize:waitingFor', t)}
    </div>
  </div>`;
}

function table(guests: readonly Guest[], words: Key, t: T): Html {
  if (guests.length === 0) return html``;
  const caption = t(words, { number: guests.length });
  const list = html`<table>
      <caption>${caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="number">${t('organize:number')}</th>
          <th scope="col">${t('people:name')}</th>
          <th scope="col">${t('people:handle')}</th>
        </tr>
      </thead>
      <tbody>
        ${guests.map(({ name, handle }, index) => guestRow(name, handle, index + 1, t))}
      </tbody>
    </table>`;
  return html`<section class="section">${scroller(caption, list)}</section>`;
}

function guestRow(name: string, handle: string, place: number, t: T): Html {
  return html`<tr>
    <td class="number">${formatNumber(place, t.language)}</td>
    <th scope="row"><a href="/${t.language}/people/${handle}"><bdi>${name}</bdi></a></th>
    <td>${atHandle(handle)}</td>
  </tr>`;
}
