import { html, type Html } from '../../platform/html.ts';
import { formatNumber, sentence, type T } from '../../platform/i18n.ts';
import { icon } from '../../services/site/icon.ts';
import { autonymOf, langAttributes, nameOf } from '../../services/site/languages.ts';
import type { ShownDecision } from '../../services/moderation/decisions.reads.ts';
import { decisionsNotice } from '../../services/moderation/moderation.views.ts';
import type { Doubt } from '../../services/texts/doubt.ts';
import { excerpt } from '../../services/texts/markdown.ts';
import {
  byline,
  chosenWords,
  keepView,
  languageQuestion,
  showCardLine,
  showText,
  showTitle,
  type Showing,
  type View,
} from '../../services/texts/texts.views.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { showDetails } from './details.views.ts';
import type { ShownIdea } from './ideas.reads.ts';

export interface IdeaPage {
  idea: ShownIdea;
  space: NamedSpace;
  decisions: readonly ShownDecision[];
  /** What other features show here. */
  panels: readonly Html[];
  timeZone: string;
  languages: readonly string[];
  /** What the reader may do here. */
  may: { edit: boolean; hide: boolean; restore: boolean };
  posted: boolean;
  /** Of its language: for its author. */
  doubt: Doubt;
}

export function ideaPage(page: IdeaPage, showing: Showing): Html {
  const { idea, space, posted } = page;
  const { t } = showing;
  return html`${crumbs(space, t)}
<div class="folio"><article data-subject="${idea.id}">
${posted ? html`<p class="notice notice--success" role="status">${icon('check')}<span>${t('ideas:posted')}</span></p>` : ''}${decisionsNotice({ ...idea, decisions: page.decisions, timeZone: page.timeZone }, showing)}
<header class="stack"><ul class="tags"><li ${langAttributes(space.language)}>${space.title}</li></ul>
${showTitle(idea.text, showing)}
${byline(idea, { t, timeZone: page.timeZone, more: versions(idea, t), report: true })}</header>
<div class="section">${showText(idea.text, showing)}${showDetails(idea.details, t)}</div>
${page.may.edit ? ownLanguage(page, t) : ''}
${acts(page, t)}
</article>
${aside(t)}${page.panels.length > 0 ? html`<div>${page.panels}</div>` : ''}</div>`;
}

function versions({ id, text }: ShownIdea, t: T): Html[] {
  if (text.version === 1) return [];
  return [
    html`<a href="/${t.language}/ideas/${id}/history">${t('contributions:versions', { count: text.version })}</a>`,
  ];
}

function crumbs(space: NamedSpace, t: T): Html {
  const home = `/${t.language}`;
  return html`<nav class="crumbs" aria-label="${t('site:nav.path')}"><ol class="plain"><li><a href="${home}">${t('site:nav.home')}</a></li><li><a href="${home}/spaces">${t('site:nav.themes')}</a></li><li><a href="${home}/spaces/${space.slug}" ${langAttributes(space.language)}>${space.title}</a></li></ol></nav>`;
}

function ownLanguage({ idea, languages, doubt }: IdeaPage, t: T): Html {
  return html`<div class="section">${languageQuestion(idea.text, t, languages, doubt)}</div>`;
}

function acts({ idea, may }: IdeaPage, t: T): Html {
  const base = `/${t.language}/ideas/${idea.id}`;
  const own = may.edit
    ? html`<a class="button button--quiet" href="${base}/edit">${t('contributions:edit')}</a><a class="button button--link" href="${base}/withdraw">${t('contributions:withdraw')}</a>`
    : '';
  const staff = may.hide
    ? html`<a class="button button--quiet" href="${base}/hide">${t('moderation:hide')}</a>`
    : may.restore
      ? html`<a class="button button--quiet" href="${base}/restore">${t('moderation:restore')}</a>`
      : '';
  return own || staff ? html`<p class="section actions">${own}${staff}</p>` : html``;
}

function aside(t: T): Html {
  return html`<aside class="side" aria-label="${t('contributions:aboutTexts')}"><section><h2>${t('contributions:aboutTexts')}</h2><p>${t('contributions:aboutTextsBody')}</p></section></aside>`;
}

/** One idea in a list: the title is the only link of the reading part. */
export function ideaCard(idea: ShownIdea, space: NamedSpace | null, showing: Showing, timeZone: string): Html {
  const { t } = showing;
  const words = chosenWords(idea.text, showing);
  const href = `/${t.language}/ideas/${idea.id}`;
  const tag = space ? html`<ul class="tags"><li ${langAttributes(space.language)}>${space.title}</li></ul>` : '';
  return html`<article class="card" data-subject="${idea.id}">${tag}
<h3 ${langAttributes(words.language)}><a href="${keepView(href, showing)}">${words.title}</a></h3>
<p class="card-text" ${langAttributes(words.language)}>${excerpt(words.body)}</p>
${byline(idea, { t, timeZone })}
${showCardLine(idea.text, showing, href)}
${cardFoot(idea, t)}</article>`;
}

function cardFoot({ counts: { endorsements = 0, comments = 0 } }: ShownIdea, t: T): Html {
  const number = (value: number) => html`<span class="count">${formatNumber(value, t.language)}</span>`;
  return html`<ul class="card-foot"><li>${number(endorsements)} ${t('endorsements:cardCount', { count: endorsements })}</li><li>${number(comments)} ${t('comments:cardCount', { count: comments })}</li></ul>`;
}

/** "Show texts in: English | Original", for the whole page. */
export function viewSwitch(t: T, view: View, path: (view: View) => string): Html {
  const entry = (name: View, words: Html | string) =>
    html`<li><a href="${path(name)}"${view === name ? html` aria-current="true"` : ''}>${words}</a></li>`;
  return html`<div><p class="hidden">${t('texts:showIn')}</p><ul class="switch">${entry('translation', autonymOf(t.language, t))}${entry('original', t('texts:original'))}</ul></div>`;
}

/** Nothing to list, and what to do about it. */
export function emptyList(
  t: T,
  { language, newHref, allHref }: { language: string | null; newHref: string; allHref: string },
): Html {
  const title = language ? sentence(t, 'ideas:emptyIn', { language: nameOf(language, t) }) : t('ideas:empty');
  return html`<div class="empty"><h3>${title}</h3><p>${t('ideas:emptyHint')}</p><p class="actions"><a class="button" href="${newHref}">${t('ideas:shareFirst')}</a>${language ? html`<a class="button button--link" href="${allHref}">${t('ideas:allLanguages')}</a>` : ''}</p></div>`;
}
