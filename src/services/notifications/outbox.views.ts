import { html, type Html } from '../../platform/html.ts';
import { formatDate, type T } from '../../platform/i18n.ts';

interface KeptMail {
  to: string;
  subject: string;
  language: string;
  dir: 'ltr' | 'rtl';
  paragraphs: readonly string[];
  button?: { words: string; url: string };
  at: Date;
}

/** Every mail that was written, newest first, each in its own language. */
export function outboxPage(mails: readonly KeptMail[], timeZone: string, t: T): Html {
  const empty = html`<p class="section empty">${t('site:outbox.empty')}</p>`;
  return html`<div class="folio">
    <div>
      <header class="stack">
        <h1>${t('site:outbox.title')}</h1>
        <p class="lead">${t('site:outbox.lead')}</p>
      </header>
      ${mails.length > 0 ? mails.map((mail) => letter(mail, timeZone, t)) : empty}
    </div>
  </div>`;
}

function letter({ to, subject, language, dir, paragraphs, button, at }: KeptMail, timeZone: string, t: T): Html {
  const moment = formatDate(at, t.language, timeZone, { time: true });
  return html`<section class="section">
    <div class="section-head">
      <h2 lang="${language}" dir="${dir}">${subject}</h2>
    </div>
    <ul class="meta">
      <li><bdi>${to}</bdi></li>
      <li><time datetime="${at.toISOString()}">${moment}</time></li>
    </ul>
    <div class="prose" lang="${language}" dir="${dir}">
      ${paragraphs.map((words) => html`<p>${words}</p>`)}
      ${button ? html`<p><a class="button" href="${button.url}">${button.words}</a></p>` : ''}
    </div>
  </section>`;
}
