import { html, type Html } from '../platform/html.ts';
import type { FieldError } from '../platform/http/errors.ts';
import type { T } from '../platform/i18n.ts';
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
  return html`<div class="error-summary" role="alert" aria-labelledby="problem" tabindex="-1" data-focus><h2 id="problem">${t('errors:problem')}</h2><ul>${errors.map(
    (error) => html`<li><a href="#${error.field}">${t(error.key, error.params)}</a></li>`,
  )}</ul></div>`;
}

/** The title of such a page says so first. */
export const titleWithErrors = (title: string, { errors }: FormState, t: T): string =>
  errors.length > 0 ? `${t('errors:prefix')}: ${title}` : title;

interface Field {
  name: string;
  label: string;
  hint?: string;
  type?: 'text' | 'email';
  rows?: number;
  max?: number;
  autocomplete?: string;
  /** Attributes our scripts look for. */
  data?: Html;
}

/** Label, hint, error and control, tied together for screen readers. */
export function field(
  { name, label, hint, type = 'text', rows, max, autocomplete, data }: Field,
  { values, errors }: FormState,
  t: T,
): Html {
  const error = errors.find((each) => each.field === name);
  const described = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ');
  const attributes = html`class="input" id="${name}" name="${name}"${autocomplete ? html` autocomplete="${autocomplete}"` : ''}${described ? html` aria-describedby="${described}"` : ''}${error ? html` aria-invalid="true"` : ''}${max ? html` data-max="${max}"` : ''}${data ?? ''}`;
  const value = values[name] ?? '';
  const control = rows
    ? html`<textarea ${attributes} rows="${rows}" dir="auto">\n${value}</textarea>`
    : html`<input type="${type}" ${attributes} value="${value}"${type === 'text' ? html` dir="auto"` : ''}>`;
  return html`<div class="field${error ? ' field--error' : ''}"><label for="${name}">${label}</label>${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}${
    error ? html`<p class="error-text" id="${name}-error">${icon('warn')}${t(error.key, error.params)}</p>` : ''
  }${control}</div>`;
}

/** The session ended while somebody wrote: they sign in beside, and send what still stands in the form. */
export function signedOutNotice(t: T): Html {
  return html`<div class="notice notice--warning" role="alert">${icon('warn')}<p>${t('ideas:signedOut')} <a href="/${t.language}/sign-in" target="_blank" rel="opener">${t('ideas:signInBeside')}</a></p></div>`;
}
