import type { Key } from '#locales/keys.ts';
import { asideOf } from './contributions.views.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import type { NamedSpace } from '../house/spaces.ts';
import type { ShownDecision } from '../moderation/decisions.reads.ts';
import { decisionsNotice } from '../moderation/moderation.views.ts';
import { withQuery } from '../site/addresses.ts';
import { icon } from '../site/icon.ts';
import { langAttributes } from '../site/languages.ts';
import type { Doubt } from '../texts/doubt.ts';
import type { ShownContribution } from '../texts/contributions.reads.ts';
import { byline, languageQuestion, showText, showTitle, viewSwitch, type Showing } from '../texts/texts.views.ts';
import type { PagedKind, PageParts } from './contribution.ts';

interface ContributionPage {
  shown: ShownContribution;
  parts: PageParts;
  words: PagedKind<ShownContribution>['words'];
  plural: string;
  space: NamedSpace | null;
  decisions: readonly ShownDecision[];
  /** What other features show here. */
  panels: readonly Html[];
  /** What the reader may do here. */
  may: { edit: boolean; withdraw: boolean; hide: boolean; restore: boolean };
  languages: readonly string[];
  /** Of its language: for its author. */
  doubt: Doubt | null;
  /** The reader wrote it: nobody reports themselves. */
  isOwn: boolean;
  posted: boolean;
  timeZone: string;
}

/** A contribution of any kind on its own page. */
export function contributionPage(page: ContributionPage, showing: Showing): Html {
  const { shown, parts, decisions, timeZone, doubt } = page;
  const { t } = showing;
  const by = byline(shown, { t, timeZone, more: versions(page, t), report: !page.isOwn });
  const text = showText(shown.text, showing);
  const question = doubt
    ? html`<div class="section">${languageQuestion(shown.text, { t }, page.languages, doubt)}</div>`
    : '';
  return html`<div class="page-head">${crumbs(parts, t)}${viewSwitch(showing, (view) => withQuery(showing.path, { view }))}</div>
    <div class="folio">
      <article data-subject="${shown.id}">
        ${page.posted && page.words.posted ? postedNotice(page.words.posted, t) : ''}
        ${decisionsNotice({ state: shown.state, decisions, timeZone }, showing)}
        ${head(page, parts.bylineBelow ? '' : by, showing)} ${parts.before}
        <div class="section stack">${text}${parts.after}${parts.bylineBelow ? by : ''}</div>
        ${question} ${acts(page, t)} ${shown.state === 'open' ? share(shown.id, t) : ''}
      </article>
      ${asideOf(parts.aside, t)}
      ${parts.below || page.panels.length > 0 ? html`<div>${parts.below}${page.panels}</div>` : ''}
    </div>`;
}

function postedNotice(posted: Key, t: T): Html {
  return html`<p class="notice notice--success" role="status">${icon('check')}<span>${t(posted)}</span></p>`;
}

function head({ shown, parts, space }: ContributionPage, by: Html | string, showing: Showing): Html {
  const title =
    shown.text.title || !parts.title ? showTitle(shown.text, showing) : html`<h1>${parts.title.heading}</h1>`;
  const isOnTheWay = space && parts.crumbs.some(({ path }) => path === `/spaces/${space.slug}`);
  const theme = space && !isOnTheWay ? html`<li ${langAttributes(space.language)}>${space.title}</li>` : '';
  return html`<header class="stack">
    <ul class="tags">
      ${parts.tags}${theme}
    </ul>
    ${title}${parts.lead}${by}
  </header>`;
}

function versions({ shown: { id, text }, plural }: ContributionPage, t: T): Html[] {
  if (text.version === 1) return [];
  const words = t('contributions:versions', { count: text.version });
  return [html`<a href="/${t.language}/${plural}/${id}/history">${words}</a>`];
}

function crumbs({ crumbs: way }: PageParts, t: T): Html {
  const all = [{ path: '', words: t('site:nav.home') }, ...way];
  return html`<nav class="crumbs" aria-label="${t('site:nav.path')}">
    <ol class="plain">
      ${all.map(({ path, words }) => html`<li><a href="/${t.language}${path}">${words}</a></li> `)}
    </ol>
  </nav>`;
}

/** The address without a language, for people of all languages. */
function share(id: string, t: T): Html {
  return html`<p class="section hint share">
    <a href="/o/${id}" data-copy data-copied="${t('contributions:shared')}">${t('contributions:share')}</a>
    <span>${t('contributions:shareHint')}</span> <span role="status"></span>
  </p>`;
}

function acts({ shown: { id }, plural, parts, words, may }: ContributionPage, t: T): Html {
  const base = `/${t.language}/${plural}/${id}`;
  const button = (href: string, name: string, look = 'quiet') =>
    html`<a class="button button--${look}" href="${href}">${name}</a>`;
  const all = [
    may.edit ? button(parts.editHref ?? `${base}/edit`, t(words.edit)) : '',
    may.withdraw ? button(`${base}/withdraw`, t('contributions:withdraw'), 'link') : '',
    ...(parts.acts ?? []),
    may.hide ? button(`${base}/hide`, t('moderation:hide')) : '',
    may.restore ? button(`${base}/restore`, t('moderation:restore')) : '',
  ].filter((each) => each !== '');
  return all.length > 0 ? html`<div class="section actions">${all}</div>` : html``;
}
