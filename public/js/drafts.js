// @ts-check
// What somebody writes stays in this tab until the server has it: over a reload, the way back, a server that is down.

/** @typedef {{ values: Record<string, string>, isSent: boolean }} Draft */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

const PREFIX = 'draft:';
const { dataset } = document.documentElement;

/** @type {Set<HTMLFormElement>} */
const unsaved = new Set();

/** @type {NodeListOf<HTMLFormElement>} */
const forms = document.querySelectorAll('form[method="post"]:has(textarea)');
/** What the server took it answers with a redirection, and then with a page that does not show those words in a form again. */
function forgetTaken() {
  const entry = performance.getEntriesByType('navigation')[0];
  const isAnswer = entry instanceof PerformanceNavigationTiming && entry.type === 'navigate' && entry.redirectCount > 0;
  for (const key of Object.keys(sessionStorage).filter((each) => each.startsWith(PREFIX))) {
    const draft = read(key);
    if (!draft?.isSent) continue;
    const form = [...forms].find((each) => keyOf(each) === key);
    const isRefused = document.querySelector('.error-page') || (form && isIn(form, draft));
    if (isRefused || !isAnswer) write(key, { ...draft, isSent: false });
    else sessionStorage.removeItem(key);
  }
}

/** @param {HTMLFormElement} form */
function keep(form) {
  const key = keyOf(form);
  const draft = read(key);
  if (draft && !isIn(form, draft) && !document.querySelector('.error-summary')) restore(form, draft);
  const note = () => {
    unsaved.add(form);
    write(key, { values: valuesOf(form), isSent: false });
  };
  form.addEventListener('input', note);
  // Somebody was faster than this script.
  if (!draft && fieldsOf(form).some((each) => 'defaultValue' in each && each.value !== each.defaultValue)) note();
  form.addEventListener('submit', () => {
    unsaved.delete(form);
    write(key, { values: valuesOf(form), isSent: true });
  });
}

/** @param {HTMLFormElement} form @param {Draft} draft */
function restore(form, { values }) {
  for (const field of fieldsOf(form)) {
    const value = values[field.name];
    if (value === undefined || value === field.value) continue;
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
  const details = form.closest('details');
  if (details) details.open = true;
  const notice = document.createElement('p');
  notice.className = 'notice';
  notice.role = 'status';
  const words = document.createElement('span');
  words.textContent = dataset['kept'] ?? '';
  const discard = document.createElement('button');
  discard.type = 'button';
  discard.className = 'button button--link';
  discard.textContent = dataset['discard'] ?? '';
  discard.addEventListener('click', () => {
    sessionStorage.removeItem(keyOf(form));
    unsaved.delete(form);
    form.reset();
    notice.remove();
  });
  notice.append(words, ' ', discard);
  form.prepend(notice);
}

/** @param {HTMLFormElement} form */
const keyOf = (form) => PREFIX + new URL(form.action).pathname;

/** What people write: not the keys and versions of the form. @param {HTMLFormElement} form @returns {Field[]} */
const fieldsOf = (form) =>
  [...form.elements].flatMap((each) => {
    const isText = each instanceof HTMLTextAreaElement || each instanceof HTMLSelectElement;
    const isTyped = each instanceof HTMLInputElement && !['hidden', 'radio', 'checkbox', 'submit'].includes(each.type);
    return (isText || isTyped) && each.name ? [each] : [];
  });

/** @param {HTMLFormElement} form @returns {Record<string, string>} */
const valuesOf = (form) => Object.fromEntries(fieldsOf(form).map(({ name, value }) => [name, value]));

/** @param {HTMLFormElement} form @param {Draft} draft */
const isIn = (form, { values }) => fieldsOf(form).every(({ name, value }) => (values[name] ?? value) === value);

/** @param {string} key @returns {Draft | null} */
function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** A tab that is full, or keeps nothing, still writes. @param {string} key @param {Draft} draft */
function write(key, draft) {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    sessionStorage.removeItem(key);
  }
}

forgetTaken();
for (const form of forms) keep(form);

addEventListener('beforeunload', (event) => {
  if (unsaved.size > 0) event.preventDefault();
});
