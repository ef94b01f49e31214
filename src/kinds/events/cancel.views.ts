import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { REASON_CHARACTERS } from '../../services/moderation/moderation.ts';
import { errorSummary, field, signedOutNotice, type FormState } from '../../services/site/forms.views.ts';
import { langAttributes } from '../../services/site/languages.ts';
import { showName, type Title } from '../../services/texts/texts.views.ts';

interface CancelPage {
  title: Title;
  id: string;
  signedOut: boolean;
}

/** Said twice before what cannot be undone. */
export function cancelPage({ title, id, signedOut }: CancelPage, form: FormState, t: T): Html {
  const back = `/${t.language}/events/${id}`;
  const hint = t('events:cancelReasonHint', { max: REASON_CHARACTERS });
  const about = { name: 'reason', label: t('events:cancelReason'), hint, rows: 5, max: REASON_CHARACTERS };
  return html`<div class="folio">
    <div>
      ${errorSummary(form, t)}${signedOut ? signedOutNotice(t) : ''}
      <header class="stack">
        <h1>${t('events:cancelTitle')}</h1>
        <p class="lead"><bdi ${langAttributes(title.language)}>${showName(title, t)}</bdi></p>
        <p>${t('events:cancelLead')}</p>
      </header>
      <form class="section" method="post" action="${back}/cancel" novalidate>
        ${field(about, form, t)}
        <p class="section actions">
          <button type="submit" class="button button--danger">${t('events:cancelConfirm')}</button>
          <a class="button button--link" href="${back}">${t('site:back')}</a>
        </p>
      </form>
    </div>
  </div>`;
}
