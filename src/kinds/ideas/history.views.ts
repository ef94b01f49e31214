import { html, type Html } from '../../platform/html.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import { icon } from '../../services/site/icon.ts';
import { autonymOf, langAttributes } from '../../services/site/languages.ts';
import { showChanges } from '../../services/texts/texts.views.ts';
import type { ShownIdea, Version } from './ideas.reads.ts';

/** Every version with what changed since the one before. */
export function historyPage(idea: ShownIdea, versions: readonly Version[], t: T, timeZone: string): Html {
  return html`<div class="folio"><div><a class="back" href="/${t.language}/ideas/${idea.id}">${icon('back', { turn: true })}${t('ideas:backToIdea')}</a>
<header class="stack"><h1>${t('contributions:history')}</h1><p class="lead">${t('contributions:historyLead')}</p></header>
${versions.map((version, index) => section(version, versions[index + 1] ?? null, t, timeZone))}</div></div>`;
}

function section(version: Version, before: Version | null, t: T, timeZone: string): Html {
  const { language } = version;
  return html`<section class="section"><div class="section-head"><h2>${t('contributions:versionNumber', { number: version.version })}</h2><ul class="meta"><li><time datetime="${version.writtenAt.toISOString()}">${formatDate(version.writtenAt, t.language, timeZone, { time: true })}</time></li><li>${autonymOf(language, t)}</li></ul></div>
${
  version.body === null
    ? html`<p class="hint">${t('contributions:versionErased')}</p>`
    : html`<div class="diff" ${langAttributes(language)}><h3>${showChanges(before?.title ?? version.title ?? '', version.title ?? '', t)}</h3><p>${showChanges(before?.body ?? version.body, version.body, t)}</p></div>`
}</section>`;
}
