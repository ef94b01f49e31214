import { html, type Html } from '../../platform/html.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import { icon } from '../site/icon.ts';
import { autonymOf, langAttributes, languageOptions } from '../site/languages.ts';
import { filtersOf, hrefOf, pagination, type Filter, type List } from '../site/lists.views.ts';
import { excerpt } from '../texts/markdown.ts';
import { named, showAuthor } from '../texts/texts.views.ts';
import type { WordingFilter, WordingRow } from './wording.reads.ts';
import { STATES } from './wording.ts';
import { pageLink } from './wording.views.ts';

/** As many as tell one report from others. */
const NAME_CHARACTERS = 60;

export interface WordingDesk {
  items: readonly WordingRow[];
  filter: WordingFilter;
  /** The first is 1. */
  page: number;
  last: number;
  /** Those of the interface. */
  languages: readonly string[];
  timeZone: string;
}

/** What people say is wrong with the words of the site, until the secretariat is done with it. */
export function wordingDeskPage(desk: WordingDesk, t: T): Html {
  const { items, last } = desk;
  const path = `/${t.language}/secretariat/wording`;
  const list = { path, filters: filtersIn(desk, t), page: desk.page, view: null };
  const cards = html`<div class="desk">${items.map((item) => card(item, { ...desk, list }, t))}</div>`;
  return html`<header class="stack">
      <a class="back" href="/${t.language}/secretariat">${icon('back', { turn: true })}${t('secretariat:title')}</a>
      <h1>${t('secretariat:wording.title')}</h1>
      <p class="lead">${t('secretariat:wording.lead')}</p>
      <p class="actions">
        <a class="button button--quiet" href="${hrefOf({ ...list, path: `${path}.csv`, page: 1 })}">${t('secretariat:wording.download')}</a>
      </p>
    </header>
    <div class="wording-filters">${filtersOf(list, t)}</div>
    <section class="section" aria-label="${t('secretariat:wording.title')}">
      ${items.length > 0 ? cards : html`<p class="empty">${t('secretariat:wording.none')}</p>`}
    </section>
    ${pagination(list, last, t)}`;
}

function filtersIn({ filter, languages }: WordingDesk, t: T): Filter[] {
  const all = languageOptions(languages, t);
  const options = all.toSorted((a, b) => a.words.localeCompare(b.words, t.language));
  const states = STATES.map((value) => ({ value, words: t(`secretariat:wording.state.${value}`) }));
  const state = { name: 'state', label: 'secretariat:wording.state', options: states } as const;
  return [
    { name: 'language', label: 'site:nav.language', options, chosen: filter.language },
    { ...state, chosen: filter.state, usual: 'open' },
  ];
}

function card(item: WordingRow, { list, timeZone }: WordingDesk & { list: List }, t: T): Html {
  const { id, language, page, words, better, remark, author, createdAt } = item;
  const moment = formatDate(createdAt, t.language, timeZone, { time: true });
  const told = remark
    ? html`<dt>${t('secretariat:wording.remark')}</dt><dd ${langAttributes('und')}>${remark}</dd>`
    : '';
  return html`<article class="desk-item" id="wording-${id}">
    <header>
      <h2 class="desk-title wording-words" ${langAttributes(language)}>${words}</h2>
      <ul class="meta">
        <li>${autonymOf(language, t)}</li>
        ${page ? html`<li>${pageLink(page)}</li>` : ''}
        <li>${showAuthor(author, t)}</li>
        <li><time datetime="${createdAt.toISOString()}">${moment}</time></li>
      </ul>
    </header>
    <dl class="wording-said">
      <dt>${t('secretariat:wording.better')}</dt><dd ${langAttributes(language)}>${better}</dd>
      ${told}
    </dl>
    <div class="desk-acts">${settleForm(item, { list, timeZone }, t)}</div>
  </article>`;
}

/** A report that is done says since when, and may be opened again. */
function settleForm(
  { id, words, language, settledAt }: WordingRow,
  { list, timeZone }: { list: List; timeZone: string },
  t: T,
): Html {
  const about = { words: excerpt(words, NAME_CHARACTERS), language };
  const since = settledAt
    ? html`<p class="hint">${t('secretariat:wording.doneOn', { date: formatDate(settledAt, t.language, timeZone) })}</p>`
    : '';
  const undo = settledAt ? html`<input type="hidden" name="undo" value="1">` : '';
  const label = named(t(settledAt ? 'secretariat:wording.again' : 'secretariat:wording.done'), about, t);
  return html`${since}<form method="post" action="/${t.language}/secretariat/wording/${id}/done">
    ${undo}<input type="hidden" name="to" value="${hrefOf({ ...list, page: 1 })}">
    <button type="submit" class="button button--quiet">${settledAt ? '' : icon('check')}${label}</button>
  </form>`;
}
