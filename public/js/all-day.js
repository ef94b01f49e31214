// @ts-check
// Whole days need no times: the fields ask for days alone while the box is ticked.

const TIMES = { startsAt: '09:00', endsAt: '18:00' };
const DAY_LETTERS = 'yyyy-mm-dd'.length;

/** @type {HTMLInputElement | null} */
const box = document.querySelector('input[data-all-day]');
box?.addEventListener('change', () => {
  for (const [name, time] of Object.entries(TIMES)) {
    const field = document.getElementById(name);
    if (field instanceof HTMLInputElement) ask(field, box.checked, time);
  }
});

/** @param {HTMLInputElement} field @param {boolean} isDay @param {string} time */
function ask(field, isDay, time) {
  const { value } = field;
  const day = value.slice(0, DAY_LETTERS);
  const [, before = time] = (isDay ? value : (field.dataset['was'] ?? '')).split('T');
  if (isDay) field.dataset['was'] = value; // the time comes back with the next press
  field.type = isDay ? 'date' : 'datetime-local';
  field.value = day && (isDay ? day : `${day}T${before}`);
}
