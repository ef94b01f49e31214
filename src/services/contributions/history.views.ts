import { html, type Html } from '../../platform/html.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import { icon } from '../site/icon.ts';
import { autonymOf, langAttributes } from '../site/languages.ts';
import { createComparing, type Compare } from '../texts/diff.ts';
import { showChanges } from '../texts/texts.views.ts';
import type { Version } from '../texts/versions.reads.ts';

interface HistoryPage {
  /** The newest first, and one more than is shown, to compare with. */
  versions: readonly Version[];
  /** What the kind tells besides. */
  more: Html | null;
  /** The page of what it is about. */
  back: string;
  timeZone: string;
}

/** Versions on one page: each is compared with the one before. */
export const VERSIONS = 10;

/** Every version with what changed since the one before. */
export function historyPage({ versions, more, back, timeZone }: HistoryPage, t: T): Html {
  const compare = createComparing();
  const shown = versions.slice(0, VERSIONS);
  const oldest = shown.at(-1)?.version ?? 1;
  const older = html`<p class="section actions">
    <a class="button button--quiet" href="${back}/history?before=${oldest}">${t('contributions:olderVersions')}</a>
  </p>`;
  return html`<div class="folio">
    <div>
      <a class="back" href="${back}">${icon('back', { turn: true })}${t('site:back')}</a>
      <header class="stack">
        <h1>${t('contributions:history')}</h1>
        <p class="lead">${t('contributions:historyLead')}</p>
      </header>
      ${shown.map((version, index) => section(version, versions[index + 1] ?? null, { compare, timeZone }, t))}
      ${versions.length > VERSIONS ? older : ''}${more}
    </div>
  </div>`;
}

interface Showing {
  compare: Compare;
  timeZone: string;
}

function section(version: Version, before: Version | null, { compare, timeZone }: Showing, t: T): Html {
  const { language, writtenAt } = version;
  const date = formatDate(writtenAt, t.language, timeZone, { time: true });
  return html`<section class="section">
    <div class="section-head">
      <h2>${t('contributions:versionNumber', { number: version.version })}</h2>
      <ul class="meta">
        <li><time datetime="${writtenAt.toISOString()}">${date}</time></li>
        <li>${autonymOf(language, t)}</li>
      </ul>
    </div>
    ${changes(version, before, compare, t)}
  </section>`;
}

function changes({ title, body, language }: Version, before: Version | null, compare: Compare, t: T): Html {
  if (body === null) return html`<p class="hint">${t('contributions:versionErased')}</p>`;
  return html`<div class="diff" ${langAttributes(language)}>
    <h3>${showChanges(compare, before?.title ?? title ?? '', title ?? '', t)}</h3>
    <p>${showChanges(compare, before?.body ?? body, body, t)}</p>
  </div>`;
}
