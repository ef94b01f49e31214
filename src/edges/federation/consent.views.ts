import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';

/** The question, with what follows from each answer. The one that was given is pressed. */
export function consentPage({ now, to }: { now: boolean | null; to: string }, t: T): Html {
  const answer = (value: boolean, words: string) =>
    html`<button type="submit" class="button${value ? '' : ' button--quiet'}" name="federated" value="${value ? '1' : '0'}"${
      now === value ? html` aria-pressed="true"` : ''
    }>${words}</button>`;
  return html`<div class="folio">
    <div class="stack">
      <h1>${t('federation:consentTitle')}</h1>
      <p class="lead">${t('federation:consentLead')}</p>
      <div class="prose"><ul>
        <li>${t('federation:consentGoes')}</li>
        <li>${t('federation:consentStays')}</li>
        <li>${t('federation:consentBack')}</li>
      </ul></div>
      <form method="post" action="/${t.language}/abroad">
        <input type="hidden" name="to" value="${to}">
        <p class="actions">
          ${answer(true, t('federation:consentYes'))}
          ${answer(false, t('federation:consentNo'))}
        </p>
      </form>
    </div>
  </div>`;
}

export function consentSection(isAbroad: boolean, t: T): Html {
  return html`<section class="section">
    <div class="section-head"><h2>${t('federation:mineTitle')}</h2></div>
    <p>${isAbroad ? t('federation:mineYes') : t('federation:mineNo')}
      <a href="/${t.language}/abroad">${t('federation:mineChange')}</a></p>
  </section>`;
}
