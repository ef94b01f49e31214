// @ts-check
// What every page gets; each page is complete without it. Larger parts are fetched only by pages that use them.
import { swapVersions } from './versions.js';

const root = document.documentElement;

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  closePanels((panel) => !panel.contains(target));
  const link = target?.closest('a');
  if (link?.dataset['swap'] && isPlain(event)) {
    event.preventDefault();
    swapVersions(link);
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const panel of closePanels(() => true)) panel.querySelector('summary')?.focus();
});

// A second press while the first is on its way would post twice. The name of the pressed button is read after this event, so it goes dark a moment later.
document.addEventListener('submit', (event) => {
  if (!(event.target instanceof HTMLFormElement) || event.target.method !== 'post') return;
  const buttons = event.target.querySelectorAll('button');
  setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
});
addEventListener('pageshow', () => document.querySelectorAll('button').forEach((button) => (button.disabled = false)));

/** @type {HTMLElement | null} */ (document.querySelector('[data-focus]'))?.focus();

if (document.querySelector('[data-max]')) void import('./counters.js');
if (document.querySelector('[data-detect]')) void import('./detect.js');
if (root.dataset['rooms']) void import('./live.js');

/** @param {(panel: HTMLDetailsElement) => boolean} which */
function closePanels(which) {
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const open = document.querySelectorAll('.picker[open], .menu[open]');
  const closing = [...open].filter(which);
  for (const panel of closing) panel.open = false;
  return closing;
}

/** @param {MouseEvent} event a press that would open the link here, not in a new window */
function isPlain({ button, altKey, ctrlKey, metaKey, shiftKey }) {
  return button === 0 && !altKey && !ctrlKey && !metaKey && !shiftKey;
}
