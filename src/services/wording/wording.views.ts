import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { errorSummary, field, signedOutNotice, type FormState } from '../site/forms.views.ts';
import { autonymOf } from '../site/languages.ts';
import { REMARK_CHARACTERS, WORDS_CHARACTERS, type Place } from './wording.ts';

interface WordingPage {
  place: Place;
  form: FormState;
  isSignedOut: boolean;
}

/** Asks which words are wrong, and what they should be. */
export function wordingPage({ place, form, isSignedOut }: WordingPage, t: T): Html {
  const { language, page } = place;
  const hidden = { page: page ?? '', language, key: form.values['key'] ?? '' };
  const label = (name: 'words' | 'better' | 'remark') => ({ name, label: t(`site:wording.${name}`) });
  const hint = t('site:wording.remarkHint', { max: REMARK_CHARACTERS });
  return html`<div class="folio"><div>
    ${errorSummary(form, t)}
    ${isSignedOut ? signedOutNotice(t) : ''}
    <header class="stack">
      <h1>${t('site:wording.title')}</h1>
      <p>${t('site:wording.lead')}</p>
    </header>
    <form class="section" method="post" action="/${t.language}/wording" novalidate>
      ${placeLines(place, t)}
      ${field({ ...label('words'), rows: 2, max: WORDS_CHARACTERS }, form, t)}
      ${field({ ...label('better'), rows: 2, max: WORDS_CHARACTERS }, form, t)}
      ${field({ ...label('remark'), hint, rows: 3, max: REMARK_CHARACTERS }, form, t)}
      ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
      <p class="section actions">
        <button type="submit" class="button">${t('site:wording.send')}</button>
        <a class="button button--link" href="${page ?? `/${t.language}`}">${t('site:cancel')}</a>
      </p>
    </form>
  </div></div>`;
}

function placeLines({ language, page }: Place, t: T): Html {
  const where = html`<dt>${t('site:wording.page')}</dt><dd>${pageLink(page)}</dd>`;
  return html`<dl class="wording-place">
    <dt>${t('site:nav.language')}</dt><dd>${autonymOf(language, t)}</dd>
    ${page ? where : ''}
  </dl>`;
}

/** An address of ours, left to right in every language. */
export const pageLink = (page: string | null): Html =>
  page ? html`<a class="address" href="${page}" dir="ltr">${page}</a>` : html``;

/** After it was sent. */
export function thanksPage({ page }: Place, t: T): Html {
  const back = page
    ? html`<p class="actions"><a class="button" href="${page}">${t('site:wording.back')}</a></p>`
    : html`<p class="actions"><a class="button" href="/${t.language}">${t('errors:goHome')}</a></p>`;
  return html`<div class="folio">
    <div class="stack">
      <h1>${t('site:wording.thanks')}</h1>
      <p class="lead">${t('site:wording.thanksLead')}</p>
      ${back}
    </div>
  </div>`;
}
