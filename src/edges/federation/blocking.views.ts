import { html, type Html } from '../../platform/html.ts';
import { formatNumber, sentence, type T } from '../../platform/i18n.ts';
import { errorSummary, field, type FormState } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import type { Losses } from './admin.reads.ts';
import { machineName } from './names.views.ts';

/** For a server that is on no list: leads to the question. */
export function blockForm(form: FormState, t: T): Html {
  const host = { name: 'host', label: t('federation:adminHost'), hint: t('federation:adminHostHint') };
  return html`<form class="server-form" method="get" action="/${t.language}/admin/federation/block">
    ${field(host, form, t)}
    <p class="actions"><button type="submit" class="button">${t('federation:adminGoOn')}</button></p>
  </form>`;
}

/** The field alone. */
export function blockFormPage(form: FormState, t: T): Html {
  return html`<div class="folio"><div>
    ${errorSummary(form, t)}
    <header class="stack">
      ${backLink(t)}
      <h1>${t('federation:adminBlockOther')}</h1>
    </header>
    <section class="section">${blockForm(form, t)}</section>
  </div></div>`;
}

/** Asks before a server is blocked. */
export function blockPage({ host, losses }: { host: string; losses: Losses }, t: T): Html {
  const name = machineName(host);
  const { followers, waiting } = losses;
  return html`<div class="folio"><div class="stack">
    ${backLink(t)}
    <h1>${sentence(t, 'federation:adminBlockQuestion', { host: name })}</h1>
    <ul>
      <li>${sentence(t, 'federation:adminBlockTakes', { host: name })}</li>
      <li>${t('federation:adminBlockDrops', { number: formatNumber(followers, t.language) })}</li>
      <li>${t('federation:adminBlockDeletes', { number: formatNumber(waiting, t.language) })}</li>
      <li>${t('federation:adminBlockKeeps')}</li>
    </ul>
    <form method="post" action="/${t.language}/admin/federation/block">
      <input type="hidden" name="host" value="${host}">
      <p class="actions">
        <button type="submit" class="button button--danger">${t('federation:adminBlock')}</button>
        <a class="button button--link" href="/${t.language}/admin/federation">${t('site:cancel')}</a>
      </p>
    </form>
  </div></div>`;
}

const backLink = (t: T): Html =>
  html`<a class="back" href="/${t.language}/admin/federation">${icon('back', { turn: true })}${t('federation:adminTitle')}</a>`;
