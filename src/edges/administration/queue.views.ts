import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { commaOf, formatDuration } from '../../platform/formats.ts';
import { kindWords, remedyOf } from './health.views.ts';
import type { FailureCount, Queue, QueueLine, ShownEngine } from './administration.reads.ts';
import { scroller } from '../../services/site/scroller.views.ts';

const URGENCIES = ['reader', 'fresh', 'background'] as const;

/** How long the queue is, for whom, since when, and who would take it. */
export function queueSection(queue: Queue, engines: readonly ShownEngine[], t: T): Html {
  return html`<section class="section stack" id="queue">
    <div class="section-head"><h2>${t('admin:queue')}</h2></div>
    <p class="hint">${t('admin:queueMeaning')}</p>
    ${lengths(queue.lines, t)} ${reasons(queue.reasons, t)} ${takers(queue, engines, t)}
  </section>`;
}

function lengths(lines: readonly QueueLine[], t: T): Html {
  const number = (value: number) => html`<td class="number">${formatNumber(value, t.language)}</td>`;
  return scroller(
    t('admin:queueTable'),
    html`<table>
      <caption class="hidden">
        ${t('admin:queueTable')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('admin:state')}</th>
          ${URGENCIES.map((urgency) => html`<th scope="col" class="number">${t(`admin:urgency.${urgency}`)}</th>`)}
          <th scope="col" class="number">${t('admin:all')}</th>
          <th scope="col">${t('admin:oldest')}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          ({ state, counts, total, oldestSeconds }) =>
            html`<tr>
              <th scope="row">${t(`admin:state.${state}`)}</th>
              ${URGENCIES.map((urgency) => number(counts[urgency]))}${number(total)}
              <td>${total > 0 ? formatDuration(oldestSeconds, t.language) : '–'}</td>
            </tr> `,
        )}
      </tbody>
    </table>`,
  );
}

function reasons(all: Queue['reasons'], t: T): Html {
  if (all.size === 0) return html``;
  return html`<h3>${t('admin:suspendedBecause')}</h3>
    <ul class="plain">
      ${[...all].map(
        ([kind, count]) =>
          html`<li><b>${kindWords(kind, t)}: ${formatNumber(count, t.language)}.</b> ${remedyOf(kind, t)}</li> `,
      )}
    </ul>`;
}

function takers({ takers: all }: Queue, engines: readonly ShownEngine[], t: T): Html {
  if (all.size === 0) return html``;
  const labelOf = (name: string | null) => engines.find((each) => each.name === name)?.label ?? t('admin:nobodyTakes');
  return html`<h3>${t('admin:takers')}</h3>
    <dl class="takers">
      ${[...all].map(
        ([name, count]) =>
          html`<div>
            <dt>${labelOf(name)}</dt>
            <dd>${formatNumber(count, t.language)}</dd>
          </div> `,
      )}
    </dl>`;
}

/** What failed in the last days, and the button that has it tried anew. */
export function failuresSection(
  queue: Queue,
  failures: readonly FailureCount[],
  engines: readonly ShownEngine[],
  t: T,
): Html {
  const kinds = [...new Set([...queue.failures.keys(), ...failures.map(({ kind }) => kind)])].toSorted();
  const row = (kind: string) => {
    const calls = failures.filter((each) => each.kind === kind);
    const waiting = queue.failures.get(kind) ?? 0;
    const names = calls.map(({ engine }) => engines.find(({ name }) => name === engine)?.label ?? engine);
    return html`<tr>
      <th scope="row"><b>${kindWords(kind, t)}</b><small>${remedyOf(kind, t)}</small></th>
      <td>${names.join(commaOf(t.language))}</td>
      <td class="number">${formatNumber(
        calls.reduce((sum, { count }) => sum + count, 0),
        t.language,
      )}</td>
      <td class="number">${formatNumber(waiting, t.language)}</td>
      <td>${waiting > 0 ? retryForm(kind, t) : ''}</td>
    </tr> `;
  };
  const heads = html`<tr>
    <th scope="col">${t('admin:failureKind')}</th>
    <th scope="col">${t('admin:engine')}</th>
    <th scope="col" class="number">${t('admin:failedCalls')}</th>
    <th scope="col" class="number">${t('admin:failedTexts')}</th>
    <th scope="col"><span class="hidden">${t('admin:tryAgain')}</span></th>
  </tr>`;
  const table = scroller(
    t('admin:failures'),
    html`<table class="failures">
      <caption class="hidden">${t('admin:failures')}</caption>
      <thead>${heads}</thead>
      <tbody>${kinds.map((kind) => row(kind))}</tbody>
    </table>`,
  );
  return html`<section class="section stack" id="failures">
    <div class="section-head"><h2>${t('admin:failures')}</h2></div>
    <p class="hint">${t('admin:failuresMeaning')}</p>
    ${kinds.length === 0 ? html`<p>${t('admin:noFailures')}</p>` : table}
  </section>`;
}

function retryForm(kind: string, t: T): Html {
  return html`<form method="post" action="/${t.language}/admin/translation/retry">
    <input type="hidden" name="kind" value="${kind}">
    <button type="submit" class="button button--quiet">${t('admin:tryAgain')}</button>
  </form>`;
}
