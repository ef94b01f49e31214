import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { langAttributes } from '../../services/site/languages.ts';
import type { CountedSpace } from '../../services/house/spaces.ts';

/** The themes as an index, each with its number of ideas. */
export function spaceIndex(spaces: readonly CountedSpace[], t: T): Html {
  return html`<ul class="index index--three">${spaces.map(
    (space) =>
      html`<li><a href="/${t.language}/spaces/${space.slug}"><span ${langAttributes(space.language)}>${space.title}</span><span class="number">${formatNumber(space.counts.ideas, t.language)}</span></a></li>`,
  )}</ul>`;
}

export function spacesPage(spaces: readonly CountedSpace[], t: T): Html {
  return html`<header class="stack"><h1>${t('site:nav.themes')}</h1><p class="lead">${t('ideas:themesLead')}</p></header>
<ul class="theme-list">${spaces.map(
    (
      space,
    ) => html`<li><h2 ${langAttributes(space.language)}><a href="/${t.language}/spaces/${space.slug}">${space.title}</a></h2>
<p ${langAttributes(space.language)}>${space.description}</p><p class="hint">${counts(space, t)}</p></li>`,
  )}</ul>`;
}

/** "3,412 ideas in 24 languages". */
export function counts({ counts: { ideas, languages } }: Pick<CountedSpace, 'counts'>, t: T): string {
  if (ideas === 0) return t('ideas:noneYet');
  return t('ideas:countIn', {
    ideas: t('ideas:count', { count: ideas, number: formatNumber(ideas, t.language) }),
    languages: t('ideas:languages', { count: languages, number: formatNumber(languages, t.language) }),
  });
}

/** One space, and what features show of what stands in it. */
export function spacePage(space: CountedSpace, panels: readonly Html[], t: T): Html {
  const home = `/${t.language}`;
  return html`<nav class="crumbs" aria-label="${t('site:nav.path')}">
      <ol class="plain">
        <li><a href="${home}">${t('site:nav.home')}</a></li>
        <li><a href="${home}/spaces">${t('site:nav.themes')}</a></li>
      </ol>
    </nav>
    <div class="folio">
      <div>
        <header class="stack">
          <h1 ${langAttributes(space.language)}>${space.title}</h1>
          <p class="lead" ${langAttributes(space.language)}>${space.description}</p>
        </header>
        ${panels}
      </div>
      <aside class="side" aria-label="${t('contributions:aboutTexts')}">
        <section>
          <h2>${t('contributions:aboutTexts')}</h2>
          <p>${t('contributions:aboutTextsBody')}</p>
        </section>
      </aside>
    </div>`;
}
