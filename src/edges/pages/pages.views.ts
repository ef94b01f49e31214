import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import { choice, errorSummary, field, type FormState } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import { autonymOf, langAttributes, languageOptions, nameOf } from '../../services/site/languages.ts';
import { renderMarkdown } from '../../services/texts/markdown.ts';
import { PAGES, type PageName, type Shown } from './pages.ts';

interface ServicePage {
  name: PageName;
  /** Null while nobody has written it. */
  shown: Shown | null;
  /** What this reader asked for. */
  language: string;
  mayWrite: boolean;
}

/** What the service says of itself, in the reader's language or, said so, in another. */
export function servicePage({ name, shown, language, mayWrite }: ServicePage, t: T): Html {
  const change = html`<p class="section actions">
    <a class="button button--quiet" href="/${t.language}/secretariat/pages/${name}">${t('site:pages.change')}</a>
  </p>`;
  const at = { t, place: name };
  const empty = html`<p class="empty">${t(mayWrite ? 'site:pages.emptyForStaff' : 'site:pages.empty')}</p>`;
  return html`<div class="folio"><div>
    <h1>${t(`site:pages.${name}`)}</h1>
    ${shown && shown.language !== language ? otherLanguage(shown.language, t) : ''}
    ${shown ? html`<div class="section prose" ${langAttributes(shown.language)}>${renderMarkdown(shown.body, at)}</div>` : empty}
    ${mayWrite ? change : ''}
  </div></div>`;
}

const otherLanguage = (language: string, t: T): Html =>
  html`<p class="notice">${icon('info')}<span>${sentence(t, 'site:pages.otherLanguage', { language: nameOf(language, t) })}</span></p>`;

/** All of them, with the languages they are there in. */
export function pagesPage(written: ReadonlyMap<string, readonly string[]>, t: T): Html {
  const line = (name: PageName) => {
    const languages = written.get(name) ?? [];
    const there = languages.map((code, at) => html`${at > 0 ? ', ' : ''}${autonymOf(code, t)}`);
    return html`<li>
      <a href="/${t.language}/secretariat/pages/${name}">${t(`site:pages.${name}`)}</a>
      <p class="hint">${languages.length > 0 ? there : t('site:pages.emptyForStaff')}</p>
    </li> `;
  };
  return html`<header class="stack">
      <h1>${t('site:pages.title')}</h1>
      <p class="lead">${t('site:pages.lead')}</p>
    </header>
    <ul class="section plain places">${PAGES.map(line)}</ul>`;
}

interface PageForm {
  name: PageName;
  language: string;
  languages: readonly string[];
}

/** Write one, in one language. */
export function pageForm({ name, language, languages }: PageForm, form: FormState, t: T): Html {
  const options = languageOptions(languages, t);
  const here = `/${t.language}/secretariat/pages/${name}`;
  const chosen = { values: { language }, errors: [] };
  return html`<div class="folio"><div>
    <a class="back" href="/${t.language}/secretariat/pages">${icon('back', { turn: true })}${t('site:pages.title')}</a>
    ${errorSummary(form, t)}
    <h1>${t(`site:pages.${name}`)}</h1>
    <form class="section" method="get" action="${here}">
      ${choice({ name: 'language', label: t('site:nav.language'), options }, chosen, t)}
      <p class="actions"><button type="submit" class="button button--quiet">${t('site:texts.show')}</button></p>
    </form>
    <form class="section" method="post" action="${here}" novalidate>
      ${field({ name: 'body', label: t('site:pages.body'), hint: t('site:pages.bodyHint'), rows: 20 }, form, t)}
      <input type="hidden" name="language" value="${language}">
      <input type="hidden" name="version" value="${form.values['version'] ?? '0'}">
      <p class="actions">
        <button type="submit" class="button">${t('contributions:save')}</button>
        <a class="button button--link" href="/${t.language}/${name}">${t('site:cancel')}</a>
      </p>
    </form>
  </div></div>`;
}
