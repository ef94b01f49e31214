// @ts-check
// The link that opens in each reader's own language goes to the clipboard; without script it is a link whose address can be copied.

for (const link of document.querySelectorAll('a[data-copy]'))
  if (link instanceof HTMLAnchorElement) link.addEventListener('click', (event) => copy(event, link));

/** @param {MouseEvent} event @param {HTMLAnchorElement} link */
function copy(event, link) {
  if (!navigator.clipboard) return; // in pages over plain http it is not there
  event.preventDefault();
  const address = link.origin + link.pathname;
  navigator.clipboard.writeText(address).then(
    () => say(link, link.dataset['copied'] ?? ''),
    () => location.assign(address),
  );
}

/** @param {HTMLAnchorElement} link @param {string} words */
function say(link, words) {
  const place = link.parentElement?.querySelector('[role=status]');
  if (place) place.textContent = words;
}
