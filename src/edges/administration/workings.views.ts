import type { Workings } from '#translation/engines/engine.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { scroller } from '../../services/site/scroller.views.ts';

const MB = 1_000_000;

/** What an engine with models of its own has open just now, in the process that made the page. */
export function workingsView({ memory, budget, directions }: Workings, t: T): Html {
  const number = (value: number): string => formatNumber(value, t.language);
  const mb = (bytes: number): string => number(Math.ceil(bytes / MB));
  const words = html`<p>${t('admin:workings', { memory: mb(memory), budget: mb(budget) })}</p>`;
  if (directions.length === 0) return words;
  const rows = directions.map(
    ({ name, memory: own, speed, waiting }) =>
      html`<tr>
        <th scope="row">${name.replace('-', ' → ')}</th>
        <td class="number">${mb(own)}</td>
        <td class="number">${speed === 0 ? '–' : number(speed)}</td>
        <td class="number">${number(waiting)}</td>
      </tr> `,
  );
  const table = html`<table>
    <caption class="hidden">${t('admin:openDirections')}</caption>
    <thead>
      <tr>
        <th scope="col">${t('admin:openDirection')}</th>
        <th scope="col" class="number">${t('admin:memoryOfDirection')}</th>
        <th scope="col" class="number">${t('admin:speed')}</th>
        <th scope="col" class="number">${t('admin:waitingCharacters')}</th>
      </tr>
    </thead>
    <tbody>${rows}</tbody>
  </table>`;
  return html`${words} ${scroller(t('admin:openDirections'), table)}`;
}
