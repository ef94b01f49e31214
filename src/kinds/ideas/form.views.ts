import { randomUUID } from 'node:crypto';

import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import { errorSummary, field, signedOutNotice, type FormState } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { languageField } from '../../services/texts/texts.views.ts';
import { detailFields } from './details.views.ts';
import { BODY_CHARACTERS, TITLE_CHARACTERS } from './ideas.ts';

interface IdeaForm {
  space: NamedSpace;
  /** Null for a new idea. */
  id: string | null;
  languages: readonly string[];
  form: FormState;
  /** The session ended while the person wrote: they sign in beside, and post again. */
  signedOut: boolean;
}

/** Share an idea, or change one. Everything typed stands in it again after an error. */
export function ideaForm({ space, id, languages, form, signedOut }: IdeaForm, t: T): Html {
  const back = id ? `/${t.language}/ideas/${id}` : `/${t.language}/spaces/${space.slug}`;
  const action = id ? `/${t.language}/ideas/${id}/edit` : `/${t.language}/spaces/${space.slug}/ideas/new`;
  return html`<div class="folio"><div>
<a class="back" href="${back}">${icon('back', { turn: true })}${t('site:back')}</a>
${errorSummary(form, t)}${signedOut ? signedOutNotice(t) : ''}
<h1>${id ? t('ideas:editTitle') : t('ideas:newTitle')}</h1>
<p class="lead intro">${sentence(t, 'ideas:newLead', { theme: html`<span ${langAttributes(space.language)}>${space.title}</span>` })}</p>
<form class="section" method="post" action="${action}" novalidate>
${field({ name: 'title', label: t('ideas:title'), hint: t('ideas:titleHint', { max: TITLE_CHARACTERS }), max: TITLE_CHARACTERS }, form, t)}
${field({ name: 'body', label: t('ideas:body'), hint: t('ideas:bodyHint', { max: BODY_CHARACTERS }), rows: 10, max: BODY_CHARACTERS }, form, t)}
${detailFields(form, t)}${languageField(languages, form, t)}
<input type="hidden" name="key" value="${form.values['key'] ?? randomUUID()}"><input type="hidden" name="version" value="${form.values['version'] ?? ''}">
<p class="section actions"><button type="submit" class="button">${id ? t('contributions:save') : t('ideas:post')}</button><a class="button button--link" href="${back}">${t('site:cancel')}</a></p></form></div>
<aside class="side" aria-label="${t('ideas:beforePosting')}"><section><h2>${t('ideas:beforePosting')}</h2><p>${t('ideas:beforePostingBody')}</p></section><section><h2>${t('contributions:formatting')}</h2><p>${t('contributions:formattingBody')}</p></section></aside></div>`;
}

/** Said twice before what cannot be undone. */
export function withdrawPage(title: string, id: string, t: T): Html {
  const back = `/${t.language}/ideas/${id}`;
  return html`<div class="folio"><div class="stack"><h1>${t('ideas:withdrawTitle')}</h1><p class="lead"><bdi>${title}</bdi></p><p>${t('contributions:withdrawWarning')}</p>
<form method="post" action="${back}/withdraw"><p class="actions"><button type="submit" class="button button--danger">${t('contributions:withdrawConfirm')}</button><a class="button button--link" href="${back}">${t('site:cancel')}</a></p></form></div></div>`;
}
