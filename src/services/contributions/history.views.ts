import { html, type Html } from '../../platform/html.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import { icon } from '../site/icon.ts';
import { autonymOf, langAttributes } from '../site/languages.ts';
import { showChanges } from '../texts/texts.views.ts';
import type { Version } from '../texts/versions.reads.ts';

interface HistoryPage {
  versions: readonly Version[];
  /** The page of what it is about. */
  back: string;
  timeZone: string;
}

/** Every version with what changed since the one before. */
export function historyPage({ versions, back, timeZone }: HistoryPage, t: T): Html {
  return html`<div class="folio">
    <div>
      <a class="back" href="${back}">${icon('back', { turn: true })}${t('site:back')}</a>
      <header class="stack">
        <h1>${t('contributions:history')}</h1>
        <p class="lead">${t('contributions:historyLead')}</p>
      </header>
      ${versions.map((version, index) => section(version, versions[index + 1] ?? null, t, timeZone))}
    </div>
  </div>`;
}

function section(version: Version, before: Version | null, t: T, timeZone: string): Html {
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
    ${changes(version, before, t)}
  </section>`;
}

function changes({ title, body, language }: Version, before: Version | null, t: T): Html {
  if (body === null) return html`<p class="hint">${t('contributions:versionErased')}</p>`;
  return html`<div class="diff" ${langAttributes(language)}>
    <h3>${showChanges(before?.title ?? title ?? '', title ?? '', t)}</h3>
    <p>${showChanges(before?.body ?? body, body, t)}</p>
  </div>`;
}
