import { randomUUID } from 'node:crypto';

import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import type { NamedSpace } from '../house/spaces.ts';
import { choice, errorSummary, field, signedOutNotice, type FormState } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { languageField } from '../texts/texts.views.ts';
import type { Contribution, ContributionKind } from './contribution.ts';
import { asideOf } from './contributions.views.ts';

interface FormPage<Shown extends Contribution, Input extends object> {
  of: Pick<ContributionKind<Shown, Input>, 'kind' | 'plural' | 'words' | 'rows' | 'form'>;
  /** Null for a new one. */
  id: string | null;
  /** The one it is for, where the address names it. */
  space: NamedSpace | null;
  /** To choose from, where it does not. */
  spaces: readonly NamedSpace[];
  languages: readonly string[];
  form: FormState;
  /** The session ended while the person wrote: they sign in beside, and send again. */
  signedOut: boolean;
}

/** A new contribution, or a change of one. Everything typed stands in it again after an error. */
export function formPage<Shown extends Contribution, Input extends object>(page: FormPage<Shown, Input>, t: T): Html {
  const { of, id, space, languages, form, signedOut } = page;
  const { words } = of;
  const list = space ? `/${t.language}/spaces/${space.slug}` : `/${t.language}/${of.plural}`;
  const back = id ? `/${t.language}/${of.plural}/${id}` : list;
  const action = id ? `${back}/edit` : `${list}${space ? `/${of.plural}` : ''}/new`;
  return html`<div class="folio">
    <div>
      <a class="back" href="${back}">${icon('back', { turn: true })}${t('site:back')}</a>
      ${errorSummary(form, t)}${signedOut ? signedOutNotice(t) : ''}
      <h1>${t(id ? words.editTitle : words.newTitle)}</h1>
      <p class="lead intro">${of.form.lead(space, t)}</p>
      <form class="section" method="post" action="${action}" novalidate>
        ${spaceChoice(page, t)}${textFields(page, t)}${of.form.fields(form, t, languages)}${languageField(languages, form, t)}
        <input type="hidden" name="key" value="${form.values['key'] ?? randomUUID()}">
        <input type="hidden" name="version" value="${form.values['version'] ?? ''}">
        <p class="section actions">
          <button type="submit" class="button">${t(id ? 'contributions:save' : words.post)}</button>
          <a class="button button--link" href="${back}">${t('site:cancel')}</a>
        </p>
      </form>
    </div>
    ${asideOf(of.form.aside, t)}
  </div>`;
}

function spaceChoice<Shown extends Contribution, Input extends object>(
  {
    of: {
      form: { choose },
    },
    id,
    spaces,
    form,
  }: FormPage<Shown, Input>,
  t: T,
): Html {
  if (!choose || id) return html``;
  const options = spaces.map(({ slug, title, language }) => ({ value: slug, words: title, lang: language }));
  const none = { value: '', words: '–' };
  return choice({ name: 'space', label: t(choose), options: [none, ...options] }, form, t);
}

function textFields<Shown extends Contribution, Input extends object>(
  { of, form }: FormPage<Shown, Input>,
  t: T,
): Html {
  const { words, rows, kind } = of;
  const { title, body } = kind.limits;
  return html`${field({ name: 'title', label: t(words.title), hint: t(words.titleHint, { max: title }), max: title }, form, t)}
  ${field({ name: 'body', label: t(words.body), hint: t(words.bodyHint, { max: body }), rows, max: body }, form, t)}`;
}

/** Said twice before what cannot be undone. */
export function withdrawPage(heading: string, title: string, back: string, t: T): Html {
  return html`<div class="folio">
    <div class="stack">
      <h1>${heading}</h1>
      <p class="lead"><bdi>${title}</bdi></p>
      <p>${t('contributions:withdrawWarning')}</p>
      <form method="post" action="${back}/withdraw">
        <p class="actions">
          <button type="submit" class="button button--danger">${t('contributions:withdrawConfirm')}</button>
          <a class="button button--link" href="${back}">${t('site:cancel')}</a>
        </p>
      </form>
    </div>
  </div>`;
}
