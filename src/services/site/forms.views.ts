import { html, type Html } from '../../platform/html.ts';
import type { FieldError } from '../../platform/http/errors.ts';
import type { T } from '../../platform/i18n.ts';
import { icon } from './icon.ts';

/** What a form shows again: what was typed, and what was wrong with it. */
export interface FormState {
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
}

export const emptyForm: FormState = { values: {}, errors: [] };

/** At the top of a page whose form was refused: takes the focus, and leads to each field. */
export function errorSummary({ errors }: FormState, t: T): Html {
  if (errors.length === 0) return html``;
  return html`<div class="error-summary" role="alert" aria-labelledby="problem" tabindex="-1" data-focus>
    <h2 id="problem">${t('errors:problem')}</h2>
    <ul>
      ${errors.map((error) => html`<li><a href="#${error.field}">${t(error.key, error.params)}</a></li>`)}
    </ul>
  </div>`;
}

/** The title of such a page says so first. */
export const titleWithErrors = (title: string, { errors }: FormState, t: T): string =>
  errors.length > 0 ? `${t('errors:prefix')}: ${title}` : title;

interface Field {
  name: string;
  label: string;
  hint?: string;
  type?: 'text' | 'email' | 'number' | 'url' | 'datetime-local' | 'date';
  rows?: number;
  max?: number;
  autocomplete?: string;
  /** Attributes our scripts look for. */
  data?: Html;
}

/** Label, hint, error and control, tied together for screen readers. */
export function field({ type = 'text', rows, max, autocomplete, data, ...about }: Field, form: FormState, t: T): Html {
  const { name } = about;
  const value = form.values[name] ?? '';
  const more = [
    autocomplete ? html` autocomplete="${autocomplete}"` : '',
    max ? html` data-max="${max}"` : '',
    type === 'text' ? html` dir="auto"` : '',
    data,
  ];
  return labelled(about, form, t, (attributes) =>
    rows
      ? html`<textarea ${attributes}${more} rows="${rows}">\n${value}</textarea>`
      : html`<input type="${type}" ${attributes}${more} value="${value}">`,
  );
}

interface Choice {
  name: string;
  label: string;
  hint?: string;
  /** Value and words, in their order; with an empty value what may be left out. */
  options: readonly { value: string; words: string; lang?: string }[];
  /** Attributes our scripts look for. */
  data?: Html;
}

/** One of several, as a list that unfolds. */
export function choice({ options, data, ...about }: Choice, form: FormState, t: T): Html {
  const chosen = form.values[about.name] ?? '';
  const option = ({ value, words, lang }: Choice['options'][number]) => {
    const attributes = [lang ? html` lang="${lang}"` : '', value === chosen ? html` selected` : ''];
    return html`<option value="${value}"${attributes}>${words}</option>`;
  };
  return labelled(about, form, t, (attributes) => html`<select ${attributes}${data}>${options.map(option)}</select>`);
}

function labelled(
  { name, label, hint }: { name: string; label: string; hint?: string },
  { errors }: FormState,
  t: T,
  control: (attributes: Html) => Html,
): Html {
  const error = errors.find((each) => each.field === name);
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  const more = [described ? html` aria-describedby="${described}"` : '', error ? html` aria-invalid="true"` : ''];
  return html`<div class="field${error ? ' field--error' : ''}">
    <label for="${name}">${label}</label>
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}
    ${error ? errorText(error, t) : ''}
    ${control(html`class="input" id="${name}" name="${name}"${more}`)}
  </div>`;
}

/** What is wrong with a field, beside it; the field is described by it. */
export const errorText = ({ field: name, key, params }: FieldError, t: T): Html =>
  html`<p class="error-text" id="${name}-error">${icon('warn')}${t(key, params)}</p>`;

/** The session ended while somebody wrote: they sign in beside, and send what still stands in the form. */
export function signedOutNotice(t: T): Html {
  const signIn = html`<a href="/${t.language}/sign-in" target="_blank" rel="opener">${t('contributions:signInBeside')}</a>`;
  return html`<div class="notice notice--warning" role="alert">
    ${icon('warn')}
    <p>${t('contributions:signedOut')} ${signIn}</p>
  </div>`;
}
