import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import type { Person } from '../../platform/person.ts';
import { choice, errorSummary, type FormState } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { languageOptions } from '../site/languages.ts';
import { atHandle, nameField } from './people.views.ts';
import { box, readLanguages, textsLanguage } from './reading.views.ts';

/** What is not in `FormState`, which has one text a field. */
export interface Chosen {
  reads: readonly string[];
  showsFirst: string | null;
  showsSupport: boolean;
}

interface Settings {
  person: Person;
  chosen: Chosen;
  form: FormState;
  saved: boolean;
  interfaceLanguages: readonly string[];
  languages: readonly string[];
  /** Where they go. */
  attended: readonly Html[];
}

/** What a person may set: name, languages, what they see first, whether their support is public; and the way out. */
export function mePage({ person, chosen, form, saved, interfaceLanguages, languages, attended }: Settings, t: T): Html {
  const profile = html`<a href="/${t.language}/people/${person.handle}">${atHandle(person.handle)}</a>`;
  const notice = html`<p class="notice notice--success" role="status">${icon('check')}<span>${t('people:saved')}</span></p>`;
  return html`<div class="folio">
    <div>
      ${errorSummary(form, t)}
      <header class="stack">
        <h1>${t('site:nav.me')}</h1>
        <p class="lead">${sentence(t, 'people:signedInAs', { name: html`<bdi>${person.name}</bdi>` })} ${profile}</p>
      </header>
      ${saved ? notice : ''}
      <form class="section" method="post" action="/${t.language}/me" novalidate>
        ${nameField(form, t)}
        ${interfaceLanguage(interfaceLanguages, form, t)}
        ${textsLanguage(languages, form, t)}
        ${readLanguages({ reads: chosen.reads, languages }, t('people:reads'), t)}
        ${shownFirst(chosen, t)}
        ${shownSupport(chosen, t)}
        <p class="section actions">
          <button type="submit" class="button">${t('people:save')}</button>
        </p>
      </form>
      ${attended}${sessions(t)}
    </div>
  </div>`;
}

function interfaceLanguage(languages: readonly string[], form: FormState, t: T): Html {
  const options = languageOptions(languages, t);
  const about = { label: t('people:interfaceLanguage'), hint: t('people:interfaceLanguageHint') };
  return choice({ name: 'interfaceLanguage', ...about, options }, form, t);
}

function shownFirst({ showsFirst }: Chosen, t: T): Html {
  const first = (value: string | null, words: string) =>
    box({ name: 'showsFirst', value: value ?? '', isOn: showsFirst === value, type: 'radio', words });
  return html`<fieldset class="field">
    <legend>${t('people:showFirst')}</legend>
    <div class="choices">
      ${first('translation', t('people:translationFirst'))}
      ${first('original', t('people:originalFirst'))}
      ${first(null, t('people:platformDefault'))}
    </div>
  </fieldset>`;
}

function shownSupport({ showsSupport: isOn }: Chosen, t: T): Html {
  return html`<fieldset class="field">
    <legend>${t('endorsements:title')}</legend>
    <p class="hint">${t('people:showsSupportHint')}</p>
    ${box({ name: 'showsSupport', value: '1', isOn, type: 'checkbox', words: t('people:showsSupport') })}
  </fieldset>`;
}

function sessions(t: T): Html {
  const button = (look: string, everywhere: string, words: string) =>
    html`<button type="submit" class="button ${look}" name="everywhere" value="${everywhere}">${words}</button>`;
  return html`<section class="section" aria-labelledby="sessions">
    <div class="section-head"><h2 id="sessions">${t('people:sessions')}</h2></div>
    <form method="post" action="/${t.language}/sign-out">
      <p class="actions">
        ${button('button--quiet', '', t('people:signOut'))}
        ${button('button--link', '1', t('people:signOutEverywhere'))}
      </p>
    </form>
  </section>`;
}
