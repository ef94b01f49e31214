// @ts-check

/**
 * Shows the other version of a text where it stands: title and body together. The focus goes to the way back. Signed-in readers have a
 * button: the server keeps the choice, and they see this text so everywhere. For others the address says what is shown, so that it can
 * be shared and survives a reload.
 * @param {HTMLAnchorElement | HTMLButtonElement} control
 */
export function swapVersions(control) {
  const from = control.closest('[data-version]')?.getAttribute('data-version');
  /** @type {NodeListOf<HTMLElement>} */
  const versions = document.querySelectorAll(`[data-text="${CSS.escape(control.dataset['swap'] ?? '')}"]`);
  if ([...versions].every((version) => version.dataset['version'] === from)) return;
  for (const version of versions) version.hidden = version.dataset['version'] === from;
  if (control instanceof HTMLButtonElement) void keep(control);
  else history.replaceState(null, '', control.href);

  /** @type {HTMLElement | null | undefined} */
  const back = [...versions].findLast((version) => !version.hidden)?.querySelector('[data-swap]');
  back?.focus({ preventScroll: true });
  back?.scrollIntoView({ block: 'nearest' });
}

/** Sent in the background, also when the reader leaves at once. Not kept, it is still shown: nothing is lost but the memory of it. */
async function keep(/** @type {HTMLButtonElement} */ { form }) {
  const { searchParams: asked, pathname, hash } = new URL(location.href);
  asked.delete('view');
  history.replaceState(null, '', `${pathname}${asked.size > 0 ? `?${asked}` : ''}${hash}`);
  if (!form) return;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) body.set(name, String(value));
  await fetch(form.action, { method: 'POST', body, redirect: 'manual', keepalive: true }).catch(() => null);
}
