// @ts-check
import { tag } from './formats.js';
// A new event begins on the clocks of who writes it.

/** @type {HTMLSelectElement | null} */
const choice = document.querySelector('select[data-own-zone]');
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
// What was chosen meanwhile, or comes back from a draft, stays.
const isUntouched = choice?.selectedOptions[0]?.defaultSelected;
if (choice && zone && isUntouched) choose(choice);

/** @param {HTMLSelectElement} list */
function choose(list) {
  const known = [...list.options].find(({ value }) => value === zone);
  const option = known ?? new Option(nameOf(zone), zone);
  if (!known) list.prepend(option);
  option.defaultSelected = true;
  option.selected = true;
}

/** A zone that is not in the list, as it says it. @param {string} name */
function nameOf(name) {
  const city = name.slice(name.lastIndexOf('/') + 1).replaceAll('_', ' ');
  const format = new Intl.DateTimeFormat(tag, {
    timeZone: name,
    timeZoneName: 'longGeneric',
  });
  const clock = format.formatToParts().find(({ type }) => type === 'timeZoneName')?.value;
  return clock ? `${city} – ${clock}` : city;
}
