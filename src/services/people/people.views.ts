import { html, type Html } from '../../platform/html.ts';
import { sentence, type T } from '../../platform/i18n.ts';
import type { Person } from '../../platform/person.ts';
import { errorSummary, field, type FormState } from '../site/forms.views.ts';
import { icon } from '../site/icon.ts';
import { autonymOf } from '../site/languages.ts';
import type { Profile } from './people.ts';

/** One field, one button: no password to forget. */
export function signInPage(form: FormState, returnTo: string, t: T): Html {
  return html`<div class="folio"><div>${errorSummary(form, t)}<header class="stack"><h1>${t('people:signIn')}</h1><p class="lead">${t('people:signInLead')}</p></header>
<form class="section" method="post" action="/${t.language}/sign-in" novalidate>${field({ name: 'email', label: t('people:email'), hint: t('people:emailHint'), type: 'email', autocomplete: 'email' }, form, t)}
<input type="hidden" name="to" value="${returnTo}"><p class="section actions"><button type="submit" class="button">${t('people:sendLink')}</button></p></form></div></div>`;
}

export function checkMailPage(t: T, { demo }: { demo: boolean }): Html {
  return html`<div class="folio"><div class="stack"><h1>${t('people:checkMail')}</h1><p class="lead">${t('people:checkMailLead')}</p><p>${t('people:checkMailHint')}</p>
${demo ? html`<p class="actions"><a class="button" href="/outbox">${t('site:footer.outbox')}</a></p>` : ''}<p><a href="/${t.language}/sign-in">${t('people:otherAddress')}</a></p></div></div>`;
}

/** Programs open links in mails by themselves: only this button signs in. */
export function confirmPage(email: string, token: string, t: T): Html {
  return html`<div class="folio"><div class="stack"><h1>${t('people:confirm')}</h1><p class="lead">${sentence(t, 'people:confirmLead', { email: html`<bdi dir="ltr">${email}</bdi>` })}</p>
<form method="post" action="/${t.language}/sign-in/${token}"><p class="actions"><button type="submit" class="button">${t('people:confirmButton')}</button></p></form></div></div>`;
}

/** The first time: a name others see, and a handle that stays. */
export function welcomePage(form: FormState, t: T): Html {
  return html`<div class="folio"><div>${errorSummary(form, t)}<header class="stack"><h1>${t('people:welcome')}</h1><p class="lead">${t('people:welcomeLead')}</p></header>
<form class="section" method="post" action="/${t.language}/welcome" novalidate>${field({ name: 'name', label: t('people:name'), hint: t('people:nameHint'), autocomplete: 'name' }, form, t)}${field({ name: 'handle', label: t('people:handle'), hint: t('people:handleHint'), autocomplete: 'username' }, form, t)}
<p class="section actions"><button type="submit" class="button">${t('people:join')}</button></p></form></div></div>`;
}

interface Settings {
  person: Person;
  form: FormState;
  saved: boolean;
  interfaceLanguages: readonly string[];
  languages: readonly string[];
}

interface Choice {
  name: string;
  value: string;
  isOn: boolean;
  type: 'checkbox' | 'radio';
  words: Html | string;
}

export function mePage({ person, form, saved, interfaceLanguages, languages }: Settings, t: T): Html {
  const choice = ({ name, value, isOn, type, words }: Choice) =>
    html`<div class="choice"><input type="${type}" id="${name}-${value || 'default'}" name="${name}" value="${value}"${isOn ? html` checked` : ''}><label for="${name}-${value || 'default'}">${words}</label></div>`;
  const first = (value: Person['showsFirst'], words: string) =>
    choice({ name: 'showsFirst', value: value ?? '', isOn: person.showsFirst === value, type: 'radio', words });
  return html`<div class="folio"><div>${errorSummary(form, t)}<header class="stack"><h1>${t('site:nav.me')}</h1><p class="lead">${sentence(t, 'people:signedInAs', { name: html`<bdi>${person.name}</bdi>` })} <a href="/${t.language}/people/${person.handle}">@${person.handle}</a></p></header>
${saved ? html`<p class="notice notice--success" role="status">${icon('check')}<span>${t('people:saved')}</span></p>` : ''}
<form class="section" method="post" action="/${t.language}/me" novalidate>${field({ name: 'name', label: t('people:name'), hint: t('people:nameHint'), autocomplete: 'name' }, form, t)}
<div class="field"><label for="interfaceLanguage">${t('people:interfaceLanguage')}</label><p class="hint" id="interfaceLanguage-hint">${t('people:interfaceLanguageHint')}</p><select class="input" id="interfaceLanguage" name="interfaceLanguage" aria-describedby="interfaceLanguage-hint">${interfaceLanguages.map(
    (code) =>
      html`<option value="${code}"${code === person.interfaceLanguage ? html` selected` : ''}>${autonymText(code)}</option>`,
  )}</select></div>
<fieldset class="field"><legend>${t('people:reads')}</legend><p class="hint">${t('people:readsHint')}</p><div class="choices choices--columns">${languages.map((code) => choice({ name: 'reads', value: code, isOn: person.reads.includes(code), type: 'checkbox', words: autonymOf(code, t) }))}</div></fieldset>
<fieldset class="field"><legend>${t('people:showFirst')}</legend><div class="choices">${first('translation', t('people:translationFirst'))}${first('original', t('people:originalFirst'))}${first(null, t('people:platformDefault'))}</div></fieldset>
<fieldset class="field"><legend>${t('endorsements:title')}</legend><p class="hint">${t('people:showsSupportHint')}</p>${choice({ name: 'showsSupport', value: '1', isOn: person.showsSupport, type: 'checkbox', words: t('people:showsSupport') })}</fieldset>
<p class="section actions"><button type="submit" class="button">${t('people:save')}</button></p></form>
<section class="section" aria-labelledby="sessions"><div class="section-head"><h2 id="sessions">${t('people:sessions')}</h2></div>
<form method="post" action="/${t.language}/sign-out"><p class="actions"><button type="submit" class="button button--quiet" name="everywhere" value="">${t('people:signOut')}</button><button type="submit" class="button button--link" name="everywhere" value="1">${t('people:signOutEverywhere')}</button></p></form></section></div></div>`;
}

const autonymText = (code: string): string => new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;

/** Name, handle, and what they wrote: nothing else is kept about a person. */
export function profilePage({ name, handle }: Profile, written: Html, t: T): Html {
  return html`<div class="folio"><div><header class="stack"><h1><bdi>${name}</bdi></h1><p class="hint">@${handle}</p></header>
<section class="section" aria-labelledby="written"><div class="section-head"><h2 id="written">${t('site:nav.ideas')}</h2></div>${written}</section></div></div>`;
}
