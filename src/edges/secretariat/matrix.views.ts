import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { autonymOf } from '../../services/site/languages.ts';
import type { Exchange } from './acts.ts';
import { formatShare } from '../statistics/shares.ts';
import { scroller } from '../../services/site/scroller.views.ts';

/** Of a cell: none for nobody, the darkest for the most frequent pair of the week. */
const SHADES = ['shade-0', 'shade-1', 'shade-2', 'shade-3', 'shade-4', 'shade-5'];

/** How much is said across languages: the table is the chart, each cell as dark as it is full. */
export function exchangeSection(exchanges: readonly Exchange[], order: readonly string[], t: T): Html {
  const body =
    exchanges.length === 0
      ? html`<p>${t('secretariat:exchangeNone')}</p>`
      : html`<p>${crossing(exchanges, 'comments', t)} ${crossing(exchanges, 'endorsements', t)}</p>
          ${matrix(exchanges, order, t)}`;
  return html`<section class="section stack" id="exchange">
    <div class="section-head"><h2>${t('secretariat:exchange')}</h2></div>
    <p class="hint">${t('secretariat:exchangeMeaning')}</p>
    ${body}
  </section>`;
}

/** How many of these acts left the language of the idea; nothing where there were none. */
function crossing(exchanges: readonly Exchange[], act: 'comments' | 'endorsements', t: T): string {
  const sum = (some: readonly Exchange[]) => some.reduce((all, each) => all + each[act], 0);
  const all = sum(exchanges);
  if (all === 0) return '';
  const across = sum(exchanges.filter(({ idea, language }) => idea !== language));
  const numbers = {
    across: formatNumber(across, t.language),
    all: formatNumber(all, t.language),
    share: formatShare(across, all, t.language),
  };
  return t(`secretariat:crossing.${act}`, numbers);
}

function matrix(exchanges: readonly Exchange[], order: readonly string[], t: T): Html {
  const place = (code: string) => (order.includes(code) ? order.indexOf(code) : order.length);
  const sorted = (codes: readonly string[]) => [...new Set(codes)].toSorted((a, b) => place(a) - place(b));
  const rows = sorted(exchanges.map(({ idea }) => idea));
  const columns = sorted(exchanges.map(({ language }) => language));
  const counts = new Map(exchanges.map((each) => [`${each.idea} ${each.language}`, each.comments + each.endorsements]));
  const most = Math.max(...counts.values());
  const cell = (row: string, column: string) => {
    const count = counts.get(`${row} ${column}`) ?? 0;
    const shade = SHADES[Math.ceil((SHADES.length - 1) * Math.sqrt(count / most))];
    return html`<td class="${shade}${row === column ? ' is-same' : ''}">${formatNumber(count, t.language)}</td>`;
  };
  return scroller(
    t('secretariat:exchange'),
    html`<table class="matrix">
      <caption>
        <span>${t('secretariat:exchangeCaption')}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('secretariat:exchangeCorner')}</th>
          ${columns.map((code) => html`<th scope="col">${autonymOf(code, t)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${autonymOf(row, t)}</th>
              ${columns.map((column) => cell(row, column))}
            </tr> `,
        )}
      </tbody>
    </table>`,
  );
}
