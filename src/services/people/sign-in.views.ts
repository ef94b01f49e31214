import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import { errorSummary, field, type FormState } from '../site/forms.views.ts';

/** One field, one button: no password to forget. */
export function signInPage(form: FormState, returnTo: string, t: T): Html {
  const email = field(
    { name: 'email', label: t('people:email'), hint: t('people:emailHint'), type: 'email', autocomplete: 'email' },
    form,
    t,
  );
  return html`<div class="folio">
    <div>
      ${errorSummary(form, t)}
      <header class="stack">
        <h1>${t('people:signIn')}</h1>
        <p class="lead">${t('people:signInLead')}</p>
      </header>
      <form class="section" method="post" action="/${t.language}/sign-in" novalidate>
        ${email}
        <input type="hidden" name="to" value="${returnTo}">
        <p class="section actions">
          <button type="submit" class="button">${t('people:sendLink')}</button>
        </p>
      </form>
    </div>
  </div>`;
}

export function checkMailPage(t: T, { demo }: { demo: boolean }): Html {
  const outbox = html`<p class="actions"><a class="button" href="/outbox">${t('site:footer.outbox')}</a></p>`;
  return html`<div class="folio">
    <div class="stack">
      <h1>${t('people:checkMail')}</h1>
      <p class="lead">${t('people:checkMailLead')}</p>
      <p>${t('people:checkMailHint')}</p>
      ${demo ? outbox : ''}
      <p><a href="/${t.language}/sign-in">${t('people:otherAddress')}</a></p>
    </div>
  </div>`;
}

/** Programs open links in mails by themselves: only this button signs in. */
export function confirmPage(email: string, token: string, t: T): Html {
  const lead = sentence(t, 'people:confirmLead', { email: html`<bdi dir="ltr">${email}</bdi>` });
  return html`<div class="folio">
    <div class="stack">
      <h1>${t('people:confirm')}</h1>
      <p class="lead">${lead}</p>
      <form method="post" action="/${t.language}/sign-in/${token}">
        <p class="actions">
          <button type="submit" class="button">${t('people:confirmButton')}</button>
        </p>
      </form>
    </div>
  </div>`;
}
