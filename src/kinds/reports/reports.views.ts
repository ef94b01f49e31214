import type { Key } from '#locales/keys.ts';
import type { ShownEvent } from '../events/events.reads.ts';
import { ideaCard } from '../ideas/ideas.views.ts';
import type { ShownIdea } from '../ideas/ideas.reads.ts';
import type { ShownDecision } from '../../services/moderation/decisions.reads.ts';
import { decisionsNotice } from '../../services/moderation/moderation.views.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatDate, formatNumber, formatPeriod, sentence, type T } from '../../platform/i18n.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import { pluralForms } from '../../services/site/plurals.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import type { LinkType } from '../../services/subjects/links.ts';
import type { Doubt } from '../../services/texts/doubt.ts';
import {
  byline,
  chosenWords,
  keepView,
  languageQuestion,
  showText,
  showTitle,
  type Showing,
} from '../../services/texts/texts.views.ts';
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
  mayWrite: boolean;
  timeZone: string;
}

/** On the page of an event that was held: what came of it. */
export function reportPanel({ eventId, report, ideas, mayWrite, timeZone }: ReportPanel, showing: Showing): Html {
  const { t } = showing;
  const write = (words: string) =>
    mayWrite
      ? html`<p class="actions"><a class="button" href="/${t.language}/events/${eventId}/report">${words}</a></p>`
      : '';
  if (!report)
    return html`<section class="section" id="report" aria-labelledby="report-title">${head(t)}
<div class="live-slot" role="status" data-kind="report" data-pill-href="${showing.path}#report"${pluralForms('pill', 'reports:new', t)}></div><div class="empty"><p>${t('reports:none')}</p>${write(t('reports:write'))}</div></section>`;
  const date = formatDate(report.publishedAt, t.language, timeZone);
  const title = report.text.title ? titleOf(report, showing) : '';
  return html`<section class="section report" id="report" aria-labelledby="report-title" data-subject="${report.id}">${head(t, html`<time class="hint" datetime="${report.publishedAt.toISOString()}">${date}</time>`)}
${figure(report, t)}${title}${showText(report.text, showing)}
<p class="actions"><a class="button button--quiet" href="${keepView(`/${t.language}/reports/${report.id}#comments`, showing)}">${t('reports:discuss')}</a>${mayWrite && report.state === 'open' ? html`<a class="button button--link" href="/${t.language}/events/${eventId}/report">${t('reports:edit')}</a>` : ''}</p></section>${named(ideas, showing, timeZone)}`;
}

/** The same when a moderator hid the report. */
export function hiddenReportPanel(t: T): Html {
  return html`<section class="section" id="report" aria-labelledby="report-title">${head(t)}<p class="notice">${icon('hide')}<span>${t('reports:hidden')}</span></p></section>`;
}

const head = (t: T, more: Html | string = ''): Html =>
  html`<div class="section-head"><h2 id="report-title">${t('reports:title')}</h2>${more}</div>`;

function titleOf(report: ShownReport, showing: Showing): Html {
  const { t } = showing;
  const { title, language } = chosenWords(report.text, showing);
  return html`<h3 ${langAttributes(language)}><a href="${keepView(`/${t.language}/reports/${report.id}`, showing)}">${title}</a></h3>`;
}

function figure({ attendees }: ShownReport, t: T): Html {
  return html`<dl class="figures"><div class="figure"><dt>${t('reports:attended', { count: attendees })}</dt><dd class="value">${formatNumber(attendees, t.language)}</dd><dd>${t('reports:counted')}</dd></div></dl>`;
}

/** What was discussed, and what was born there, each as cards. */
function named(ideas: readonly NamedIdea[], showing: Showing, timeZone: string): Html {
  const cards = (type: LinkType, words: Key) => {
    const own = ideas.filter((each) => each.type === type);
    if (own.length === 0) return '';
    return html`<section class="section" aria-labelledby="${type}"><div class="section-head"><h2 id="${type}">${showing.t(words)}</h2></div>${own.map(({ idea, space }) => ideaCard(idea, space, showing, timeZone))}</section>`;
  };
  return html`${cards('discussed', 'reports:discussed')}${cards('born', 'reports:born')}`;
}

/** On the page of an idea: where it was discussed or born. Empty it is a place that live updates can fill. */
export function discussedPanel(ideaId: string, events: readonly LinkedEvent[], t: T): Html {
  if (events.length === 0) return html`<div data-subject="${ideaId}"></div>`;
  return html`<section class="section" data-subject="${ideaId}" aria-labelledby="discussed-at"><div class="section-head"><h2 id="discussed-at">${t('reports:discussedAt')}</h2></div><ul class="held">${events.map((event) => html`<li>${eventOf(event, t)}</li>`)}</ul></section>`;
}

function eventOf({ id, type, title, language, startsAt, endsAt, timeZone, mode, address }: LinkedEvent, t: T): Html {
  const place = mode === 'online' ? t('events:mode.online') : address;
  const born = type === 'born' ? html`<li class="tag">${t('reports:bornThere')}</li>` : '';
  return html`<h3 ${langAttributes(language)}><a href="/${t.language}/events/${id}#report">${title}</a></h3><ul class="meta">${born}<li><time datetime="${startsAt.toISOString()}">${formatPeriod(startsAt, endsAt, t.language, timeZone)}</time></li>${place ? html`<li><bdi>${place}</bdi></li>` : ''}</ul>`;
}

export interface ReportPage {
  report: ShownReport;
  event: ShownEvent;
  space: NamedSpace;
  ideas: readonly NamedIdea[];
  decisions: readonly ShownDecision[];
  /** What other features show here. */
  panels: readonly Html[];
  timeZone: string;
  languages: readonly string[];
  /** What the reader may do here. */
  may: { edit: boolean; own: boolean; hide: boolean; restore: boolean };
  /** Of its language: for its author. */
  doubt: Doubt;
}

/** A report on its own page, with what people say to it. */
export function reportPage(page: ReportPage, showing: Showing): Html {
  const { report, event, space, ideas, decisions, timeZone, languages, may, doubt } = page;
  const { t } = showing;
  const about = chosenWords(event.text, showing);
  const name = html`<span ${langAttributes(about.language)}>${about.title}</span>`;
  const link = html`<a href="${keepView(`/${t.language}/events/${event.id}`, showing)}" ${langAttributes(about.language)}>${about.title}</a>`;
  return html`${crumbs(event, name, t)}<div class="folio"><article data-subject="${report.id}">
${decisionsNotice({ state: report.state, decisions, timeZone }, showing)}
<header class="stack"><ul class="tags"><li class="tag">${t('reports:title')}</li><li ${langAttributes(space.language)}>${space.title}</li></ul>
${report.text.title ? html`${showTitle(report.text, showing)}<p class="lead">${sentence(t, 'reports:of', { event: link })}</p>` : html`<h1>${sentence(t, 'reports:of', { event: link })}</h1>`}
${byline(report, { t, timeZone, report: true })}</header>
<div class="section">${figure(report, t)}${showText(report.text, showing)}</div>
${may.own ? html`<div class="section">${languageQuestion(report.text, t, languages, doubt)}</div>` : ''}
${acts(page, t)}</article><aside class="side" aria-label="${t('contributions:aboutTexts')}"><section><h2>${t('contributions:aboutTexts')}</h2><p>${t('contributions:aboutTextsBody')}</p></section></aside>
<div>${named(ideas, showing, timeZone)}${page.panels}</div></div>`;
}

function crumbs({ id }: ShownEvent, name: Html, t: T): Html {
  const home = `/${t.language}`;
  return html`<nav class="crumbs" aria-label="${t('site:nav.path')}"><ol class="plain"><li><a href="${home}">${t('site:nav.home')}</a></li><li><a href="${home}/events">${t('events:title')}</a></li><li><a href="${home}/events/${id}">${name}</a></li></ol></nav>`;
}

function acts({ report, may }: ReportPage, t: T): Html {
  const link = (href: string, words: string) =>
    html`<a class="button button--quiet" href="/${t.language}${href}">${words}</a>`;
  const own = `/reports/${report.id}`;
  const all = [
    may.edit ? link(`/events/${report.eventId}/report`, t('reports:edit')) : '',
    may.hide ? link(`${own}/hide`, t('moderation:hide')) : '',
    may.restore ? link(`${own}/restore`, t('moderation:restore')) : '',
  ].filter((each) => each !== '');
  return all.length > 0 ? html`<p class="section actions">${all}</p>` : html``;
}
