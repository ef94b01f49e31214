import { html, type Html } from '../../platform/html.ts';
import { formatDate, formatNumber, type T } from '../../platform/i18n.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import type { MissingReport } from './missing.reads.ts';
import { scroller } from '../../services/site/scroller.views.ts';

interface MissingPage {
  missing: readonly MissingReport[];
  timeZone: string;
  /** Somebody was asked just now. */
  asked: boolean;
}

/** All reports that are missing, whatever the week, and a word to who could write them. */
export function missingPage({ missing, timeZone, asked }: MissingPage, t: T): Html {
  const count = missing.length;
  const said = html`<p class="notice notice--success" role="status">${icon('check')}<span>${t('secretariat:asked')}</span></p>`;
  const none = html`<div class="health health--well">${icon('check')}<p>${t('secretariat:missingNone')}</p></div>`;
  return html`<div>
    <a class="back" href="/${t.language}/secretariat">${icon('back', { turn: true })}${t('secretariat:title')}</a>
    <header class="stack">
      <h1>${t('secretariat:missing', { count, number: formatNumber(count, t.language) })}</h1>
      <p class="lead">${t('secretariat:missingAllMeaning')}</p>
    </header>
    ${asked ? said : ''}
    <div class="section">
      ${count === 0 ? none : missingTable(missing, timeZone, t, { head: t('secretariat:ask'), show: (each) => ask(each, timeZone, t) })}
    </div>
  </div>`;
}

function ask({ id, title, language, organizer, askedAt, mayBeAsked }: MissingReport, timeZone: string, t: T): Html {
  const last = askedAt ? t('secretariat:askedOn', { date: formatDate(askedAt, t.language, timeZone) }) : '';
  if (!organizer) return html`${last}`;
  const about = html`<span class="hidden" ${langAttributes(language)}>${title}</span>`;
  const button = html`<form method="post" action="/${t.language}/secretariat/reports/${id}/ask">
    <button type="submit" class="button button--quiet">${t('secretariat:askButton')} ${about}</button>
  </form>`;
  return html`${mayBeAsked ? button : ''}${last ? html`<p class="hint">${last}</p>` : ''}`;
}

interface MoreColumn {
  head: string;
  show(each: MissingReport): Html;
}

export function missingTable(missing: readonly MissingReport[], timeZone: string, t: T, more?: MoreColumn): Html {
  const table = html`<table>
      <caption class="hidden">
        ${t('secretariat:missingTable')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('secretariat:event')}</th>
          <th scope="col">${t('secretariat:organizer')}</th>
          <th scope="col">${t('secretariat:ended')}</th>
          ${more ? html`<th scope="col">${more.head}</th>` : ''}
        </tr>
      </thead>
      <tbody>
        ${missing.map(
          (each) =>
            html`<tr>
              <th scope="row"><a href="/${t.language}/events/${each.id}" ${langAttributes(each.language)}>${each.title}</a></th>
              <td>${nameOfOrganizer(each, t)}</td>
              <td>${formatDate(each.endedAt, t.language, timeZone)}</td>
              ${more ? html`<td>${more.show(each)}</td>` : ''}
            </tr> `,
        )}
      </tbody>
    </table>`;
  return scroller(t('secretariat:missingTable'), table);
}

function nameOfOrganizer({ organizer: name, handle }: MissingReport, t: T): Html {
  if (!name) return html`${t('secretariat:nobody')}`;
  return handle ? html`<a href="/${t.language}/people/${handle}"><bdi>${name}</bdi></a>` : html`<bdi>${name}</bdi>`;
}
