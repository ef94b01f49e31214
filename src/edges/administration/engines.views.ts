import { factsOf } from '../../services/engines/engines.views.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { healthView } from './health.views.ts';
import type { ShownEngine } from './administration.reads.ts';
import { workingsView } from './workings.views.ts';

/** The engines in their order: what each is, how it is, what it has used, and the button that pauses or resumes it. */
export function enginesSection(engines: readonly ShownEngine[], t: T, timeZone: string): Html {
  const list =
    engines.length === 0
      ? html`<p>${t('admin:noEngines')}</p>`
      : html`<ol class="engines">
          ${engines.map((engine) => html`<li class="engine">${engineView(engine, t, timeZone)}</li> `)}
        </ol>`;
  return html`<section class="section stack" id="engines">
    <div class="section-head"><h2>${t('admin:engines')}</h2></div>
    <p class="hint">${t('admin:enginesMeaning')}</p>
    ${list}
  </section>`;
}

function engineView(engine: ShownEngine, t: T, timeZone: string): Html {
  return html`<h3>${engine.label}</h3>
    <ul class="meta">
      ${factsOf(engine, t).map((fact) => html`<li>${fact}</li> `)}
    </ul>
    ${healthView(engine.health, t, timeZone)}
    <dl class="budget">${budgetLine(engine, 'day', t)}${budgetLine(engine, 'month', t)}</dl>
    ${engine.workings ? workingsView(engine.workings, t) : ''} ${controls(engine, t)}`;
}

function budgetLine({ used, budget }: ShownEngine, period: 'day' | 'month', t: T): Html {
  const most = budget[period];
  const number = (value: number) => formatNumber(value, t.language);
  const label = t(`admin:budget.${period}`);
  const said =
    most === undefined
      ? t('admin:usedFree', { used: number(used[period]) })
      : html`${t('admin:usedOf', { used: number(used[period]), most: number(most) })} ${meter(used[period], most, label)}`;
  return html`<div>
    <dt>${label}</dt>
    <dd>${said}</dd>
  </div>`;
}

function meter(used: number, most: number, label: string): Html {
  return html`<meter min="0" max="${Math.max(1, most)}" value="${Math.min(used, most)}" aria-label="${label}"></meter>`;
}

/** One that is left alone after failures can be paused for good, or asked again at once by who has mended it. */
function controls({ name, label, health }: ShownEngine, t: T): Html {
  const acts = { paused: ['resume'], away: ['resume', 'pause'] } as const;
  const offered = health.is === 'paused' || health.is === 'away' ? acts[health.is] : (['pause'] as const);
  return html`<div class="actions">
    ${offered.map(
      (act) =>
        html`<form method="post" action="/${t.language}/admin/translation/engines/${name}/${act}">
          <button type="submit" class="button button--quiet">
            ${t(`admin:${act}`)} <span class="hidden">${label}</span>
          </button>
        </form> `,
    )}
  </div>`;
}
