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

/** Without the address where it was not typed but looked up. */
export function checkMailPage(
  { email, returnTo }: { email: string | null; returnTo: string },
  t: T,
  { demo }: { demo: boolean },
): Html {
  const outbox = html`<p class="actions"><a class="button" href="/outbox">${t('site:footer.outbox')}</a></p>`;
  const lead = email
    ? sentence(t, 'people:checkMailAt', { email: html`<bdi dir="ltr">${email}</bdi>` })
    : t('people:checkMailLead');
  const change = `/${t.language}/sign-in?to=${encodeURIComponent(returnTo)}`;
  return html`<div class="folio">
    <div class="stack">
      <h1>${t('people:checkMail')}</h1>
      <p class="lead">${lead}</p>
      <p>${t('people:checkMailHint')}</p>
      ${demo ? outbox : ''}
      <p><a href="${change}">${t('people:otherAddress')}</a></p>
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

/** `token` null: the link is forgotten, and with it whose it was. */
export function usedUpPage(token: string | null, t: T): Html {
  const again = html`<form method="post" action="/${t.language}/sign-in">
    <input type="hidden" name="again" value="${token}">
    <p class="actions">
      <button type="submit" class="button">${t('people:sendAgain')}</button>
    </p>
  </form>`;
  const anew = html`<p class="actions"><a class="button" href="/${t.language}/sign-in">${t('people:sendAgain')}</a></p>`;
  return html`<div class="folio">
    <div class="stack error-page">
      <h1>${t('errors:linkExpired')}</h1>
      <p class="lead">${t('people:usedUpLead')}</p>
      ${token === null ? anew : again}
    </div>
  </div>`;
}
