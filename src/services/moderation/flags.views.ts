import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { errorSummary, errorText, field, signedOutNotice, type FormState } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { langAttributes } from '../site/languages.ts';
import { excerpt } from '../texts/markdown.ts';
import type { ShownText } from '../texts/texts.reads.ts';
import { chosenWords, showCardLine, showName } from '../texts/texts.views.ts';
import { NOTE_CHARACTERS, REASONS, type Reason } from './flags.ts';

export interface FlaggedText {
  text: ShownText;
  /** Where it is read. */
  back: string;
  /** The person has flagged it before. */
  isFlagged: boolean;
}

/** Asks what is wrong with a text. `flagged` is null for a person who was signed out meanwhile. */
export function flagPage(flagged: FlaggedText | null, action: string, form: FormState, t: T): Html {
  const hasTranslation = !flagged || flagged.text.translation?.state === 'ready';
  const asked = REASONS.filter((reason) => reason !== 'wrong-translation' || hasTranslation);
  const before = html`<p class="section notice">${icon('info')}<span>${t('moderation:flaggedBefore')}</span></p>`;
  return html`<div class="folio">
    <div>
      ${errorSummary(form, t)}
      ${flagged ? '' : signedOutNotice(t)}
      <header class="stack">
        <h1>${t('moderation:flagTitle')}</h1>
        ${flagged ? quote(flagged, t) : ''}
        <p>${t('moderation:flagLead')}</p>
      </header>
      ${flagged?.isFlagged ? before : ''}
      <form class="section" method="post" action="${action}" novalidate>
        ${reasons(asked, form, t)}
        ${note(form, t)}
        <p class="section actions">
          <button type="submit" class="button">${t('moderation:sendFlag')}</button>
          ${flagged ? html`<a class="button button--link" href="${flagged.back}">${t('site:cancel')}</a>` : ''}
        </p>
      </form>
    </div>
  </div>`;
}

/** What is flagged, as the reader met it: in translation where there is one, and labelled. */
function quote({ text, back }: FlaggedText, t: T): Html {
  const words = chosenWords(text, 'translation');
  return html`<blockquote class="quote" ${langAttributes(words.language)}>
      ${words.title ? html`<p><b>${showName(words, t, { isBrief: true })}</b></p>` : ''}
      <p>${excerpt(words.body)}</p>
    </blockquote>
    ${showCardLine(text, { t, view: 'translation', path: back }, back)}`;
}

/** The first one carries the name of the field, so that the summary of errors leads to it. */
function reasons(asked: readonly Reason[], { values, errors }: FormState, t: T): Html {
  const error = errors.find(({ field: name }) => name === 'reason');
  const choices = asked.map((reason, place) => {
    const id = place === 0 ? 'reason' : `reason-${reason}`;
    const isOn = values['reason'] === reason ? html` checked` : '';
    return html`<div class="choice">
      <input type="radio" id="${id}" name="reason" value="${reason}"${isOn}>
      <label for="${id}">${t(`moderation:reason.${reason}`)}</label>
    </div>`;
  });
  const attributes = error ? html`class="field field--error" aria-describedby="reason-error"` : html`class="field"`;
  return html`<fieldset ${attributes}>
    <legend>${t('moderation:whatIsWrong')}</legend>
    ${error ? errorText(error, t) : ''}
    <div>${choices}</div>
  </fieldset>`;
}

function note(form: FormState, t: T): Html {
  const hint = t('moderation:noteHint', { max: NOTE_CHARACTERS });
  return field({ name: 'note', label: t('moderation:note'), hint, rows: 3, max: NOTE_CHARACTERS }, form, t);
}

/** After it was sent. */
export function thanksPage({ back }: FlaggedText, t: T): Html {
  return html`<div class="folio">
    <div class="stack">
      <h1>${t('moderation:thanks')}</h1>
      <p class="lead">${t('moderation:thanksLead')}</p>
      <p class="actions"><a class="button" href="${back}">${t('moderation:backToText')}</a></p>
    </div>
  </div>`;
}
