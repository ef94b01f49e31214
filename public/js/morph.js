// @ts-check
import { Idiomorph } from '../vendor/idiomorph.js';

/** Longer than the underline under fresh words is shown. */
const FRESH_MILLISECONDS = 1_000;

/**
 * Makes `old` like `fresh` and leaves to the reader what is theirs: focus, what they opened or typed, the version they were reading.
 * @param {HTMLElement} old @param {HTMLElement} fresh
 */
export function morph(old, fresh) {
  keepVersions(old, fresh);
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  /** @type {Set<Element>} */
  const changed = new Set();

  Idiomorph.morph(old, fresh, {
    morphStyle: 'outerHTML',
    ignoreActiveValue: true,
    callbacks: {
      beforeNodeMorphed(before, after) {
        if (before instanceof HTMLFormElement && isTouched(before)) return false;
        if (before instanceof Text && before.data.trim() !== after.textContent?.trim() && before.parentElement)
          changed.add(before.parentElement);
        return true;
      },
      afterNodeAdded(node) {
        if (node instanceof Element) changed.add(node);
      },
      beforeAttributeUpdated: (name, element) => !(name === 'open' && element instanceof HTMLDetailsElement),
    },
  });
  if (focused && document.activeElement === document.body) focusLike(focused, old);
  markFresh(changed);
}

/**
 * Readers who chose between original and translation keep their choice; those with only the original get what the server shows first.
 * @param {HTMLElement} old @param {HTMLElement} fresh
 */
function keepVersions(old, fresh) {
  const shown = new Map();
  for (const version of versionsIn(old))
    if (!version.hidden && hasChoice(version, old)) shown.set(subjectOf(version), version.dataset['version']);
  for (const version of versionsIn(fresh)) {
    const choice = shown.get(subjectOf(version));
    if (choice && hasChoice(version, fresh)) version.hidden = version.dataset['version'] !== choice;
  }
}

/** Somebody is writing there. @param {HTMLFormElement} form */
const isTouched = (form) =>
  [...form.elements].some(
    (each) =>
      (each instanceof HTMLTextAreaElement || (each instanceof HTMLInputElement && each.type !== 'hidden')) &&
      each.value !== each.defaultValue,
  );

/** @param {HTMLElement} where @returns {NodeListOf<HTMLElement>} */
const versionsIn = (where) => where.querySelectorAll('[data-version]');

/** @param {HTMLElement} version @param {HTMLElement} where */
const hasChoice = (version, where) =>
  where.querySelector(`[data-text="${version.dataset['text']}"][data-version="translation"]`) !== null;

/** A text has another id after a change; its subject stays. @param {HTMLElement} version */
const subjectOf = (version) => version.closest('[data-subject]')?.getAttribute('data-subject');

/** @param {Element} focused what had the focus and is gone @param {HTMLElement} where */
function focusLike(focused, where) {
  const href = focused.getAttribute('href');
  /** @type {HTMLElement | null} */
  const same = href ? where.querySelector(`a[href="${CSS.escape(href)}"]`) : null;
  if (!same) where.tabIndex = -1;
  (same ?? where).focus({ preventScroll: true });
}

/** @param {Set<Element>} changed */
function markFresh(changed) {
  for (const element of changed) element.classList.add('is-fresh');
  setTimeout(() => changed.forEach((element) => element.classList.remove('is-fresh')), FRESH_MILLISECONDS);
}
