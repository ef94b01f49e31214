import { html, type Html } from '../../platform/html.ts';
import { formatNumber, type T } from '../../platform/i18n.ts';
import { icon, type Icon } from '../../services/site/icon.ts';
import { pluralForms } from '../../services/site/plurals.ts';
import type { Doubt } from '../../services/texts/doubt.ts';
import { withQuery } from '../../services/site/addresses.ts';
import { byline, keepView, languageQuestion, showText, type Showing } from '../../services/texts/texts.views.ts';
import { ALIGNMENTS } from './comments.ts';
import type { Replies, ShownComment, Sort, Tally } from './comments.reads.ts';
import { commentForm } from './form.views.ts';

const ICONS = { for: 'plus', against: 'minus', neutral: 'equal' } as const satisfies Record<string, Icon>;

/** What the reader may do with a comment. */
export type CommentActs = Record<'reply' | 'edit' | 'withdraw' | 'hide', boolean>;

export interface CommentsPanel {
  rootId: string;
  comments: readonly ShownComment[];
  replies: Replies;
  tally: Tally;
  sort: Sort;
  page: number;
  pageSize: number;
  /** Alignments are asked for here. */
  alignments: boolean;
  closed: boolean;
  isSignedIn: boolean;
  /** By id. */
  may: ReadonlyMap<string, CommentActs>;
  timeZone: string;
  languages: readonly string[];
  /** Of the languages of their own comments, by id. */
  doubts: ReadonlyMap<string, Doubt>;
}

/** All comments of a subject with the form to add one. */
export function commentsPanel(panel: CommentsPanel, showing: Showing): Html {
  const { t } = showing;
  const total = panel.tally.for + panel.tally.against + panel.tally.neutral;
  const newest = addressOf(showing, { comments: 'newest' });
  return html`<section class="section" id="comments" aria-labelledby="comments-title">
    <div class="section-head">
      <h2 id="comments-title">${t('comments:title')}</h2>
      <span class="hint">${formatNumber(total + panel.tally.replies, t.language)}</span>
    </div>
    ${panel.alignments && total > 0 ? tally(panel.tally, total, t) : ''}
    <div
      class="live-slot"
      role="status"
      data-kind="comment"
      data-pill-href="${newest}"
      ${pluralForms('pill', 'comments:new', t)}
    ></div>
    ${total > 1 ? sorts(panel, showing) : ''} ${threads(panel, total, showing)}
    ${panel.closed ? '' : invitation(panel, showing)}
  </section>`;
}

function threads(panel: CommentsPanel, total: number, showing: Showing): Html {
  if (total === 0) return html`<p class="empty">${showing.t('comments:none')}</p>`;
  return html`<ul class="comments">
      ${panel.comments.map((comment) => thread(comment, panel, showing))}
    </ul>
    ${more(panel, total, showing)}`;
}

/** The form, or the way to it for the signed out. */
function invitation(panel: CommentsPanel, { t, path }: Showing): Html {
  if (panel.isSignedIn) return commentForm({ ...panel, form: { values: {}, errors: [] }, parent: null }, t);
  const href = `/${t.language}/sign-in?to=${encodeURIComponent(`${path}#comments`)}`;
  return html`<p class="section"><a class="button" href="${href}">${t('comments:signIn')}</a></p>`;
}

/** How the alignments are divided, as a bar and in words. */
function tally(counts: Tally, total: number, t: T): Html {
  const stances = ALIGNMENTS.map((alignment, place): Stance => ({
    alignment,
    before: ALIGNMENTS.slice(0, place).reduce((sum, each) => sum + counts[each], 0),
  }));
  const percent = (value: number) => `${((100 * value) / total).toFixed(2)}%`;
  const swatch = (fill: Html) => html`<svg class="swatch" aria-hidden="true" focusable="false">${fill}</svg>`;
  const entry = ({ alignment }: Stance) =>
    html`<li class="with-icon">
      ${swatch(html`${part(alignment, '0', '100%')}<rect class="frame" x="0" y="0" width="100%" height="12"/>`)}
      ${icon(ICONS[alignment])}${t(`comments:${alignment}`)} <b>${formatNumber(counts[alignment], t.language)}</b>
    </li>`;
  return html`<svg class="tally" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="stripe" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line class="stripe" x1="0" y1="0" x2="0" y2="5"/>
        </pattern>
      </defs>
      ${stances.map(({ alignment, before }) => part(alignment, percent(before), percent(counts[alignment])))}
      <rect class="frame" x="0" y="0" width="100%" height="12"/>
    </svg>
    <ul class="tally-key">
      ${stances.map(entry)}
    </ul>`;
}

interface Stance {
  alignment: (typeof ALIGNMENTS)[number];
  /** Of the stances before it in the bar. */
  before: number;
}

/** Full, empty, striped: told apart without colour. The same in the bar and in its legend. */
const FILLS = {
  for: html`class="on"`,
  against: html`class="off"`,
  neutral: html`fill="url(#stripe)"`,
} as const;

const part = (alignment: Stance['alignment'], from: string, width: string): Html =>
  html`<rect ${FILLS[alignment]} x="${from}" y="0" width="${width}" height="12"/>`;

function sorts({ sort }: CommentsPanel, showing: Showing): Html {
  const { t } = showing;
  const entry = (name: Sort) => {
    const current = sort === name ? html` aria-current="true"` : '';
    return html`<li><a href="${addressOf(showing, { comments: name })}"${current}>${t(`comments:${name}`)}</a></li>`;
  };
  return html`<p class="hidden">${t('comments:sort')}</p>
    <ul class="sorts">
      ${entry('newest')}${entry('oldest')}
    </ul>`;
}

/** The comments otherwise, in the view the address asks for. */
function addressOf(
  showing: Showing,
  changes: { comments: Sort; commentPage?: string; replies?: string },
  place = 'comments',
): string {
  const path = withQuery(showing.path, { comments: null, commentPage: null, replies: null });
  return `${keepView(withQuery(path, { ...changes }), showing)}#${place}`;
}

function thread(comment: ShownComment, panel: CommentsPanel, showing: Showing): Html {
  const { id } = comment;
  const replies = panel.replies.shown
    .filter((reply) => reply.parentId === id)
    .map((reply) => html`<li>${article(reply, panel, showing)}</li>`);
  const rest = (panel.replies.totals.get(id) ?? 0) - replies.length;
  const here = { comments: panel.sort, commentPage: String(panel.page), replies: id };
  const link = html`<p class="comment-acts">
    <a href="${addressOf(showing, here, `c-${id}`)}">${showing.t('comments:moreReplies', { count: rest })}</a>
  </p>`;
  return html`<li>
    ${article(comment, panel, showing)} ${replies.length > 0 ? html`<ul class="replies">${replies}</ul>` : ''}
    ${rest > 0 ? link : ''}
  </li>`;
}

function article(comment: ShownComment, panel: CommentsPanel, showing: Showing): Html {
  const { t } = showing;
  const { id, alignment } = comment;
  const label = alignment && html`<p class="alignment">${icon(ICONS[alignment])}${t(`comments:${alignment}`)}</p>`;
  const href = `/${t.language}/comments/${id}`;
  return html`<article class="comment" id="c-${id}" data-subject="${id}">
    ${label} ${byline(comment, { t, timeZone: panel.timeZone, href, report: panel.may.get(id)?.edit !== true })}
    ${showText(comment.text, { ...showing, path: `${showing.path}#c-${id}` })} ${ownLanguage(comment, panel, t)}
    ${acts(comment, panel, t)}
  </article>`;
}

/** Its author can always say in which language it is; the others read it as it is. */
function ownLanguage({ id, text }: ShownComment, { doubts, languages }: CommentsPanel, t: T): Html {
  const doubt = doubts.get(id);
  return doubt ? languageQuestion(text, { t }, languages, doubt) : html``;
}

function acts({ id }: ShownComment, { may }: CommentsPanel, t: T): Html {
  const own = may.get(id);
  if (!own) return html``;
  const link = (act: string, words: string) => html`<a href="/${t.language}/comments/${id}/${act}">${words}</a>`;
  const all = [
    own.reply ? link('reply', t('comments:reply')) : '',
    own.edit ? link('edit', t('contributions:edit')) : '',
    own.withdraw ? link('withdraw', t('contributions:withdraw')) : '',
    own.hide ? link('hide', t('moderation:hide')) : '',
  ].filter((each) => each !== '');
  return all.length > 0 ? html`<p class="comment-acts">${all}</p>` : html``;
}

function more({ page, pageSize, comments, sort }: CommentsPanel, total: number, showing: Showing): Html {
  const { t } = showing;
  const link = (to: number, words: string) => {
    const href = addressOf(showing, { comments: sort, commentPage: String(to) });
    return html`<a class="button button--quiet" href="${href}">${words}</a>`;
  };
  const before = page > 1 ? link(page - 1, t('comments:earlierPage')) : '';
  const after = page * pageSize < total && comments.length > 0 ? link(page + 1, t('comments:nextPage')) : '';
  return before || after ? html`<p class="actions">${before}${after}</p>` : html``;
}
