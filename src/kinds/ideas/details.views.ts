import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import { field, type FormState } from '../../services/site/forms.views.ts';
import { PLACE_CHARACTERS } from './ideas.ts';
import type { IdeaDetails } from './ideas.reads.ts';

/** The fields of an idea that are not its text, in the form. */
export function detailFields(form: FormState, t: T): Html {
  return field(
    {
      name: 'place',
      label: t('ideas:place'),
      hint: t('ideas:placeHint', { max: PLACE_CHARACTERS }),
      max: PLACE_CHARACTERS,
    },
    form,
    t,
  );
}

/** The same on its page; nothing for what was left empty. */
export function showDetails({ place }: IdeaDetails, t: T): Html {
  return place
    ? html`<p class="hint">${sentence(t, 'ideas:placeIs', { place: html`<bdi>${place}</bdi>` })}</p>`
    : html``;
}
