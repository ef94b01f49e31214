import { html, type Html } from '../../platform/html.ts';
import { formatDate, type T } from '../../platform/i18n.ts';
import { errorSummary, field, signedOutNotice, type FormState } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import type { Kind } from '../house/kinds.ts';
import { byline, showParallel, showText, type Showing } from '../texts/texts.views.ts';
import type { ShownDecision } from './decisions.reads.ts';
import type { Judged } from './judged.reads.ts';
import { showAnswered } from './judged.views.ts';
import { REASON_CHARACTERS } from './moderation.ts';

interface ReasonPage {
  /** Null for a person who was signed out meanwhile. */
  judged: Judged | null;
  kinds: readonly Kind[];
  timeZone: string;
  /** Where the form goes. */
  action: string;
  /** Where the person came from, and comes back to. */
  back: string;
  signedOut: boolean;
}

/** Asks for the reason before anything is hidden or restored, beside what is judged. */
export function reasonPage(
  type: 'hidden' | 'restored',
  { judged, kinds, timeZone, action, back, signedOut }: ReasonPage,
  form: FormState,
  t: T,
): Html {
  const hint = t('moderation:reasonHint', { max: REASON_CHARACTERS });
  const reason = { name: 'reason', label: t('moderation:reason'), hint, rows: 5, max: REASON_CHARACTERS };
  const button =
    type === 'hidden'
      ? html`<button type="submit" class="button button--danger">${t('moderation:hide')}</button>`
      : html`<button type="submit" class="button">${t('moderation:restore')}</button>`;
  return html`<div class="folio">
    <div>
      ${errorSummary(form, t)}
      ${signedOut ? signedOutNotice(t) : ''}
      <header class="stack">
        <h1>${type === 'hidden' ? t('moderation:hideTitle') : t('moderation:restoreTitle')}</h1>
      </header>
      ${judged ? showJudged(judged, { kinds, timeZone, back }, t) : ''}
      <form class="section" method="post" action="${action}" novalidate>
        ${field(reason, form, t)}
        <input type="hidden" name="to" value="${back}">
        <p class="section actions">
          ${button}
          <a class="button button--link" href="${back}">${t('site:cancel')}</a>
        </p>
      </form>
    </div>
  </div>`;
}

function showJudged(
  judged: Judged,
  { kinds, timeZone, back }: Pick<ReasonPage, 'kinds' | 'timeZone' | 'back'>,
  t: T,
): Html {
  const noun = kinds.find(({ kind }) => kind === judged.kind)?.noun;
  return html`<section class="section stack" aria-labelledby="judged">
    <h2 id="judged">${noun ? t(noun) : ''}</h2>
    ${byline(judged, { t, timeZone })}
    ${showAnswered(judged.answered, kinds, t)}
    ${showParallel(judged.text, { t, view: 'translation', path: back, readOnly: true })}
  </section>`;
}

interface Decided {
  state: 'open' | 'hidden' | 'withdrawn';
  decisions: readonly ShownDecision[];
  timeZone: string;
}

/** What was decided about a subject, and why; nothing where nothing was. */
export function decisionsNotice({ state, decisions, timeZone }: Decided, showing: Showing): Html {
  const { t } = showing;
  if (state === 'open' && decisions.length === 0) return html``;
  const words =
    state === 'open'
      ? ''
      : html`<p><strong>${state === 'hidden' ? t('moderation:isHidden') : t('ideas:isWithdrawn')}</strong></p>`;
  return html`<div class="notice notice--warning">
    ${icon('hide')}
    <div class="stack">
      ${words}
      ${decisions.map((decision) => showDecision(decision, showing, timeZone))}
    </div>
  </div>`;
}

/** The reason in the reader's language, with the original one action away, like any other text. */
export function showDecision(decision: ShownDecision, showing: Showing, timeZone: string): Html {
  const { t } = showing;
  return html`<section data-subject="${decision.id}">
    <p class="decision-title">${titleOf(decision, t, timeZone)}</p>
    ${showText(decision.text, { ...showing, readOnly: true })}
  </section>`;
}

function titleOf({ type, at }: ShownDecision, t: T, timeZone: string): string {
  const date = formatDate(at, t.language, timeZone);
  if (type === 'cancelled') return t('moderation:cancelledOn', { date });
  return type === 'hidden' ? t('moderation:hiddenOn', { date }) : t('moderation:restoredOn', { date });
}
