import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { formatDuration, formatPercent } from '../../platform/formats.ts';
import { byWhom, scopeWords } from './backfill.views.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';

/** A backfill as the page tells it. */
export interface ShownBackfill {
  id: string;
  space: NamedSpace | null;
  language: string | null;
  by: { name: string; handle: string } | null;
  createdAt: Date;
  state: 'filling' | 'running' | 'done' | 'stopped';
  done: number;
  waiting: number;
  failed: number;
  percent: number;
  /** What remains; seconds are null as long as nobody can know. */
  characters: number;
  seconds: number | null;
}

interface BackfillPart {
  backfills: readonly ShownBackfill[];
  timeZone: string;
}

/** Where a backfill is begun, those that run with how far they are, and the past ones. */
export function backfillSection({ backfills, timeZone }: BackfillPart, t: T): Html {
  const list = backfills.map((each) => html`<li class="backfill">${backfillView(each, timeZone, t)}</li> `);
  return html`<section class="section stack" id="backfills">
    <div class="section-head"><h2>${t('admin:backfill')}</h2></div>
    <p class="hint">${t('admin:backfillsMeaning')}</p>
    <p class="actions">
      <a class="button button--quiet" href="/${t.language}/admin/translation/backfill">${t('admin:chooseScope')}</a>
    </p>
    ${list.length === 0 ? html`<p>${t('admin:noBackfills')}</p>` : html`<ul class="plain backfills">${list}</ul>`}
  </section>`;
}

function backfillView(backfill: ShownBackfill, timeZone: string, t: T): Html {
  const { state, by, createdAt, done, waiting, failed, percent } = backfill;
  const number = (value: number) => formatNumber(value, t.language);
  const counts = [
    t('admin:progress.done', { number: number(done) }),
    t('admin:progress.waiting', { number: number(waiting) }),
    t('admin:progress.failed', { number: number(failed) }),
  ];
  const share = formatPercent(percent / 100, t.language);
  return html`<h3>${scopeWords(backfill, t)}</h3>
    <p class="hint">${byWhom(by, createdAt, timeZone, t)}</p>
    <p class="backfill-state">
      <b>${t(`admin:backfill.${state}`)}</b>
      <progress max="100" value="${percent}" aria-label="${t('admin:progressOf')}"></progress>
      <span>${share}</span>
    </p>
    <ul class="meta">
      ${counts.map((words) => html`<li>${words}</li> `)}
    </ul>
    ${isRunning(backfill) ? remaining(backfill, t) : ''}`;
}

const isRunning = ({ state }: ShownBackfill): boolean => state === 'filling' || state === 'running';

function remaining({ id, characters, seconds }: ShownBackfill, t: T): Html {
  const time =
    seconds === null ? t('admin:timeUnknown') : t('admin:timeLeft', { time: formatDuration(seconds, t.language) });
  return html`<p>${t('admin:charactersLeft', { number: formatNumber(characters, t.language) })} ${time}</p>
    <form method="post" action="/${t.language}/admin/translation/backfills/${id}/stop">
      <button type="submit" class="button button--danger">${t('admin:stopBackfill')}</button>
    </form>`;
}
