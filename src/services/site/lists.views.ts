import type { Key } from '#locales/keys.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import type { View } from '../../platform/reader.ts';
import { withQuery } from './addresses.ts';
import { choice, emptyForm } from './forms.views.ts';
import { icon } from './icon.ts';
import { langAttributes } from './languages.ts';
import type { Parameter } from './parameters.ts';

/** One way to narrow a list: a field of its form, a part of its address, and a link above it that takes it back. */
export interface Filter {
  /** In the address. */
  name: Parameter;
  label: Key;
  options: readonly { value: string; words: string; lang?: string }[];
  /** One of the options; null where the address asks for none. */
  chosen: string | null;
  /** The option that goes without saying; without it, all of them together do. */
  usual?: string;
}

/** A list as its address asks for it. */
export interface List {
  path: string;
  filters: readonly Filter[];
  page: number;
  /** Asked for in the address: all links of the list stay in it. */
  view: View | null;
}

/** What a filter shows: what was chosen, or what goes without saying. */
export const shownBy = ({ chosen, usual }: Filter): string => chosen ?? usual ?? '';

/** The address of a list with something changed. What goes without saying stays out of it. */
export function hrefOf(
  { path, filters, page, view }: List,
  change: Readonly<Record<string, string | null>> = {},
): string {
  const chosen = filters.map((filter) => [filter.name, filter.chosen === filter.usual ? null : filter.chosen]);
  return withQuery(path, { ...Object.fromEntries(chosen), page: pageIn(page), view, ...change });
}

/** The number of a page as an address has it. */
export const pageIn = (page: number): string | null => (page > 1 ? String(page) : null);

/** What narrows a list: a form whose answer is an address, and each choice as a link to the list without it. */
export function filtersOf(list: List, t: T): Html {
  const { path, filters, view } = list;
  const form = { ...emptyForm, values: Object.fromEntries(filters.map((filter) => [filter.name, shownBy(filter)])) };
  const any = { value: '', words: t('contributions:any') };
  const fields = filters.map(({ name, label, options, usual }) =>
    choice({ name, label: t(label), options: usual ? options : [any, ...options] }, form, t),
  );
  const kept = view ? html`<input type="hidden" name="view" value="${view}">` : '';
  return html`<search>
      <form class="filters" method="get" action="${path}">
        <div class="filters-row">
          ${fields}${kept}<button type="submit" class="button button--quiet">${t('contributions:apply')}</button>
        </div>
      </form>
    </search>
    ${chosenIn(list, t)}`;
}

function chosenIn(list: List, t: T): Html {
  const chosen = list.filters.flatMap(({ name, options, chosen: value, usual }) =>
    options.filter((option) => option.value === value && value !== usual).map((option) => ({ ...option, name })),
  );
  if (chosen.length === 0) return html``;
  const remove = t('contributions:remove');
  const chip = ({ name, words, lang }: (typeof chosen)[number]) => html`<li>
      <a class="chip" href="${hrefOf(list, { [name]: null, page: null })}">
        ${lang ? html`<span ${langAttributes(lang)}>${words}</span>` : words}${icon('close')}<span class="hidden">${remove}</span>
      </a>
    </li> `;
  return html`<div class="stack">
    <p class="hidden">${t('contributions:applied')}</p>
    <ul class="chips">
      ${chosen.map(chip)}
    </ul>
  </div>`;
}

/** First, last and the neighbours of a page; gaps as dots. */
export function pagination(list: List, last: number, t: T): Html {
  const { page } = list;
  if (last <= 1) return html``;
  const near = [...new Set([1, page - 1, page, page + 1, last])].filter((each) => each >= 1 && each <= last);
  const items = near.map((each, index) => {
    const gap = index > 0 && each - (near[index - 1] ?? 0) > 1 ? html`<li><span>…</span></li> ` : '';
    const current = each === page ? html` aria-current="page"` : '';
    const name = html`<span class="hidden">${t('contributions:page')} </span>${formatNumber(each, t.language)}`;
    return html`${gap}<li><a href="${hrefOf(list, { page: pageIn(each) })}"${current}>${name}</a></li> `;
  });
  return html`<nav class="section pagination" aria-label="${t('contributions:pages')}">
    <ul>
      ${items}
    </ul>
  </nav>`;
}
