import { randomUUID } from 'node:crypto';

import { autonym } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { choice, errorSummary, field, signedOutNotice, type FormState } from '../../services/site/forms.views.ts';
import { icon } from '../../services/site/icon.ts';
import { langAttributes } from '../../services/site/languages.ts';
import type { NamedSpace } from '../../services/house/spaces.ts';
import { languageField } from '../../services/texts/texts.views.ts';
import { REASON_CHARACTERS } from '../../services/moderation/moderation.ts';
import { ADDRESS_CHARACTERS, BODY_CHARACTERS, MODES, TITLE_CHARACTERS } from './event.input.ts';
import { COUNTRIES, countryName, TIME_ZONES } from './places.ts';

interface EventForm {
  /** Themes in which the person may announce; none to choose from when an event is changed. */
  spaces: readonly NamedSpace[];
  /** Null for a new event. */
  id: string | null;
  languages: readonly string[];
  form: FormState;
  /** The session ended while the person wrote: they sign in beside, and post again. */
  signedOut: boolean;
}

/** Announce an event, or change one. Everything typed stands in it again after an error. */
export function eventForm({ spaces, id, languages, form, signedOut }: EventForm, t: T): Html {
  const back = id ? `/${t.language}/events/${id}` : `/${t.language}/events`;
  const action = id ? `${back}/edit` : `${back}/new`;
  return html`<div class="folio"><div>
<a class="back" href="${back}">${icon('back', { turn: true })}${t('site:back')}</a>
${errorSummary(form, t)}${signedOut ? signedOutNotice(t) : ''}<h1>${id ? t('events:editTitle') : t('events:newTitle')}</h1><p class="lead intro">${t('events:newLead')}</p>
<form class="section" method="post" action="${action}" novalidate>
${id ? '' : choice({ name: 'space', label: t('events:chooseTheme'), options: spaces.map(({ slug, title, language }) => ({ value: slug, words: title, lang: language })) }, form, t)}
${field({ name: 'title', label: t('events:name'), hint: t('events:nameOfHint', { max: TITLE_CHARACTERS }), max: TITLE_CHARACTERS }, form, t)}
${field({ name: 'body', label: t('events:body'), hint: t('events:bodyHint', { max: BODY_CHARACTERS }), rows: 8, max: BODY_CHARACTERS }, form, t)}
${times(form, t)}${place(form, t)}${spokenLanguages(languages, form, t)}
${field({ name: 'capacity', label: t('events:capacity'), hint: t('events:capacityHint'), type: 'number' }, form, t)}
${languageField(languages, form, t)}
<input type="hidden" name="key" value="${form.values['key'] ?? randomUUID()}"><input type="hidden" name="version" value="${form.values['version'] ?? ''}">
<p class="section actions"><button type="submit" class="button">${id ? t('events:save') : t('events:post')}</button><a class="button button--link" href="${back}">${t('site:cancel')}</a></p></form></div>
<aside class="side" aria-label="${t('events:aboutTimes')}"><section><h2>${t('events:aboutTimes')}</h2><p>${t('events:aboutTimesBody')}</p></section><section><h2>${t('contributions:formatting')}</h2><p>${t('contributions:formattingBody')}</p></section></aside></div>`;
}

function times(form: FormState, t: T): Html {
  const zone = form.values['timeZone'] ?? '';
  const zones = zone && !TIME_ZONES.includes(zone) ? [zone, ...TIME_ZONES] : TIME_ZONES;
  const options = zones.map((value) => ({ value, words: value.replaceAll('_', ' ') }));
  return html`${field({ name: 'startsAt', label: t('events:startsAt'), type: 'datetime-local' }, form, t)}${fold('startsFold', 'startsAt', form, t)}
${field({ name: 'endsAt', label: t('events:endsAt'), type: 'datetime-local' }, form, t)}${fold('endsFold', 'endsAt', form, t)}
${choice({ name: 'timeZone', label: t('events:timeZone'), hint: t('events:timeZoneHint'), options }, form, t)}`;
}

/** Asked only on the night when the clock shows a time twice. */
function fold(name: string, time: string, form: FormState, t: T): Html {
  const isAsked = form.errors.some((error) => error.field === time && error.key === 'errors:timeTwice');
  if (!isAsked && !form.values[name]) return html``;
  const options = (['first', 'second'] as const).map((value) => ({ value, words: t(`events:fold.${value}`) }));
  return choice({ name, label: t('events:whichTime'), options: [{ value: '', words: '–' }, ...options] }, form, t);
}

function place(form: FormState, t: T): Html {
  const modes = MODES.map((value) => ({ value, words: t(`events:mode.${value}`) }));
  const countries = COUNTRIES.map((value) => ({ value, words: countryName(value, t.language) })).toSorted((a, b) =>
    a.words.localeCompare(b.words, t.language),
  );
  return html`${choice({ name: 'mode', label: t('events:mode'), options: modes }, form, t)}
${field({ name: 'address', label: t('events:address'), hint: t('events:addressHint'), max: ADDRESS_CHARACTERS }, form, t)}
${choice({ name: 'country', label: t('events:country'), options: [{ value: '', words: '–' }, ...countries] }, form, t)}
${field({ name: 'url', label: t('events:url'), hint: t('events:urlHint'), type: 'url' }, form, t)}`;
}

/** A box for each language: `spoken-it`. */
function spokenLanguages(languages: readonly string[], { values }: FormState, t: T): Html {
  return html`<fieldset class="field spoken"><legend>${t('events:spokenLegend')}</legend><ul class="plain">${languages.map(
    (code) =>
      html`<li><label class="check"><input type="checkbox" name="spoken-${code}" value="1"${values[`spoken-${code}`] ? html` checked` : ''}> <span ${langAttributes(code)}>${autonym(code)}</span></label></li>`,
  )}</ul></fieldset>`;
}

/** Said twice before what cannot be undone. */
export function cancelPage(
  { title, id, signedOut }: { title: string; id: string; signedOut: boolean },
  form: FormState,
  t: T,
): Html {
  const back = `/${t.language}/events/${id}`;
  return html`<div class="folio"><div>${errorSummary(form, t)}${signedOut ? signedOutNotice(t) : ''}<header class="stack"><h1>${t('events:cancelTitle')}</h1><p class="lead"><bdi>${title}</bdi></p><p>${t('events:cancelLead')}</p></header>
<form class="section" method="post" action="${back}/cancel" novalidate>${field({ name: 'reason', label: t('events:cancelReason'), hint: t('events:cancelReasonHint', { max: REASON_CHARACTERS }), rows: 5, max: REASON_CHARACTERS }, form, t)}
<p class="section actions"><button type="submit" class="button button--danger">${t('events:cancelConfirm')}</button><a class="button button--link" href="${back}">${t('site:back')}</a></p></form></div></div>`;
}
