// @ts-check
// The list of languages under the keys, narrowed by what is typed. Fetched when somebody opens it first.
import { formatNumber, tag } from './formats.js';

/** Fewer letters are the beginning of a word, or a code; more may stand in the middle of one, as behind an Arabic article. */
const INSIDE_LETTERS = 3;
/** Letters that no decomposition splits: those of names of languages, as src/platform/fold.ts spells them. */
const SPELLED = { ß: 'ss', æ: 'ae', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ı: 'i', ς: 'σ', ة: 'ه', ى: 'ي' };

const plurals = new Intl.PluralRules(tag);

/** @type {HTMLDetailsElement | null} */
const picker = document.querySelector('.picker');
const box = picker?.querySelector('.find-language');
const input = box?.querySelector('input');
/** @type {HTMLElement | null | undefined} */
const status = box?.querySelector('[role=status]');
/** @type {HTMLAnchorElement[]} */
const links = [...(picker?.querySelectorAll('.languages a') ?? [])].filter((each) => each instanceof HTMLAnchorElement);

if (picker && box instanceof HTMLElement && input && status) {
  box.hidden = false;
  input.addEventListener('input', () => narrow(input.value, status));
  picker.addEventListener('keydown', (event) => press(event, input));
  picker.addEventListener('toggle', () => {
    input.value = '';
    narrow('', status);
  });
}

/** @param {string} typed @param {HTMLElement} place where the number of matches is told */
function narrow(typed, place) {
  const sought = fold(typed.trim());
  for (const link of links) {
    const item = link.closest('li');
    if (item) item.hidden = !isFound(` ${link.dataset['find'] ?? ''}`, sought);
  }
  place.textContent = sought ? sentence(place, shown().length) : '';
}

/** @param {string} names @param {string} sought */
function isFound(names, sought) {
  return names.includes(sought.length < INSIDE_LETTERS ? ` ${sought}` : sought);
}

const shown = () => links.filter((link) => !link.closest('li')?.hidden);

/**
 * Arrows go through what is shown, Enter in the field opens the first; a letter anywhere in the list goes on in the field.
 * @param {KeyboardEvent} event @param {HTMLInputElement} field
 */
function press(event, field) {
  const all = shown();
  const { activeElement } = document;
  const at = all.findIndex((link) => link === activeElement);
  const isHere = at >= 0 || activeElement === field || activeElement?.tagName === 'SUMMARY';
  if (!isHere || event.altKey || event.ctrlKey || event.metaKey) return;
  const target = targetOf(event.key, at, all);
  if (target !== undefined || event.key === 'ArrowUp') {
    event.preventDefault();
    (target ?? field).focus();
  } else if (event.key === 'Enter' && activeElement === field && field.value.trim()) all[0]?.click();
  else if (at >= 0 && event.key.length === 1 && event.key !== ' ') field.focus();
}

/** @param {string} key @param {number} at -1 above the list @param {HTMLAnchorElement[]} all */
function targetOf(key, at, all) {
  if (key === 'ArrowDown') return all[Math.min(at + 1, all.length - 1)];
  if (key === 'ArrowUp') return all[at - 1];
  if (at < 0) return undefined; // in the field these move the cursor
  if (key === 'Home') return all[0];
  return key === 'End' ? all.at(-1) : undefined;
}

/** @param {string} text */
function fold(text) {
  const bare = (/** @type {string} */ words) => words.normalize('NFKD').replaceAll(/[\p{M}\p{Cf}]/gu, '');
  const small = bare(bare(text).toLowerCase());
  return Object.entries(SPELLED).reduce((words, [letter, spelled]) => words.replaceAll(letter, spelled), small);
}

/** The server gives the sentence in each plural form of the language. @param {HTMLElement} place @param {number} count */
function sentence({ dataset }, count) {
  const form = plurals.select(count);
  const words = dataset[`found${form.charAt(0).toUpperCase()}${form.slice(1)}`] ?? dataset['foundOther'] ?? '';
  return words.replace('{{number}}', formatNumber(count));
}
