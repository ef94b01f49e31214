import type { NamedSpace } from '../house/spaces.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { choice, errorSummary, field, signedOutNotice, type FormState } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { autonymOf, langAttributes, languageOptions } from '../site/languages.ts';
import { PLATFORM, themeOptions, whereOf } from './glossary-choices.views.ts';
import { LINES_AT_ONCE } from './glossary.input.ts';
import { TERM_CHARACTERS, TERMS_A_PAIR, type GlossaryTerm } from './glossary.ts';

interface NewTermsPage {
  /** Those the person keeps. */
  themes: readonly NamedSpace[];
  mayPlatform: boolean;
  languages: readonly string[];
  /** The session ended while the person wrote: they sign in beside, and send it again. */
  isSignedOut: boolean;
  form: FormState;
}

/** One term, or many at once. Everything typed stands in it again after an error. */
export function newTermsPage({ themes, mayPlatform, languages, isSignedOut, form }: NewTermsPage, t: T): Html {
  const platform = mayPlatform ? [{ value: PLATFORM, words: t('glossary:platform') }] : [];
  const spoken = [{ value: '', words: t('glossary:choose') }, ...languageOptions(languages, t)];
  const back = `/${t.language}/glossary`;
  const hint = t('glossary:wordHint', { max: TERM_CHARACTERS });
  const lines = t('glossary:manyHint', { lines: formatNumber(LINES_AT_ONCE, t.language) });
  const where = {
    ...{ name: 'space', label: t('glossary:where'), hint: t('glossary:platformOrTheme') },
    options: [...platform, ...themeOptions(themes)],
  };
  return html`<div class="folio">
    <div>
      <a class="back" href="${back}">${icon('back', { turn: true })}${t('site:back')}</a>
      ${errorSummary(form, t)}
      ${isSignedOut ? signedOutNotice(t) : ''}
      <h1>${t('glossary:newTitle')}</h1>
      <p class="lead intro">${t('glossary:lead')}</p>
      <form class="section" method="post" action="${back}/new" novalidate>
        ${choice(where, form, t)}
        <div class="field glossary-pair">
          ${choice({ name: 'from', label: t('glossary:from'), options: spoken }, form, t)}
          ${choice({ name: 'to', label: t('glossary:into'), options: spoken }, form, t)}
        </div>
        ${field({ name: 'source', label: t('glossary:word'), hint, max: TERM_CHARACTERS }, form, t)}
        ${field({ name: 'target', label: t('glossary:translation'), hint, max: TERM_CHARACTERS }, form, t)}
        ${field({ name: 'lines', label: t('glossary:many'), hint: lines, rows: 8 }, form, t)}
        <p class="section actions">
          <button type="submit" class="button">${t('glossary:save')}</button>
          <a class="button button--link" href="${back}">${t('site:cancel')}</a>
        </p>
      </form>
    </div>
    ${aside(t)}
  </div>`;
}

/** How many terms there may be, and what new ones change. */
function aside(t: T): Html {
  const terms = formatNumber(TERMS_A_PAIR, t.language);
  return html`<aside class="side" aria-label="${t('glossary:title')}">
    <section>
      <h2>${t('glossary:limitTitle')}</h2>
      <p>${t('glossary:limit', { terms })}</p>
    </section>
    <section>
      <h2>${t('glossary:existingTitle')}</h2>
      <p>${t('glossary:existing')}</p>
    </section>
  </aside>`;
}

/** Said twice before what cannot be undone. */
export function removePage(term: GlossaryTerm, theme: NamedSpace | null, t: T): Html {
  const back = `/${t.language}/glossary`;
  const source = html`<bdi ${langAttributes(term.sourceLanguage)}>${term.source}</bdi>`;
  const target = html`<bdi ${langAttributes(term.targetLanguage)}>${term.target}</bdi>`;
  const pair = html`${autonymOf(term.sourceLanguage, t)} = ${autonymOf(term.targetLanguage, t)}`;
  return html`<div class="folio">
    <div class="stack">
      <h1>${t('glossary:removeTitle')}</h1>
      <p class="lead">${source} = ${target}</p>
      <p class="hint">${pair} · ${whereOf(theme, t)}</p>
      <p>${t('glossary:removeWarning')}</p>
      <form method="post" action="${back}/${term.id}/remove">
        <p class="actions">
          <button type="submit" class="button button--danger">${t('glossary:removeConfirm')}</button>
          <a class="button button--link" href="${back}">${t('site:cancel')}</a>
        </p>
      </form>
    </div>
  </div>`;
}
