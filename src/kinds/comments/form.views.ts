import { randomUUID } from 'node:crypto';

import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { errorSummary, field, signedOutNotice, type FormState } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import { excerpt } from '../../services/texts/markdown.ts';
import { byline, languageField, showText, type Showing } from '../../services/texts/texts.views.ts';
import { ALIGNMENTS, COMMENT_CHARACTERS } from './comments.ts';
import type { ShownComment } from './comments.reads.ts';

export interface CommentForm {
  rootId: string;
  alignments: boolean;
  form: FormState;
  /** The comment that is answered. */
  parent: string | null;
  languages: readonly string[];
}

/** The form to comment or to reply. Everything typed stands in it again after an error. */
export function commentForm({ rootId, alignments, form, parent, languages }: CommentForm, t: T): Html {
  const action = `/${t.language}/subjects/${rootId}/comments`;
  const label = parent ? t('comments:yourReply') : t('comments:yourComment');
  return html`${errorSummary(form, t)}
    <form class="section" method="post" action="${action}" novalidate>
      ${alignments && !parent ? alignmentField(form, t) : ''}${bodyField(label, form, t)}
      ${languageField(languages, form, t)}
      <input type="hidden" name="key" value="${form.values['key'] || randomUUID()}">
      ${parent ? html`<input type="hidden" name="parent" value="${parent}">` : ''}
      <p class="actions"><button type="submit" class="button">${t('comments:post')}</button></p>
    </form>`;
}

function alignmentField({ values }: FormState, t: T): Html {
  const chosen = values['alignment'] ?? 'neutral';
  const choice = (name: (typeof ALIGNMENTS)[number]) => {
    const checked = chosen === name ? html` checked` : '';
    return html`<div class="choice">
      <input type="radio" id="alignment-${name}" name="alignment" value="${name}"${checked}>
      <label for="alignment-${name}">${t(`comments:${name}`)}</label>
    </div>`;
  };
  return html`<fieldset class="field">
    <legend>${t('comments:yourAlignment')}</legend>
    <div class="choices">${ALIGNMENTS.map(choice)}</div>
  </fieldset>`;
}

function bodyField(label: string, form: FormState, t: T): Html {
  const hint = t('comments:hint', { max: COMMENT_CHARACTERS });
  return field({ name: 'body', label, hint, rows: 4, max: COMMENT_CHARACTERS }, form, t);
}

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
  timeZone: string;
}

/** A form of its own page: to reply, to change, and to show again what was refused. */
export function commentPage(page: CommentPage, title: string, form: FormState, showing: Showing): Html {
  const { id, edits, answered, back, signedOut, timeZone } = page;
  const { t } = showing;
  return html`<div class="folio">
    <div>
      <a class="back" href="${back}">${icon('back', { turn: true })}${t('site:back')}</a>
      ${signedOut ? signedOutNotice(t) : ''}
      <header class="stack">
        <h1>${title}</h1>
      </header>
      ${answered ? whatIsAnswered(answered, timeZone, showing) : ''}
      ${edits ? editForm(edits, page, form, t) : commentForm({ ...page, rootId: id, form }, t)}
    </div>
  </div>`;
}

/** Whose words they are, in the reader's language as anywhere else, with the original one action away. */
function whatIsAnswered(comment: ShownComment, timeZone: string, showing: Showing): Html {
  const { t } = showing;
  const href = `/${t.language}/comments/${comment.id}`;
  return html`<article class="section comment" data-subject="${comment.id}">
    ${byline(comment, { t, timeZone, href })} ${showText(comment.text, { ...showing, path: `${href}/reply` })}
  </article>`;
}

const quote = ({ text }: ShownComment): Html =>
  html`<blockquote class="lead" ${langAttributes(text.language)}>${excerpt(text.body)}</blockquote>`;

function editForm(id: string, { languages }: CommentPage, form: FormState, t: T): Html {
  return html`${errorSummary(form, t)}
    <form class="section" method="post" action="/${t.language}/comments/${id}/edit" novalidate>
      ${bodyField(t('comments:yourComment'), form, t)}${languageField(languages, form, t)}
      <input type="hidden" name="version" value="${form.values['version'] ?? ''}">
      <p class="actions"><button type="submit" class="button">${t('contributions:save')}</button></p>
    </form>`;
}

/** Said twice before what cannot be undone. */
export function withdrawCommentPage(comment: ShownComment, t: T): Html {
  const href = `/${t.language}/comments/${comment.id}`;
  return html`<div class="folio">
    <div class="stack">
      <h1>${t('comments:withdrawTitle')}</h1>
      ${quote(comment)}
      <p>${t('contributions:withdrawWarning')}</p>
      <form method="post" action="${href}/withdraw">
        <p class="actions">
          <button type="submit" class="button button--danger">${t('contributions:withdrawConfirm')}</button>
          <a class="button button--link" href="${href}">${t('site:cancel')}</a>
        </p>
      </form>
    </div>
  </div>`;
}
