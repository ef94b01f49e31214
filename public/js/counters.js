// @ts-check
import { formatNumber } from './formats.js';
// "34 / 120" under a field with a limit. It never blocks: people who write too much see how much, and can shorten it.

/** Below this many left, the count is also read out. */
const NEAR = 20;
/** Not at every letter: when the person pauses. */
const PAUSE_MILLISECONDS = 1_000;

/** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */
const fields = document.querySelectorAll('[data-max]');
for (const field of fields) count(field);

/** @param {HTMLInputElement | HTMLTextAreaElement} field */
function count(field) {
  const max = Number(field.dataset['max']);
  const shown = field.insertAdjacentElement('afterend', document.createElement('p'));
  const spoken = shown?.insertAdjacentElement('afterend', document.createElement('p'));
  if (!shown || !spoken) return;
  shown.className = 'counter';
  shown.ariaHidden = 'true';
  spoken.className = 'hidden';
  spoken.role = 'status';
  let timer = 0;

  const update = () => {
    const length = [...field.value.trim()].length; // in code points, as the server counts
    const words = `${formatNumber(length)} / ${formatNumber(max)}`;
    shown.textContent = words;
    shown.classList.toggle('counter--over', length > max);
    clearTimeout(timer);
    timer = self.setTimeout(() => (spoken.textContent = max - length < NEAR ? words : ''), PAUSE_MILLISECONDS);
  };
  field.addEventListener('input', update);
  update();
}
