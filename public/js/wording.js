// @ts-check
// What is selected on a page goes along to the form that says this wording is wrong.

/** As many as an address has room for, in every script. */
const CHARACTERS = 150;

// A press may take the selection away before it becomes a click; a key makes a click alone.
for (const type of ['pointerdown', 'click']) document.addEventListener(type, carry, { capture: true });

/** @param {Event} event */
function carry({ target, type }) {
  const link = target instanceof Element ? target.closest('a[data-wording]') : null;
  const words = [...String(getSelection() ?? '').trim()].slice(0, CHARACTERS).join('');
  if (!(link instanceof HTMLAnchorElement) || (words === '' && type === 'click')) return;
  const to = new URL(link.href);
  to.searchParams.set('words', words);
  link.href = to.href;
}
