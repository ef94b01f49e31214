import { html, type Html } from '../../platform/html.ts';
import { formatDate, formatNumber, type T } from '../../platform/i18n.ts';
import { formatEuro } from '../../platform/formats.ts';
import type { DayOfUse, ShownEngine } from './administration.reads.ts';
import { scroller } from '../../services/site/scroller.views.ts';

const HUNDRED = 100;

/** What each engine was sent on each of the last days, what the memory spared, and what it cost. The table is the chart. */
export function useSection(use: readonly DayOfUse[], engines: readonly ShownEngine[], t: T): Html {
  return html`<section class="section stack" id="use">
    <div class="section-head"><h2>${t('admin:use')}</h2></div>
    <p class="hint">${t('admin:useMeaning')}</p>
    ${use.length === 0 ? html`<p>${t('admin:noUse')}</p>` : useTable(use, engines, t)}
  </section>`;
}

function useTable(use: readonly DayOfUse[], engines: readonly ShownEngine[], t: T): Html {
  const longest = Math.max(1, ...use.map(({ characters, remembered }) => characters + remembered));
  const heads = [t('admin:characters'), t('admin:remembered'), t('admin:euro')];
  return scroller(
    t('admin:use'),
    html`<table class="use">
      <caption class="hidden">
        ${t('admin:use')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('admin:day')}</th>
          <th scope="col">${t('admin:engine')}</th>
          ${heads.map((head) => html`<th scope="col" class="number">${head}</th>`)}
          <th scope="col" class="bar-cell"><span class="hidden">${t('statistics:bar')}</span></th>
        </tr>
      </thead>
      <tbody>
        ${use.map((each) => useRow(each, { longest, engines }, t))}
      </tbody>
      <tfoot>
        ${sumRow(use, t)}
      </tfoot>
    </table>`,
  );
}

/** A day is a date without a time: read and written in the zone in which it is midnight. */
const dayOf = (day: string, t: T): string => formatDate(new Date(`${day}T00:00:00Z`), t.language, 'UTC');

function useRow(
  { day, engine, characters, remembered, euro }: DayOfUse,
  { longest, engines }: { longest: number; engines: readonly ShownEngine[] },
  t: T,
): Html {
  const number = (value: number) => html`<td class="number">${formatNumber(value, t.language)}</td>`;
  return html`<tr>
    <th scope="row">${dayOf(day, t)}</th>
    <td>${engines.find(({ name }) => name === engine)?.label ?? engine}</td>
    ${number(characters)}${number(remembered)}
    <td class="number">${formatEuro(euro, t.language)}</td>
    <td class="bar-cell">${twoBars(characters, remembered, longest)}</td>
  </tr> `;
}

/** What was sent, and behind it, paler, what was spared. */
function twoBars(sent: number, spared: number, longest: number): Html {
  const percent = (value: number) => `${Number(((HUNDRED * value) / longest).toFixed(2))}%`;
  return html`<svg class="bar" aria-hidden="true" focusable="false">
    <rect x="0" y="0" width="${percent(sent)}" height="12" />
    <rect class="bar-spared" x="${percent(sent)}" y="0" width="${percent(spared)}" height="12" />
  </svg>`;
}

function sumRow(use: readonly DayOfUse[], t: T): Html {
  const sum = (pick: (each: DayOfUse) => number) => use.reduce((all, each) => all + pick(each), 0);
  return html`<tr>
    <th scope="row" colspan="2">${t('admin:sum')}</th>
    <td class="number">${formatNumber(
      sum((each) => each.characters),
      t.language,
    )}</td>
    <td class="number">${formatNumber(
      sum((each) => each.remembered),
      t.language,
    )}</td>
    <td class="number">${formatEuro(
      sum((each) => each.euro),
      t.language,
    )}</td>
    <td></td>
  </tr>`;
}
