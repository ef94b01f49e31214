import type { Key } from '#locales/keys.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatDate, formatNumber, formatDays, formatPeriod, type T } from '../../platform/i18n.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import { pluralForms } from '../../services/site/plurals.ts';
import type { LinkType } from '../../services/subjects/links.ts';
import { chosenWords, keepView, showName, showText, type Showing } from '../../services/texts/texts.views.ts';
import type { ShownIdea } from '../ideas/ideas.reads.ts';
import { ideaCard } from '../ideas/ideas.views.ts';
import type { LinkedEvent, ShownReport } from './reports.reads.ts';

/** An idea that a report names, as a card. */
export interface NamedIdea {
  idea: ShownIdea;
  type: LinkType;
  space: NamedSpace | null;
}

interface ReportPanel {
  eventId: string;
  report: ShownReport | null;
  ideas: readonly NamedIdea[];
  /** Whether this reader may write or change it. */
  mayWrite: boolean;
  timeZone: string;
}

/** On the page of an event that was held: what came of it. */
export function reportPanel(panel: ReportPanel, showing: Showing): Html {
  const { report, ideas, timeZone } = panel;
  if (!report) return noReport(panel, showing);
  const { t } = showing;
  const day = formatDate(report.publishedAt, t.language, timeZone);
  const date = html`<time class="hint" datetime="${report.publishedAt.toISOString()}">${day}</time>`;
  return html`<section class="section report" id="report" aria-labelledby="report-title" data-subject="${report.id}">
      ${head(t, date)} ${attended(report, t)} ${report.text.title ? titleOf(report, showing) : ''}
      ${showText(report.text, showing)} ${acts(report, panel, showing)}
    </section>
    ${namedIdeas(ideas, showing, timeZone)}`;
}

function noReport({ eventId, mayWrite }: ReportPanel, { t, path }: Showing): Html {
  const href = `/${t.language}/events/${eventId}/report`;
  const write = html`<p class="actions"><a class="button" href="${href}">${t('reports:write')}</a></p>`;
  return html`<section class="section" id="report" aria-labelledby="report-title">
    ${head(t)}
    <div
      class="live-slot"
      role="status"
      data-kind="report"
      data-pill-href="${path}#report"
      ${pluralForms('pill', 'reports:new', t)}
    ></div>
    <div class="empty">
      <p>${t('reports:none')}</p>
      ${mayWrite ? write : ''}
    </div>
  </section>`;
}

function acts({ id }: ShownReport, { eventId, mayWrite }: ReportPanel, showing: Showing): Html {
  const { t } = showing;
  const discuss = keepView(`/${t.language}/reports/${id}#comments`, showing);
  const edit = html`<a class="button button--link" href="/${t.language}/events/${eventId}/report">${t('reports:edit')}</a>`;
  return html`<p class="actions">
    <a class="button button--quiet" href="${discuss}">${t('reports:discuss')}</a>${mayWrite ? edit : ''}
  </p>`;
}

/** The same when a moderator hid the report. */
export function hiddenReportPanel(t: T): Html {
  return html`<section class="section" id="report" aria-labelledby="report-title">
    ${head(t)}
    <p class="notice">${icon('hide')}<span>${t('reports:hidden')}</span></p>
  </section>`;
}

const head = (t: T, more: Html | string = ''): Html =>
  html`<div class="section-head">
    <h2 id="report-title">${t('reports:title')}</h2>
    ${more}
  </div>`;

function titleOf({ id, text }: ShownReport, showing: Showing): Html {
  const words = chosenWords(text, showing);
  const href = keepView(`/${showing.t.language}/reports/${id}`, showing);
  return html`<h3 ${langAttributes(words.language)}>${showName(words, showing.t, { href, isBrief: true })}</h3>`;
}

/** How many came, as somebody counted. */
export function attended({ attendees }: ShownReport, t: T): Html {
  return html`<dl class="figures">
    <div class="figure">
      <dt>${t('reports:attended', { count: attendees })}</dt>
      <dd class="value">${formatNumber(attendees, t.language)}</dd>
      <dd>${t('reports:counted')}</dd>
    </div>
  </dl>`;
}

/** What was discussed, and what was born there, each as cards. */
export function namedIdeas(ideas: readonly NamedIdea[], showing: Showing, timeZone: string): Html {
  const cards = (type: LinkType, words: Key) => {
    const own = ideas.filter((each) => each.type === type);
    if (own.length === 0) return '';
    return html`<section class="section" aria-labelledby="${type}">
      <div class="section-head"><h2 id="${type}">${showing.t(words)}</h2></div>
      ${own.map(({ idea, space }) => ideaCard(idea, space, showing, timeZone))}
    </section>`;
  };
  return html`${cards('discussed', 'reports:discussed')}${cards('born', 'reports:born')}`;
}

/** On the page of an idea: where it was discussed or born. Empty it is a place that live updates can fill. */
export function discussedPanel(ideaId: string, events: readonly LinkedEvent[], t: T): Html {
  if (events.length === 0) return html`<div data-subject="${ideaId}"></div>`;
  return html`<section class="section" data-subject="${ideaId}" aria-labelledby="discussed-at">
    <div class="section-head"><h2 id="discussed-at">${t('reports:discussedAt')}</h2></div>
    <ul class="held">
      ${events.map((event) => html`<li>${eventOf(event, t)}</li>`)}
    </ul>
  </section>`;
}

function eventOf(event: LinkedEvent, t: T): Html {
  const { id, type, language, startsAt, endsAt, allDay, timeZone, mode, address } = event;
  const name = showName(event, t, { href: `/${t.language}/events/${id}#report` });
  const place = mode === 'online' ? t('events:mode.online') : address;
  const born = type === 'born' ? html`<li class="tag">${t('reports:bornThere')}</li>` : '';
  const period = (allDay ? formatDays : formatPeriod)(startsAt, endsAt, t.language, timeZone);
  return html`<h3 ${langAttributes(language)}>${name}</h3>
    <ul class="meta">
      ${born}
      <li><time datetime="${startsAt.toISOString()}">${period}</time></li>
      ${place ? html`<li><bdi>${place}</bdi></li>` : ''}
    </ul>`;
}
