// @ts-check

/**
 * Shows the other version of a text where it stands: title and body together. The focus goes to the way back,
 * and the address says what is shown, so that it can be shared and survives a reload.
 * @param {HTMLAnchorElement} link
 */
export function swapVersions(link) {
  const from = link.closest('[data-version]')?.getAttribute('data-version');
  /** @type {NodeListOf<HTMLElement>} */
  const versions = document.querySelectorAll(`[data-text="${CSS.escape(link.dataset['swap'] ?? '')}"]`);
  if ([...versions].every((version) => version.dataset['version'] === from)) return;
  for (const version of versions) version.hidden = version.dataset['version'] === from;
  history.replaceState(null, '', link.href);

  /** @type {HTMLElement | null | undefined} */
  const back = [...versions].findLast((version) => !version.hidden)?.querySelector('[data-swap]');
  back?.focus({ preventScroll: true });
  back?.scrollIntoView({ block: 'nearest' });
}
