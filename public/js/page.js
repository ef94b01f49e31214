// @ts-check
// What every page gets; each page is complete without it. Larger parts are fetched only by pages that use them.
import { isPlain } from './press.js';
import { swapVersions } from './versions.js';

/** As long as the server works on one request. */
const ANSWER_MILLISECONDS = 20_000;

const root = document.documentElement;

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  closePanels((panel) => !panel.contains(target));
  if (target?.closest('a[data-back]') && isPlain(event) && history.length > 1) {
    event.preventDefault();
    history.back();
  }
  /** @type {HTMLAnchorElement | HTMLButtonElement | null | undefined} */
  const control = target?.closest('a[data-swap], button[data-swap]');
  if (control && isPlain(event)) {
    event.preventDefault();
    swapVersions(control);
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const panel of closePanels(() => true)) panel.querySelector('summary')?.focus();
});

// A second press while the first is on its way would post twice. The name of the pressed button is read after this event,
// so it goes dark a moment later; an answer that never comes must not keep it dark.
document.addEventListener('submit', (event) => {
  if (!(event.target instanceof HTMLFormElement) || event.target.method !== 'post') return;
  const buttons = event.target.querySelectorAll('button');
  setTimeout(() => enable(buttons, false));
  setTimeout(() => enable(buttons, true), ANSWER_MILLISECONDS);
});
addEventListener('pageshow', () => enable(document.querySelectorAll('button'), true));

/** @type {HTMLElement | null} */ (document.querySelector('[data-focus]'))?.focus();

document.querySelector('.picker')?.addEventListener('toggle', () => void import('./picker.js'), { once: true });
if (!document.referrer.startsWith(`${location.origin}/`)) void import('./offer.js');
if (document.querySelector('[data-copy]')) void import('./share.js');
if (document.querySelector('[data-max]')) void import('./counters.js');
if (sessionStorage.length > 0 || document.querySelector('form[method="post"] textarea')) void import('./drafts.js');
if (document.querySelector('[data-detect]')) void import('./detect.js');
if (document.querySelector('[data-all-day]')) void import('./all-day.js');
if (document.querySelector('[data-own-zone]')) void import('./own-zone.js');
if (document.querySelector('local-time')) void import('./local-times.js');
if (document.querySelector('[data-wording]')) void import('./wording.js');
if (root.dataset['rooms']) void import('./live.js');

/** @param {NodeListOf<HTMLButtonElement>} buttons @param {boolean} isEnabled */
function enable(buttons, isEnabled) {
  for (const button of buttons) button.disabled = !isEnabled;
}

/** @param {(panel: HTMLDetailsElement) => boolean} which */
function closePanels(which) {
  /** @type {NodeListOf<HTMLDetailsElement>} */
  const open = document.querySelectorAll('.picker[open], .menu[open]');
  const closing = [...open].filter(which);
  for (const panel of closing) panel.open = false;
  return closing;
}
