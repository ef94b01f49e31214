import type { NamedSpace } from '../house/spaces.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatDate, formatNumber, type T } from '../../platform/i18n.ts';
import { withoutOverrides } from '../../platform/input.ts';
import { choice, emptyForm } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { autonymOf, langAttributes, languageOptions } from '../site/languages.ts';
import { PLATFORM, themeOptions, whereOf, type Option } from './glossary-choices.views.ts';
import type { GlossaryTerm } from './glossary.ts';
import { scroller } from '../site/scroller.views.ts';

/** What the address asks for. */
export interface Asked {
  /** The slug of a theme, or PLATFORM. */
  space: string | null;
  from: string | null;
  to: string | null;
  page: number;
}

export interface GlossaryPage {
  terms: readonly GlossaryTerm[];
  total: number;
  pageSize: number;
  asked: Asked;
  /** Those the person keeps. */
  themes: readonly NamedSpace[];
  languages: readonly string[];
  mayPlatform: boolean;
  timeZone: string;
  /** What was stored a moment ago. */
  saved: { added: number; replaced: number } | null;
  removed: boolean;
}

/** All terms a person keeps, and the platform's, which they see in any case. */
export function glossaryPage(page: GlossaryPage, t: T): Html {
  const { terms, total, asked } = page;
  const count = t('glossary:count', { count: total, number: formatNumber(total, t.language) });
  const list = terms.length === 0 ? empty(asked, t) : html`${table(page, t)}${pages(page, t)}`;
  return html`<header class="stack">
      <h1>${t('glossary:title')}</h1>
      <p class="lead">${t('glossary:lead')}</p>
      <p class="actions">
        <a class="button" href="${href(asked, { page: 1 }, t, '/new')}">${t('glossary:add')}</a>
        <span class="hint">${count}</span>
      </p>
    </header>
    ${news(page, t)}
    <div class="section">${filters(page, t)}${list}</div>
    <p class="section hint">${t('glossary:platformOrTheme')} ${t('glossary:existing')}</p>`;
}

function news({ saved, removed }: GlossaryPage, t: T): Html {
  if (!saved && !removed) return html``;
  const number = (value: number) => formatNumber(value, t.language);
  const words = saved
    ? t('glossary:saved', { added: number(saved.added), replaced: number(saved.replaced) })
    : t('glossary:removed');
  return html`<p class="section notice notice--success" role="status">${icon('check')}<span>${words}</span></p>`;
}

/** The address of the list with something changed; values not asked for stay out of it. */
function href({ space, from, to, page }: Asked, change: Partial<Asked>, t: T, below = ''): string {
  const wanted = { space, from, to, page, ...change };
  const query = new URLSearchParams();
  for (const name of ['space', 'from', 'to'] as const) if (wanted[name]) query.set(name, wanted[name]);
  if (wanted.page > 1) query.set('page', String(wanted.page));
  return `/${t.language}/glossary${below}${query.size > 0 ? `?${query}` : ''}`;
}

function filters({ asked: { space, from, to }, themes, languages }: GlossaryPage, t: T): Html {
  const form = { ...emptyForm, values: { space: space ?? '', from: from ?? '', to: to ?? '' } };
  const select = (name: string, label: string, options: Option[]) =>
    choice({ name, label, options: [{ value: '', words: t('contributions:any') }, ...options] }, form, t);
  const platform = { value: PLATFORM, words: t('glossary:platform') };
  return html`<search aria-label="${t('glossary:filters')}">
    <form class="filters" method="get" action="/${t.language}/glossary">
      <div class="filters-row">
        ${select('space', t('glossary:where'), [platform, ...themeOptions(themes)])}
        ${select('from', t('glossary:from'), languageOptions(languages, t))}
        ${select('to', t('glossary:into'), languageOptions(languages, t))}
        <button type="submit" class="button button--quiet">${t('contributions:apply')}</button>
      </div>
    </form>
  </search>`;
}

function empty({ space, from, to }: Asked, t: T): Html {
  if (!space && !from && !to) return html`<p class="empty">${t('glossary:empty')}</p>`;
  return html`<div class="empty">
    <p>${t('glossary:emptyFiltered')}</p>
    <p><a href="/${t.language}/glossary">${t('glossary:all')}</a></p>
  </div>`;
}

function table(page: GlossaryPage, t: T): Html {
  const heads = [
    t('glossary:word'),
    t('glossary:translation'),
    t('glossary:where'),
    t('glossary:addedBy'),
    t('glossary:addedOn'),
  ];
  return scroller(
    t('glossary:title'),
    html`<table class="glossary">
      <caption class="hidden">${t('glossary:title')}</caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          <th scope="col"><span class="hidden">${t('glossary:remove')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${page.terms.map((term) => termRow(term, page, t))}
      </tbody>
    </table>`,
  );
}

function termRow(term: GlossaryTerm, { themes, mayPlatform, timeZone }: GlossaryPage, t: T): Html {
  const theme = themes.find(({ id }) => id === term.spaceId) ?? null;
  const day = formatDate(term.createdAt, t.language, timeZone);
  return html`<tr>
    <th scope="row">${wordIn(term.source, term.sourceLanguage, t)}</th>
    <td>${wordIn(term.target, term.targetLanguage, t)}</td>
    <td>${whereOf(theme, t)}</td>
    <td>${authorOf(term, t)}</td>
    <td><time datetime="${term.createdAt.toISOString()}">${day}</time></td>
    <td>${term.spaceId !== null || mayPlatform ? removeLink(term, t) : ''}</td>
  </tr>`;
}

function removeLink({ id, source }: GlossaryTerm, t: T): Html {
  const label = t('glossary:removeTerm', { word: withoutOverrides(source) });
  return html`<a href="/${t.language}/glossary/${id}/remove" aria-label="${label}">${t('glossary:remove')}</a>`;
}

/** A word above the name of its language. */
const wordIn = (word: string, language: string, t: T): Html =>
  html`<bdi ${langAttributes(language)}>${word}</bdi><span class="hint">${autonymOf(language, t)}</span>`;

function authorOf({ author }: GlossaryTerm, t: T): Html {
  if (!author) return html`${t('glossary:nobody')}`;
  const name = html`<bdi>${author.name}</bdi>`;
  return author.handle ? html`<a href="/${t.language}/people/${author.handle}">${name}</a>` : name;
}

function pages({ asked, total, pageSize }: GlossaryPage, t: T): Html {
  const link = (page: number, words: string) =>
    html`<a class="button button--quiet" href="${href(asked, { page }, t)}">${words}</a>`;
  const before = asked.page > 1 ? link(asked.page - 1, t('glossary:before')) : '';
  const after = asked.page * pageSize < total ? link(asked.page + 1, t('glossary:after')) : '';
  return before || after ? html`<p class="section actions">${before}${after}</p>` : html``;
}
