import type { ShownEvent } from '../../kinds/events/events.reads.ts';
import { MESSAGE_CHARACTERS } from '../../kinds/events/events.ts';
import { html, type Html } from '../../platform/html.ts';
import { formatDate, formatNumber, type T } from '../../platform/i18n.ts';
import { errorSummary, field, type FormState } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import type { ShownText } from '../../services/texts/texts.reads.ts';
import { chosenWords } from '../../services/texts/texts.views.ts';

interface MessagePage {
  event: ShownEvent;
  form: FormState;
  /** How many get it; asked before it goes out. */
  confirming: number | null;
  sent: boolean;
  messages: readonly { at: Date; text: ShownText }[];
}

/** Write to those who registered, after a question, and what was written to them before. */
export function messagePage({ event, form, confirming, sent, messages }: MessagePage, t: T): Html {
  const back = `/${t.language}/organize/events/${event.id}/people`;
  const { title, language } = chosenWords(event.text, 'original');
  const said = html`<p class="notice notice--success" role="status">${icon('check')}<span>${t('organize:messageSent')}</span></p>`;
  return html`<div class="folio">
    <div>
      <a class="back" href="${back}">${icon('back', { turn: true })}${t('organize:people')}</a>
      ${errorSummary(form, t)}
      <header class="stack">
        <h1>${t('organize:message')}</h1>
        <p class="lead"><bdi ${langAttributes(language)}>${title}</bdi></p>
      </header>
      ${sent ? said : ''}
      <form class="section" method="post" action="/${t.language}/organize/events/${event.id}/message" novalidate>
        ${confirming === null ? writing(form, t) : question(form, confirming, back, t)}
      </form>
      ${messages.length > 0 ? history(messages, event.timeZone, t) : ''}
    </div>
  </div>`;
}

function writing(form: FormState, t: T): Html {
  const hint = t('organize:messageHint', { max: MESSAGE_CHARACTERS });
  return html`${field({ name: 'message', label: t('organize:messageField'), hint, rows: 8, max: MESSAGE_CHARACTERS }, form, t)}
    <p class="section actions"><button type="submit" class="button">${t('organize:messageNext')}</button></p>`;
}

function question({ values }: FormState, count: number, back: string, t: T): Html {
  const message = values['message'] ?? '';
  return html`<h2>${t('organize:messageAsk', { count, number: formatNumber(count, t.language) })}</h2>
    <blockquote class="section source" dir="auto">${message}</blockquote>
    <input type="hidden" name="message" value="${message}">
    <p class="section actions">
      <button type="submit" class="button" name="action" value="send">${t('organize:messageSend')}</button>
      <button type="submit" class="button button--quiet" name="action" value="change">${t('organize:messageChange')}</button>
      <a class="button button--link" href="${back}">${t('site:cancel')}</a>
    </p>`;
}

function history(messages: MessagePage['messages'], timeZone: string, t: T): Html {
  return html`<section class="section">
    <div class="section-head"><h2>${t('organize:messages')}</h2></div>
    ${messages.map(
      ({ at, text }) =>
        html`<article class="desk-row">
          <p class="hint"><time datetime="${at.toISOString()}">${formatDate(at, t.language, timeZone, { time: true })}</time></p>
          <p class="source" ${langAttributes(text.language)}>${text.body}</p>
        </article> `,
    )}
  </section>`;
}
