import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { icon } from './icon.ts';

/** What narrows a list: a form whose answer is an address. `view` stays in it. */
export function filterForm(action: string, fields: readonly Html[], view: string | null, t: T): Html {
  const kept = view ? html`<input type="hidden" name="view" value="${view}">` : '';
  return html`<search>
    <form class="filters" method="get" action="${action}">
      <div class="filters-row">
        ${fields}${kept}<button type="submit" class="button button--quiet">${t('contributions:apply')}</button>
      </div>
    </form>
  </search>`;
}

/** What a list is narrowed to, each as a link to the list without it. */
export function chips(all: readonly { words: Html; href: string }[], t: T): Html {
  if (all.length === 0) return html``;
  const remove = t('contributions:remove');
  return html`<div class="stack">
    <p class="hidden">${t('contributions:applied')}</p>
    <ul class="chips">
      ${all.map(
        ({ words, href }) =>
          html`<li><a class="chip" href="${href}">${words}${icon('close')}<span class="hidden">${remove}</span></a></li> `,
      )}
    </ul>
  </div>`;
}

/** First, last and the neighbours of a page; gaps as dots. */
export function pagination({ page, last }: { page: number; last: number }, href: (page: number) => string, t: T): Html {
  if (last <= 1) return html``;
  const near = [...new Set([1, page - 1, page, page + 1, last])].filter((each) => each >= 1 && each <= last);
  const items = near.map((each, index) => {
    const gap = index > 0 && each - (near[index - 1] ?? 0) > 1 ? html`<li><span>…</span></li> ` : '';
    const current = each === page ? html` aria-current="page"` : '';
    const name = html`<span class="hidden">${t('contributions:page')} </span>${formatNumber(each, t.language)}`;
    return html`${gap}<li><a href="${href(each)}"${current}>${name}</a></li> `;
  });
  return html`<nav class="section pagination" aria-label="${t('contributions:pages')}">
    <ul>
      ${items}
    </ul>
  </nav>`;
}
