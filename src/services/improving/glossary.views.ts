import type { NamedSpace } from '../house/spaces.ts';
import { autonym } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatDate, formatNumber, type T } from '../../platform/i18n.ts';
import { withoutOverrides } from '../../platform/input.ts';
import { choice, emptyForm, errorSummary, field, signedOutNotice, type FormState } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { autonymOf, langAttributes } from '../site/languages.ts';
import { LINES_AT_ONCE } from './glossary.input.ts';
import { TERM_CHARACTERS, TERMS_A_PAIR, type GlossaryTerm } from './glossary.ts';

/** In addresses and forms, where a theme has its slug. */
export const PLATFORM = 'platform';

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
  return html`<header class="stack"><h1>${t('glossary:title')}</h1><p class="lead">${t('glossary:lead')}</p>
<p class="actions"><a class="button" href="${href(asked, { page: 1 }, t, '/new')}">${t('glossary:add')}</a><span class="hint">${count}</span></p></header>
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

/** The address of the list with something changed; what is not asked stays out of it. */
function href({ space, from, to, page }: Asked, change: Partial<Asked>, t: T, below = ''): string {
  const wanted = { space, from, to, page, ...change };
  const query = new URLSearchParams();
  for (const name of ['space', 'from', 'to'] as const) if (wanted[name]) query.set(name, wanted[name]);
  if (wanted.page > 1) query.set('page', String(wanted.page));
  return `/${t.language}/glossary${below}${query.size > 0 ? `?${query}` : ''}`;
}

interface Option {
  value: string;
  words: string;
  lang?: string;
}

const languageOptions = (languages: readonly string[]): Option[] =>
  languages.map((code) => ({ value: code, words: autonym(code), lang: code }));

const themeOptions = (themes: readonly NamedSpace[]): Option[] =>
  themes.map(({ slug, title, language }) => ({ value: slug, words: title, lang: language }));

function filters({ asked: { space, from, to }, themes, languages }: GlossaryPage, t: T): Html {
  const form = { ...emptyForm, values: { space: space ?? '', from: from ?? '', to: to ?? '' } };
  const select = (name: string, label: string, options: Option[]) =>
    choice({ name, label, options: [{ value: '', words: t('contributions:any') }, ...options] }, form, t);
  const platform = { value: PLATFORM, words: t('glossary:platform') };
  return html`<search aria-label="${t('glossary:filters')}"><form class="filters" method="get" action="/${t.language}/glossary"><div class="filters-row">${select('space', t('glossary:where'), [platform, ...themeOptions(themes)])}
${select('from', t('glossary:from'), languageOptions(languages))}${select('to', t('glossary:into'), languageOptions(languages))}
<button type="submit" class="button button--quiet">${t('contributions:apply')}</button></div></form></search>`;
}

function empty({ space, from, to }: Asked, t: T): Html {
  if (!space && !from && !to) return html`<p class="empty">${t('glossary:empty')}</p>`;
  return html`<div class="empty"><p>${t('glossary:emptyFiltered')}</p><p><a href="/${t.language}/glossary">${t('glossary:all')}</a></p></div>`;
}

function table(page: GlossaryPage, t: T): Html {
  const heads = [t('glossary:translation'), t('glossary:where'), t('glossary:addedBy'), t('glossary:addedOn')];
  return html`<section class="scroller" tabindex="0" aria-label="${t('glossary:title')}"><table class="glossary"><caption class="hidden">${t('glossary:title')}</caption>
<thead><tr><th scope="col">${t('glossary:word')}</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}<th scope="col"><span class="hidden">${t('glossary:act')}</span></th></tr></thead>
<tbody>${page.terms.map((term) => termRow(term, page, t))}</tbody></table></section>`;
}

function termRow(term: GlossaryTerm, { themes, mayPlatform, timeZone }: GlossaryPage, t: T): Html {
  const theme = themes.find(({ id }) => id === term.spaceId) ?? null;
  const remove = html`<a href="/${t.language}/glossary/${term.id}/remove" aria-label="${t('glossary:removeTerm', { word: withoutOverrides(term.source) })}">${t('glossary:remove')}</a>`;
  return html`<tr><th scope="row">${wordIn(term.source, term.sourceLanguage, t)}</th><td>${wordIn(term.target, term.targetLanguage, t)}</td>
<td>${whereOf(theme, t)}</td><td>${authorOf(term, t)}</td><td><time datetime="${term.createdAt.toISOString()}">${formatDate(term.createdAt, t.language, timeZone)}</time></td><td>${term.spaceId !== null || mayPlatform ? remove : ''}</td></tr>`;
}

/** A word above the name of its language. */
const wordIn = (word: string, language: string, t: T): Html =>
  html`<bdi ${langAttributes(language)}>${word}</bdi><span class="hint">${autonymOf(language, t)}</span>`;

const whereOf = (theme: NamedSpace | null, t: T): Html =>
  theme
    ? html`<span ${langAttributes(theme.language)}>${theme.title}</span>`
    : html`<span>${t('glossary:platform')}</span>`;

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

interface NewTermsPage {
  /** Those the person keeps. */
  themes: readonly NamedSpace[];
  mayPlatform: boolean;
  languages: readonly string[];
  /** The session ended while the person wrote: they sign in beside, and send it again. */
  isSignedOut: boolean;
  form: FormState;
}

/** One term, or many at once. Everything typed stands in it again after an error. */
export function newTermsPage({ themes, mayPlatform, languages, isSignedOut, form }: NewTermsPage, t: T): Html {
  const platform = mayPlatform ? [{ value: PLATFORM, words: t('glossary:platform') }] : [];
  const spoken = [{ value: '', words: t('glossary:choose') }, ...languageOptions(languages)];
  const back = `/${t.language}/glossary`;
  const hint = t('glossary:wordHint', { max: TERM_CHARACTERS });
  const limit = t('glossary:limit', { terms: formatNumber(TERMS_A_PAIR, t.language) });
  const lines = t('glossary:manyHint', { lines: formatNumber(LINES_AT_ONCE, t.language) });
  return html`<div class="folio"><div><a class="back" href="${back}">${icon('back', { turn: true })}${t('site:back')}</a>
${errorSummary(form, t)}${isSignedOut ? signedOutNotice(t) : ''}<h1>${t('glossary:newTitle')}</h1><p class="lead intro">${t('glossary:lead')}</p>
<form class="section" method="post" action="${back}/new" novalidate>
${choice({ name: 'space', label: t('glossary:where'), hint: t('glossary:platformOrTheme'), options: [...platform, ...themeOptions(themes)] }, form, t)}
<div class="field glossary-pair">${choice({ name: 'from', label: t('glossary:from'), options: spoken }, form, t)}${choice({ name: 'to', label: t('glossary:into'), options: spoken }, form, t)}</div>
${field({ name: 'source', label: t('glossary:word'), hint, max: TERM_CHARACTERS }, form, t)}
${field({ name: 'target', label: t('glossary:translation'), hint, max: TERM_CHARACTERS }, form, t)}
${field({ name: 'lines', label: t('glossary:many'), hint: lines, rows: 8 }, form, t)}
<p class="section actions"><button type="submit" class="button">${t('glossary:save')}</button><a class="button button--link" href="${back}">${t('site:cancel')}</a></p></form></div>
<aside class="side" aria-label="${t('glossary:title')}"><section><h2>${t('glossary:limitTitle')}</h2><p>${limit}</p></section><section><h2>${t('glossary:existingTitle')}</h2><p>${t('glossary:existing')}</p></section></aside></div>`;
}

/** Said twice before what cannot be undone. */
export function removePage(term: GlossaryTerm, theme: NamedSpace | null, t: T): Html {
  const back = `/${t.language}/glossary`;
  return html`<div class="folio"><div class="stack"><h1>${t('glossary:removeTitle')}</h1>
<p class="lead"><bdi ${langAttributes(term.sourceLanguage)}>${term.source}</bdi> = <bdi ${langAttributes(term.targetLanguage)}>${term.target}</bdi></p><p class="hint">${autonymOf(term.sourceLanguage, t)} = ${autonymOf(term.targetLanguage, t)} · ${whereOf(theme, t)}</p><p>${t('glossary:removeWarning')}</p>
<form method="post" action="${back}/${term.id}/remove"><p class="actions"><button type="submit" class="button button--danger">${t('glossary:removeConfirm')}</button><a class="button button--link" href="${back}">${t('site:cancel')}</a></p></form></div></div>`;
}
