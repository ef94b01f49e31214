import type { Engine } from '#translation/engines/engine.ts';
import { languageName } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { autonymOf } from '../site/languages.ts';
import type { Matrix, MatrixCell } from './matrix.ts';
import { scroller } from '../site/scroller.views.ts';

/** What can be read from what: a number a pair stands for the engine, with the language in between and the variant beside it. */
export function matrixSection(matrix: Matrix, t: T): Html {
  const { engines, reached, all } = matrix;
  const number = (value: number) => formatNumber(value, t.language);
  const table =
    reached === 0
      ? html`<p>${t('admin:matrixNone')}</p>`
      : html`<p>${t('admin:matrixReached', { count: reached, reached: number(reached), all: number(all) })}</p>
          <ol class="engine-keys">
            ${engines.map(({ label, local }) => html`<li>${label} (${local ? t('admin:local') : t('admin:external')})</li> `)}
          </ol>
          ${matrixTable(matrix, t)}`;
  return html`<section class="section stack" id="pairs">
    <div class="section-head"><h2>${t('admin:matrix')}</h2></div>
    <p class="hint">${t('admin:matrixMeaning')}</p>
    ${table}
    ${reached < all && !engines.some(({ label }) => label === 'Bergamot') ? installHint(t) : ''}
  </section>`;
}

/** The command that brings most of the pairs that are missing. */
export function installHint(t: T): Html {
  return html`<p class="hint">${t('admin:installHint')} <code dir="ltr">npm run polyphony -- engine install bergamot</code></p>`;
}

function matrixTable({ languages, rows }: Matrix, t: T): Html {
  return scroller(
    t('admin:matrix'),
    html`<table class="matrix">
      <caption>
        <span>${t('admin:matrixCaption')}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('admin:matrixCorner')}</th>
          ${languages.map((code) => html`<th scope="col">${autonymOf(code, t)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ source, cells }) =>
            html`<tr>
              <th scope="row">${autonymOf(source, t)}</th>
              ${cells.map((cell, place) => (languages[place] === source ? html`<td class="is-same"></td>` : cellView(cell, t)))}
            </tr> `,
        )}
      </tbody>
    </table>`,
    { isTall: true },
  );
}

/** The eye sees a number and a code, a screen reader hears the names. */
function cellView(cell: MatrixCell | null, t: T): Html {
  if (!cell)
    return html`<td class="shade-0"><span aria-hidden="true">–</span><span class="hidden">${t('admin:noWay')}</span></td>`;
  const { engines, via, variant } = cell;
  const small = [via, variant].filter((code) => code !== null).join(' ');
  const numbers = engines.map((each) => formatNumber(each, t.language)).join('+');
  const seen = html`<span aria-hidden="true">${numbers}${small ? html`<small>${small}</small>` : ''}</span>`;
  return html`<td class="${via ? 'shade-1' : 'shade-3'}">${seen}<span class="hidden">${wordsOf(cell, t)}</span></td>`;
}

function wordsOf({ label, via, variant }: MatrixCell, t: T): string {
  const name = (code: string) => languageName(code, t.language);
  const way = via ? t('admin:wayVia', { engine: label, via: name(via) }) : label;
  return variant ? t('admin:wayVariant', { way, variant: name(variant) }) : way;
}

export interface EngineFacts extends Pick<Engine, 'local' | 'policy' | 'tier'> {
  /** How many it has. */
  pairs: number;
}

/** What everybody may know of an engine, in the order in which it matters. */
export function factsOf(engine: EngineFacts, t: T): string[] {
  const { local, policy, tier, pairs } = engine;
  return [
    local ? t('admin:local') : t('admin:external'),
    t(`admin:policy.${policy}`),
    t(`admin:tier.${tier}`),
    t('admin:pairs', { count: pairs, number: formatNumber(pairs, t.language) }),
  ];
}
