// @ts-check
// Recognises the language while a person writes. Says nothing when sure; asks in the form, in a place kept free for it, when not.

const PAUSE_MILLISECONDS = 700;
/** Fewer letters than this say little about a language. */
const ENOUGH = 12;
/** More than this says no more. */
const CHARACTERS = 2_000;
/** The page after posting decides by the same numbers: src/services/texts/doubt.ts. */
const LIKELY = 0.6;
const LEAST_WORDS = 3;
const GUESSES = 2;

/** @typedef {{ language: string | null, confidence: number, sure: boolean, alternatives: { language: string }[] }} Detection */
/** @typedef {{ words: string, question: string }} Written what is asked about */

/**
 * @typedef {object} Parts of the field for the language, see `languageField`
 * @property {HTMLElement} field
 * @property {HTMLFormElement} form
 * @property {HTMLSelectElement} select
 * @property {HTMLElement} place where something may be said
 * @property {HTMLElement} chosen names the language in the line that unfolds
 */

/** What stands in each place while there is nothing to say. @type {WeakMap<HTMLElement, string>} */
const silence = new WeakMap();

/** @type {NodeListOf<HTMLElement>} */
const fields = document.querySelectorAll('[data-detect]');
for (const field of fields) {
  const form = field.closest('form');
  const select = field.querySelector('select');
  /** @type {HTMLElement | null} */
  const place = field.querySelector('[data-guess]');
  /** @type {HTMLElement | null} */
  const chosen = field.querySelector('[data-chosen]');
  if (form && select && place && chosen) watch({ field, form, select, place, chosen });
}

/** @param {Parts} parts */
function watch(parts) {
  const { form, select, place, chosen, field } = parts;
  silence.set(place, place.textContent);
  let timer = 0;
  let asked = '';

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = self.setTimeout(() => void ask(), PAUSE_MILLISECONDS);
  });
  select.addEventListener('change', () => {
    chosen.replaceChildren(select.value ? nameOf(parts, select.value) : (field.dataset['itself'] ?? ''));
    if (select.value) say(parts, '');
  });

  async function ask() {
    const { words, question } = writtenIn(form);
    if (question === asked) return;
    asked = question;
    const found = select.value || [...words].length < ENOUGH ? null : await detect(question);
    // Anything typed or chosen meanwhile counts more than an answer about the earlier words.
    if (question === asked && !select.value) tell(parts, found, words);
  }
}

/** Title and body together, as they are stored; while there is only a title, that alone. @param {HTMLFormElement} form @returns {Written} */
function writtenIn(form) {
  const { title = '', body = '' } = Object.fromEntries(new FormData(form));
  const words = [...`${title}\n${body}`.trim()].slice(0, CHARACTERS).join('');
  return { words, question: JSON.stringify({ body: words, interfaceLanguage: document.documentElement.lang }) };
}

/** @param {Parts} parts @param {Detection | null} found @param {string} words */
function tell(parts, found, words) {
  if (!found || found.sure) say(parts, '');
  else if (found.language && found.confidence >= LIKELY && words.split(/\s+/).length >= LEAST_WORDS)
    sayLikely(parts, found.language);
  else sayQuestion(parts, guessesOf(parts, found));
}

/** The same is not said twice: it would be read aloud twice. @param {Parts} parts @param {string} what @param {...Node} words */
function say({ place }, what, ...words) {
  if ((place.dataset['guess'] ?? '') === what) return;
  place.dataset['guess'] = what;
  if (words.length > 0) place.replaceChildren(...words);
  else place.textContent = silence.get(place) ?? '';
}

/** @param {Parts} parts @param {string} language */
function sayLikely(parts, language) {
  const { field, select } = parts;
  const [before = '', after = ''] = (field.dataset['likely'] ?? '').split('{{language}}');
  const button = press('button button--link', () => {
    for (const details of field.querySelectorAll('details')) details.open = true;
    select.focus();
  });
  button.append(before, nameOf(parts, language), after);
  say(parts, `likely ${language}`, button);
}

/** @param {Parts} parts @param {readonly string[]} guesses */
function sayQuestion(parts, guesses) {
  const { field, select } = parts;
  const words = document.createElement('span');
  words.textContent = field.dataset['question'] ?? '';
  const row = document.createElement('span');
  row.className = 'language-guesses';
  for (const language of guesses) {
    const button = press('button button--quiet', () => {
      select.value = language;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      field.querySelector('summary')?.focus();
    });
    button.append(ownNameOf(language));
    row.append(button);
  }
  say(parts, `question ${guesses.join(' ')}`, words, row);
}

/** The likely ones first, then the language of the page; only what the list has. @param {Parts} parts @param {Detection} found */
function guessesOf({ select }, { language, alternatives }) {
  const all = [language ?? '', ...alternatives.map((each) => each.language), document.documentElement.lang];
  const offered = [...select.options].map(({ value }) => value);
  return [...new Set(all)].filter((each) => each !== '' && offered.includes(each)).slice(0, GUESSES);
}

/** A language as the list names it. @param {Parts} parts @param {string} language */
function nameOf({ select }, language) {
  const name = document.createElement('bdi');
  name.textContent = [...select.options].find(({ value }) => value === language)?.textContent ?? language;
  return name;
}

/** Short enough for a row of buttons, and known to who writes it. @param {string} language */
function ownNameOf(language) {
  const name = document.createElement('bdi');
  name.lang = language;
  name.textContent = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
  return name;
}

/** @param {string} className @param {() => void} act */
function press(className, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = className;
  button.addEventListener('click', act);
  return button;
}

/**
 * @param {string} question
 * @returns {Promise<Detection | null>} without an answer nothing is said
 */
async function detect(question) {
  const answer = await fetch('/api/v1/texts/detect', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: question,
  }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}
