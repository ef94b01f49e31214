import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { icon } from '../../services/site/icon.ts';
import { formatDuration } from '../../platform/formats.ts';
import { healthView, kindWords, remedyOf } from './health.views.ts';
import type { Queue, QueueLine, ShownEngine } from './administration.reads.ts';

/** A queue that moves is done with what readers wait for long before this. */
const OLD_SECONDS = 15 * 60;

export interface AdministrationPage {
  engines: readonly ShownEngine[];
  queue: Queue;
  timeZone: string;
  /** Other servers are spoken to. */
  isFederated: boolean;
  /** Address of the script that looks at the page again. */
  script: string;
}

/** How translation is, with what to do next, and the ways to everything an administrator looks after. */
export function administrationPage({ engines, queue, timeZone, isFederated, script }: AdministrationPage, t: T): Html {
  const lines = engines.map(
    ({ name, label, health }) =>
      html`<li>
        <h3><a href="/${t.language}/admin/translation#engines">${label}</a></h3>
        <div data-engine="${name}">${healthView(health, t, timeZone)}</div>
      </li> `,
  );
  return html`<header class="stack">
      <h1>${t('admin:title')}</h1>
      <p class="lead">${t('admin:lead')}</p>
    </header>
    <section class="section stack">
      <div class="section-head"><h2>${t('admin:status')}</h2></div>
      <ul class="plain states">
        <li><h3><a href="/${t.language}/admin/translation#queue">${t('admin:queue')}</a></h3>${queueView(queue, t)}</li>
        ${lines}
      </ul>
    </section>
    <nav class="section stack" aria-label="${t('admin:places')}"><ul class="plain places">${places(isFederated, t)}</ul></nav>
    <script type="module" src="${script}"></script>`;
}

function places(isFederated: boolean, t: T): Html {
  const all = [
    ['/admin/translation', t('admin:translation'), t('admin:translationLead')],
    ['/admin/people', t('admin:people'), t('admin:peopleHint')],
    ['/glossary', t('glossary:title'), t('admin:glossaryHint')],
    ['/secretariat', t('admin:figures'), t('admin:figuresHint')],
    ['/secretariat/pages', t('site:pages.title'), t('site:pages.lead')],
    ...(isFederated ? [['/admin/federation', t('federation:adminTitle'), t('federation:adminHint')] as const] : []),
  ] as const;
  return html`${all.map(
    ([path, words, hint]) => html`<li><a href="/${t.language}${path}">${words}</a><p class="hint">${hint}</p></li> `,
  )}`;
}

/** How many wait and since when; what to do where it does not move by itself. */
function queueView({ lines, reasons }: Queue, t: T): Html {
  const of = (state: QueueLine['state']) => lines.find((line) => line.state === state);
  const [queued, suspended, failed] = [of('queued'), of('suspended'), of('failed')];
  const waiting = (queued?.total ?? 0) + (suspended?.total ?? 0);
  const oldest = Math.max(queued?.oldestSeconds ?? 0, suspended?.oldestSeconds ?? 0);
  const urgent = lines.filter(({ state }) => state !== 'failed').some(({ counts }) => counts.reader > 0);
  const isStuck = urgent && oldest > OLD_SECONDS;
  const params = { count: waiting, number: formatNumber(waiting, t.language), age: formatDuration(oldest, t.language) };
  const words = waiting === 0 ? t('admin:queueEmpty') : t('admin:queueWaits', params);
  const tone = isStuck || reasons.size > 0 ? 'health--warning' : 'health--well';
  const more = [
    ...(isStuck && reasons.size === 0 ? [t('admin:queueStuck')] : []),
    ...[...reasons.keys()].map((kind) => `${kindWords(kind, t)}. ${remedyOf(kind, t)}`),
    ...(failed?.total
      ? [t('admin:queueFailed', { count: failed.total, number: formatNumber(failed.total, t.language) })]
      : []),
  ];
  return html`<div class="health ${tone}">${icon(tone === 'health--well' ? 'check' : 'warn')}<div>
    <p>${words}</p>
    ${more.map((each) => html`<p>${each}</p>`)}
  </div></div>`;
}
