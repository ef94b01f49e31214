import { randomUUID } from 'node:crypto';

import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { hasRole, type Person } from '../../platform/person.ts';
import { errorSummary, field, type FormState } from '../../services/site/forms.views.ts';
import { icon, type Icon } from '../../services/site/icon.ts';
import { withQuery } from '../../services/texts/preference.ts';
import type { Doubt } from '../../services/texts/doubt.ts';
import {
  byline,
  keepView,
  languageField,
  languageQuestion,
  showText,
  type Showing,
} from '../../services/texts/texts.views.ts';
import { ALIGNMENTS, COMMENT_CHARACTERS } from './comments.ts';
import type { ShownComment, Sort, Tally } from './comments.reads.ts';
import { pluralForms } from '../../services/site/plurals.ts';

const ICONS = { for: 'plus', against: 'minus', neutral: 'equal' } as const satisfies Record<string, Icon>;

export interface CommentsPanel {
  rootId: string;
  comments: readonly ShownComment[];
  replies: readonly ShownComment[];
  tally: Tally;
  sort: Sort;
  page: number;
  pageSize: number;
  /** Stances are asked for here. */
  alignments: boolean;
  closed: boolean;
  person: Person | null;
  timeZone: string;
  languages: readonly string[];
  /** Of the languages of their own comments, by id. */
  doubts: ReadonlyMap<string, Doubt>;
}

/** All comments of a subject with the form to add one. */
export function commentsPanel(panel: CommentsPanel, showing: Showing): Html {
  const { t } = showing;
  const total = panel.tally.for + panel.tally.against + panel.tally.neutral;
  return html`<section class="section" id="comments" aria-labelledby="comments-title"><div class="section-head"><h2 id="comments-title">${t('comments:title')}</h2><span class="hint">${formatNumber(total + panel.tally.replies, t.language)}</span></div>
${panel.alignments && total > 0 ? tally(panel.tally, total, t) : ''}
<div class="live-slot" role="status" data-kind="comment" data-pill-href="${addressOf(showing, { comments: 'newest' })}"${pluralForms('pill', 'comments:new', t)}></div>
${total > 1 ? sorts(panel, showing) : ''}
${total === 0 ? html`<p class="empty">${t('comments:none')}</p>` : html`<ul class="comments">${panel.comments.map((comment) => thread(comment, panel, showing))}</ul>${more(panel, total, showing)}`}
${panel.closed ? '' : panel.person ? commentForm({ ...panel, form: { values: {}, errors: [] }, parent: null }, t) : html`<p class="section"><a class="button" href="/${t.language}/sign-in?to=${encodeURIComponent(`${showing.path}#comments`)}">${t('comments:signIn')}</a></p>`}</section>`;
}

/** How the alignments are divided, as a bar and in words. */
function tally(counts: Tally, total: number, t: T): Html {
  const percent = (value: number) => `${((100 * value) / total).toFixed(2)}%`;
  return html`<svg class="tally" aria-hidden="true" focusable="false"><defs><pattern id="stripe" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="stripe" x1="0" y1="0" x2="0" y2="5"/></pattern></defs><rect class="on" x="0" y="0" width="${percent(counts.for)}" height="12"/><rect fill="url(#stripe)" x="${percent(counts.for)}" y="0" width="${percent(counts.neutral)}" height="12"/><rect class="frame" x="0" y="0" width="100%" height="12"/></svg>
<ul class="tally-key">${ALIGNMENTS.map((alignment) => html`<li class="with-icon">${icon(ICONS[alignment])}${t(`comments:${alignment}`)} <b>${formatNumber(counts[alignment], t.language)}</b></li>`)}</ul>`;
}

function sorts({ sort }: CommentsPanel, showing: Showing): Html {
  const { t } = showing;
  const entry = (name: Sort) =>
    html`<li><a href="${addressOf(showing, { comments: name })}"${sort === name ? html` aria-current="true"` : ''}>${t(`comments:${name}`)}</a></li>`;
  return html`<p class="hidden">${t('comments:sort')}</p><ul class="sorts">${entry('newest')}${entry('oldest')}</ul>`;
}

/** The comments otherwise, in the view the address asks for. */
function addressOf(showing: Showing, changes: { comments: Sort; commentPage?: string }): string {
  const path = withQuery(showing.path, { comments: null, commentPage: null });
  return `${keepView(withQuery(path, { ...changes }), showing)}#comments`;
}

function thread(comment: ShownComment, panel: CommentsPanel, showing: Showing): Html {
  const replies = panel.replies.filter((reply) => reply.parentId === comment.id);
  return html`<li>${article(comment, panel, showing)}${replies.length > 0 ? html`<ul class="replies">${replies.map((reply) => html`<li>${article(reply, panel, showing)}</li>`)}</ul>` : ''}</li>`;
}

function article(comment: ShownComment, panel: CommentsPanel, showing: Showing): Html {
  const { t } = showing;
  const alignment =
    comment.alignment &&
    html`<p class="alignment">${icon(ICONS[comment.alignment])}${t(`comments:${comment.alignment}`)}</p>`;
  const href = `/${t.language}/comments/${comment.id}`;
  return html`<article class="comment" id="c-${comment.id}" data-subject="${comment.id}">${alignment}${byline(comment, { t, timeZone: panel.timeZone, href, report: true })}
${showText(comment.text, { ...showing, path: `${showing.path}#c-${comment.id}` })}${ownLanguage(comment, panel, t)}${acts(comment, panel, t)}</article>`;
}

/** Its author can always say in which language it is; the others read it as it is. */
function ownLanguage({ id, text }: ShownComment, { doubts, languages }: CommentsPanel, t: T): Html {
  const doubt = doubts.get(id);
  return doubt ? languageQuestion(text, t, languages, doubt) : html``;
}

function acts(comment: ShownComment, { person, closed }: CommentsPanel, t: T): Html {
  if (!person || closed) return html``;
  const base = `/${t.language}/comments/${comment.id}`;
  const own =
    comment.author?.id === person.id
      ? html`<a href="${base}/edit">${t('contributions:edit')}</a><a href="${base}/withdraw">${t('contributions:withdraw')}</a>`
      : '';
  return html`<p class="comment-acts"><a href="${base}/reply">${t('comments:reply')}</a>${own}${hasRole(person, 'moderator', comment.spaceId) ? html`<a href="${base}/hide">${t('moderation:hide')}</a>` : ''}</p>`;
}

function more({ page, pageSize, comments, sort }: CommentsPanel, total: number, showing: Showing): Html {
  const { t } = showing;
  const link = (to: number, words: string) =>
    html`<a class="button button--quiet" href="${addressOf(showing, { comments: sort, commentPage: String(to) })}">${words}</a>`;
  const before = page > 1 ? link(page - 1, t('comments:earlierPage')) : '';
  const after = page * pageSize < total && comments.length > 0 ? link(page + 1, t('comments:nextPage')) : '';
  return before || after ? html`<p class="actions">${before}${after}</p>` : html``;
}

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
  const choice = (alignment: (typeof ALIGNMENTS)[number]) =>
    html`<div class="choice"><input type="radio" id="alignment-${alignment}" name="alignment" value="${alignment}"${(form.values['alignment'] ?? 'neutral') === alignment ? html` checked` : ''}><label for="alignment-${alignment}">${t(`comments:${alignment}`)}</label></div>`;
  return html`${errorSummary(form, t)}<form class="section" method="post" action="/${t.language}/subjects/${rootId}/comments" novalidate>
${alignments && !parent ? html`<fieldset class="field"><legend>${t('comments:yourAlignment')}</legend><div class="choices">${ALIGNMENTS.map(choice)}</div></fieldset>` : ''}
${field({ name: 'body', label: parent ? t('comments:yourReply') : t('comments:yourComment'), hint: t('comments:hint', { max: COMMENT_CHARACTERS }), rows: 4, max: COMMENT_CHARACTERS }, form, t)}
${languageField(languages, form, t)}
<input type="hidden" name="key" value="${form.values['key'] || randomUUID()}">${parent ? html`<input type="hidden" name="parent" value="${parent}">` : ''}
<p class="actions"><button type="submit" class="button">${t('comments:post')}</button></p></form>`;
}
