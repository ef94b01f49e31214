import { autonym } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { choice, field, type FormState } from '../../services/site/forms.views.ts';
import { isTimeZone } from '../../platform/clocks.ts';
import { langAttributes } from '../../services/site/languages.ts';
import { ADDRESS_CHARACTERS, LINK_FOR, MODES } from './event.input.ts';
import { countriesIn, TIME_ZONES, zoneName } from '../../services/site/places.ts';

/** A box for each language: `spoken-it`. */
export const SPOKEN = 'spoken-';

/** What is asked of an event beside its words. */
export function detailFields(form: FormState, t: T, languages: readonly string[]): Html {
  const seats = {
    name: 'capacity',
    label: t('events:capacity'),
    hint: t('events:capacityHint'),
    type: 'number',
  } as const;
  return html`${times(form, t)}${place(form, t)}${spokenLanguages(languages, form, t)}${field(seats, form, t)}`;
}

function times(form: FormState, t: T): Html {
  const zone = form.values['timeZone'] ?? '';
  const zones = isTimeZone(zone) && !TIME_ZONES.includes(zone) ? [zone, ...TIME_ZONES] : TIME_ZONES;
  const named = zones.map((value) => ({ value, words: zoneName(value, t.language) }));
  const options = named.toSorted((a, b) => a.words.localeCompare(b.words, t.language));
  const about = { name: 'timeZone', label: t('events:timeZone'), hint: t('events:timeZoneHint') };
  // A new one begins on the clocks of who writes it, where script knows them.
  const clock = { ...about, options, ...(isNew(form) ? { data: html` data-own-zone` } : {}) };
  const type = form.values['allDay'] ? 'date' : 'datetime-local';
  const time = (name: 'startsAt' | 'endsAt') => field({ name, label: t(`events:${name}`), type }, timed(form, name), t);
  return html`${allDay(form, t)}${time('startsAt')}${fold('startsFold', 'startsAt', form, t)}
  ${time('endsAt')}${fold('endsFold', 'endsAt', form, t)} ${choice(clock, form, t)}`;
}

/** Of whole days the time does not count, and without script it is asked for all the same. */
function allDay({ values }: FormState, t: T): Html {
  const checked = values['allDay'] ? html` checked` : '';
  return html`<div class="field">
    <label class="check"
      ><input type="checkbox" id="allDay" name="allDay" value="1"${checked} data-all-day aria-describedby="allDay-hint">
      <span>${t('events:allDay')}</span></label
    >
    <p class="hint" id="allDay-hint">${t('events:allDayHint')}</p>
  </div>`;
}

/** The same form with a value as the field takes it: a day alone, or a day with a time. */
function timed(form: FormState, name: string): FormState {
  const value = form.values[name] ?? '';
  const day = value.slice(0, 'yyyy-mm-dd'.length);
  const isDay = value === day && day !== '';
  const fitting = form.values['allDay'] ? day : isDay ? `${day}T00:00` : value;
  return { ...form, values: { ...form.values, [name]: fitting } };
}

/** Nobody has typed anything yet. */
const isNew = ({ values, errors }: FormState): boolean => errors.length === 0 && values['title'] === undefined;

/** Asked only on the night when the clock shows a time twice. */
function fold(name: string, time: string, form: FormState, t: T): Html {
  const isAsked = form.errors.some((error) => error.field === time && error.key === 'errors:timeTwice');
  if (!isAsked && !form.values[name]) return html``;
  const options = (['first', 'second'] as const).map((value) => ({ value, words: t(`events:fold.${value}`) }));
  return choice({ name, label: t('events:whichTime'), options: [{ value: '', words: '–' }, ...options] }, form, t);
}

function place(form: FormState, t: T): Html {
  const modes = MODES.map((value) => ({ value, words: t(`events:mode.${value}`) }));
  const countries = [{ value: '', words: '–' }, ...countriesIn(t.language)];
  const address = {
    name: 'address',
    label: t('events:address'),
    hint: t('events:addressHint'),
    max: ADDRESS_CHARACTERS,
  };
  const online = { name: 'onlineUrl', label: t('events:url'), hint: t('events:urlHint'), type: 'url' } as const;
  const viewers = {
    name: 'onlineUrlFor',
    label: t('events:onlineUrlFor'),
    options: LINK_FOR.map((value) => ({ value, words: t(`events:onlineUrlFor.${value}`) })),
  };
  return html`${choice({ name: 'mode', label: t('events:mode'), options: modes }, form, t)} ${field(address, form, t)}
  ${choice({ name: 'country', label: t('events:country'), options: countries }, form, t)} ${field(online, form, t)}
  ${choice(viewers, form, t)}`;
}

function spokenLanguages(languages: readonly string[], { values }: FormState, t: T): Html {
  const box = (code: string) => {
    const name = SPOKEN + code;
    const checked = values[name] ? html` checked` : '';
    return html`<li>
      <label class="check"
        ><input type="checkbox" name="${name}" value="1"${checked}> <span ${langAttributes(code)}>${autonym(code)}</span></label
      >
    </li> `;
  };
  return html`<fieldset class="field spoken">
    <legend>${t('events:spokenLegend')}</legend>
    <ul class="plain">
      ${languages.map(box)}
    </ul>
  </fieldset>`;
}
