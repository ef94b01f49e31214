import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { icon } from '../../services/site/icon.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { enginesSection } from './engines.views.ts';
import { matrixSection } from '../../services/engines/engines.views.ts';
import type { Matrix } from '../../services/engines/matrix.ts';
import { backfillSection, type ShownBackfill } from './progress.views.ts';
import { failuresSection, queueSection } from './queue.views.ts';
import { spacesSection } from './spaces.views.ts';
import type { DayOfUse, FailureCount, Queue, ShownEngine } from './administration.reads.ts';
import { useSection } from './use.views.ts';

/** What was just done, said on the page that shows it. */
export const DONE = ['paused', 'resumed', 'retried', 'started', 'stopped', 'allowed', 'forbidden'] as const;
export type Done = (typeof DONE)[number];

export interface TranslationPage {
  done: Done | null;
  engines: readonly ShownEngine[];
  queue: Queue;
  failures: readonly FailureCount[];
  use: readonly DayOfUse[];
  backfills: readonly ShownBackfill[];
  spaces: readonly NamedSpace[];
  openSpaces: ReadonlySet<string>;
  matrix: Matrix;
  timeZone: string;
  /** Address of the script that looks at the page again. */
  script: string;
}

/** Everything operators see of translation: what needs them first. */
export function translationPage(page: TranslationPage, t: T): Html {
  const { done, engines, queue, failures, use, spaces, openSpaces, matrix, timeZone } = page;
  return html`${done ? doneNotice(done, t) : ''}
    <header class="stack">
      <nav aria-label="${t('site:nav.path')}"><a href="/${t.language}/admin">${t('admin:title')}</a></nav>
      <h1>${t('admin:translation')}</h1>
      <p class="lead">${t('admin:translationLead')}</p>
    </header>
    ${enginesSection(engines, t, timeZone)} ${queueSection(queue, engines, t)}
    ${failuresSection(queue, failures, engines, t)} ${backfillSection(page, t)} ${useSection(use, engines, t)}
    ${spacesSection(spaces, openSpaces, t)} ${matrixSection(matrix, t)}
    <script type="module" src="${page.script}"></script>`;
}

function doneNotice(done: Done, t: T): Html {
  return html`<p class="notice notice--success" role="status">
    ${icon('check')}<span>${t(`admin:done.${done}`)}</span>
  </p>`;
}
