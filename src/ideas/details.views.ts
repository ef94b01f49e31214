import { html, type Html } from '../platform/html.ts';
import type { T } from '../platform/i18n.ts';
import type { FormState } from '../site/forms.views.ts';
import type { IdeaDetails } from './ideas.reads.ts';

/** The fields of an idea that are not its text, in the form. */
export function detailFields(_form: FormState, _t: T): Html {
  return html``;
}

/** The same on its page; nothing for what was left empty. */
export function showDetails(_details: IdeaDetails, _t: T): Html {
  return html``;
}
