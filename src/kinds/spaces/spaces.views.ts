import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { langAttributes } from '../../services/site/languages.ts';
import type { CountedSpace } from '../../services/house/spaces.ts';

/** The themes as an index, each with its number of ideas. */
export function spaceIndex(spaces: readonly CountedSpace[], t: T): Html {
  return html`<ul class="index index--three">
    ${spaces.map((space) => html`<li>${indexEntry(space, t)}</li>`)}
  </ul>`;
}

function indexEntry({ slug, title, language, counts: { ideas } }: CountedSpace, t: T): Html {
  return html`<a href="/${t.language}/spaces/${slug}">
    <span ${langAttributes(language)}>${title}</span><span class="number">${formatNumber(ideas, t.language)}</span>
  </a>`;
}

/** All themes, each with what it is about and how much was said in it. */
export function spacesPage(spaces: readonly CountedSpace[], t: T): Html {
  return html`<header class="stack">
      <h1>${t('site:nav.themes')}</h1>
      <p class="lead">${t('ideas:themesLead')}</p>
    </header>
    <ul class="theme-list">
      ${spaces.map((space) => html`<li>${themeEntry(space, t)}</li>`)}
    </ul>`;
}

function themeEntry(space: CountedSpace, t: T): Html {
  const { slug, title, description, language } = space;
  return html`<h2 ${langAttributes(language)}><a href="/${t.language}/spaces/${slug}">${title}</a></h2>
    <p ${langAttributes(language)}>${description}</p>
    <p class="hint">${counts(space, t)}</p>`;
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
