import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { errorSummary, field, signedOutNotice, type FormState } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import { excerpt } from '../../services/texts/markdown.ts';
import { languageField } from '../../services/texts/texts.views.ts';
import { COMMENT_CHARACTERS } from './comments.ts';
import type { ShownComment } from './comments.reads.ts';
import { commentForm } from './comments.views.ts';

interface CommentPage {
  id: string;
  parent: string | null;
  /** The comment that is changed; null for a new one. */
  edits: string | null;
  answered: ShownComment | null;
  alignments: boolean;
  back: string;
  signedOut: boolean;
  languages: readonly string[];
}

/** A form of its own page: to reply, to change, and to show again what was refused. */
export function commentPage(
  { id, parent, edits, answered, alignments, back, signedOut, languages }: CommentPage,
  title: string,
  form: FormState,
  t: T,
): Html {
  const quote = answered
    ? html`<blockquote class="lead" ${langAttributes(answered.text.language)}>${excerpt(answered.text.body)}</blockquote>`
    : '';
  const notice = signedOut ? signedOutNotice(t) : '';
  return html`<div class="folio"><div><a class="back" href="${back}">${icon('back', { turn: true })}${t('site:back')}</a>${notice}
<header class="stack"><h1>${title}</h1>${quote}</header>${edits ? editForm({ id: edits, languages, form }, t) : commentForm({ rootId: id, alignments, form, parent, languages }, t)}</div></div>`;
}

interface EditForm {
  id: string;
  languages: readonly string[];
  form: FormState;
}

function editForm({ id, languages, form }: EditForm, t: T): Html {
  return html`${errorSummary(form, t)}<form class="section" method="post" action="/${t.language}/comments/${id}/edit" novalidate>
${field({ name: 'body', label: t('comments:yourComment'), hint: t('comments:hint', { max: COMMENT_CHARACTERS }), rows: 4, max: COMMENT_CHARACTERS }, form, t)}
${languageField(languages, form, t)}
<input type="hidden" name="version" value="${form.values['version'] ?? ''}"><p class="actions"><button type="submit" class="button">${t('contributions:save')}</button></p></form>`;
}

/** Said twice before what cannot be undone. */
export function withdrawCommentPage({ id, text }: ShownComment, t: T): Html {
  const action = `/${t.language}/comments/${id}`;
  return html`<div class="folio"><div class="stack"><h1>${t('comments:withdrawTitle')}</h1><blockquote class="lead" ${langAttributes(text.language)}>${excerpt(text.body)}</blockquote><p>${t('contributions:withdrawWarning')}</p>
<form method="post" action="${action}/withdraw"><p class="actions"><button type="submit" class="button button--danger">${t('contributions:withdrawConfirm')}</button><a class="button button--link" href="${action}">${t('site:cancel')}</a></p></form></div></div>`;
}
