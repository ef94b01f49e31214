import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { choice, type FormState } from '../site/forms.views.ts';
import { autonymOf, languageOptions } from '../site/languages.ts';

/** Which languages a person reads: the one texts come in, and those they come in as they were written. */
export interface Reading {
  languages: readonly string[];
  reads: readonly string[];
}

/** `textsLanguage` among the values of the form; with an empty value that of the page. */
export function textsLanguage(languages: readonly string[], form: FormState, t: T): Html {
  const named = languageOptions(languages, t);
  const options = [{ value: '', words: t('site:texts.asPage') }, ...named];
  const about = { name: 'textsLanguage', label: t('people:textsLanguage'), hint: t('people:textsLanguageHint') };
  return choice({ ...about, options }, form, t);
}

export function readLanguages({ reads, languages }: Reading, label: string, t: T): Html {
  const language = (code: string) =>
    box({ name: 'reads', value: code, isOn: reads.includes(code), type: 'checkbox', words: autonymOf(code, t) });
  return html`<fieldset class="field">
    <legend>${label}</legend>
    <p class="hint">${t('people:readsHint')}</p>
    <div class="choices choices--columns">${languages.map(language)}</div>
  </fieldset>`;
}

interface Box {
  name: string;
  value: string;
  isOn: boolean;
  type: 'checkbox' | 'radio';
  words: Html | string;
}

export function box({ name, value, isOn, type, words }: Box): Html {
  const id = `${name}-${value || 'default'}`;
  return html`<div class="choice">
    <input type="${type}" id="${id}" name="${name}" value="${value}"${isOn ? html` checked` : ''}>
    <label for="${id}">${words}</label>
  </div>`;
}
