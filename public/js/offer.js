// @ts-check
// Whoever comes from elsewhere to a page in another language is offered their own, in its words. The pages are kept and the same for all,
// so the server is asked apart which language that is: the one chosen in this browser or account, or the nearest to what the browser prefers.

const KEY = 'offer';

/** @typedef {{ language: string, read: string, dismiss: string }} Own */

void offer();

async function offer() {
  const answer = await fetch('/language').catch(() => null);
  if (!answer?.ok) return;
  /** @type {Own} */
  const own = await answer.json();
  /** @type {HTMLAnchorElement | null} */
  const there = document.querySelector(`.languages a[hreflang="${CSS.escape(own.language)}"]`);
  if (!there || there.hasAttribute('aria-current') || localStorage.getItem(KEY) === own.language) return;
  const bar = document.createElement('div');
  bar.className = 'offer';
  bar.role = 'status';
  bar.lang = own.language;
  bar.dir = there.dir;
  document.querySelector('.skip')?.after(bar);
  // A status that is filled once it is there is read out.
  requestAnimationFrame(() => bar.append(linkTo(there, own), dismissal(bar, own)));
}

/** @param {HTMLAnchorElement} there @param {Own} own */
function linkTo({ href, hreflang }, { read }) {
  return Object.assign(document.createElement('a'), { href, hreflang, textContent: read });
}

/** @param {HTMLElement} bar @param {Own} own */
function dismissal(bar, { language, dismiss }) {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: dismiss });
  button.className = 'button button--quiet';
  button.addEventListener('click', () => {
    localStorage.setItem(KEY, language);
    bar.remove();
    document.getElementById('content')?.focus();
  });
  return button;
}
