// @ts-check
import { formatNumber, tag } from './formats.js';
import { isPlain } from './press.js';
import { showNew } from './refresh.js';

/** A screen reader hears of new ideas at most this often; in between the count grows silently. */
const ANNOUNCE_MILLISECONDS = 30_000;

const plurals = new Intl.PluralRules(tag);
/** @type {Set<string>} */
const counted = new Set();
let announcedAt = -ANNOUNCE_MILLISECONDS;
let timer = 0;

/**
 * "3 new ideas · show", in the place that was kept for it; one place may count several kinds.
 * @param {import('./live.js').Line} line
 */
export function countNew({ kind, subject, language }) {
  /** @type {HTMLElement | null} */
  const slot = document.querySelector(`.live-slot[data-kind~="${CSS.escape(kind)}"]`);
  const href = slot?.dataset['pillHref'];
  if (!slot || !href || document.querySelector(`[data-subject="${CSS.escape(subject)}"]`)) return;
  const wanted = new URL(href, location.href).searchParams.get('language');
  if (wanted && language !== wanted) return;
  counted.add(subject);

  const silent = performance.now() - announcedAt < ANNOUNCE_MILLISECONDS;
  slot.ariaLive = silent ? 'off' : 'polite';
  clearTimeout(timer);
  if (silent)
    timer = self.setTimeout(() => announce(slot, href), announcedAt + ANNOUNCE_MILLISECONDS - performance.now());
  else announcedAt = performance.now();
  show(slot, href);
}

/** @param {HTMLElement} slot @param {string} href */
function announce(slot, href) {
  announcedAt = performance.now();
  slot.ariaLive = 'polite';
  show(slot, href);
}

/** @param {HTMLElement} slot @param {string} href */
function show(slot, href) {
  const pill = slot.querySelector('a') ?? slot.appendChild(newPill(href));
  const words = document.createElement('span');
  words.textContent = sentence(slot, counted.size);
  pill.querySelector('span:not(.live-dot)')?.remove();
  pill.append(words);
}

/** @param {string} href */
function newPill(href) {
  const pill = document.createElement('a');
  pill.className = 'live-pill';
  pill.href = href;
  const dot = document.createElement('span');
  dot.className = 'live-dot';
  pill.append(dot);
  pill.addEventListener('click', (event) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    void showNew(pill.href).then((isShown) => {
      if (!isShown) return location.assign(pill.href);
      counted.clear();
      pill.remove();
    });
  });
  return pill;
}

/** The server gives the sentence in each plural form of the language. @param {HTMLElement} slot @param {number} count */
function sentence({ dataset }, count) {
  const form = plurals.select(count);
  const words = dataset[`pill${form.charAt(0).toUpperCase()}${form.slice(1)}`] ?? dataset['pillOther'] ?? '';
  return words.replace('{{number}}', formatNumber(count));
}
