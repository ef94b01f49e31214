// @ts-check
import { morph } from './morph.js';

/** Lines that come together are answered by one look at the page. */
const BATCH_MILLISECONDS = 150;
/** Figures may change at every idea; a person can read them this often. */
const FIGURES_MILLISECONDS = 5_000;
const RETRY_MILLISECONDS = 5_000;
const TRIES = 3;
/** After these a subject that is no longer on the page is gone; after others it may stand on the next one. */
const TAKEN_AWAY = ['hidden', 'withdrawn'];

/** Subjects to look at again, and whether they were taken away. @type {Map<string, boolean>} */
const waiting = new Map();
let timer = 0;
let mainTimer = 0;
let mainAt = 0;

/** Looks again at what a line is about, if the page shows it. @param {import('./live.js').Line} line */
export function refresh({ type, subject, root }) {
  for (const id of followers(type)) waiting.set(id, false);
  const id = [subject, root].find((each) => findAll(each).length > 0);
  if (!id) return waiting.size > 0 ? schedule() : undefined;
  const taken = id === subject && TAKEN_AWAY.includes(type);
  waiting.set(id, taken || (type !== 'restored' && waiting.get(id) === true));
  schedule();
}

/** After a pause so long that nobody knows what happened meanwhile. */
export function refreshAll() {
  for (const element of document.querySelectorAll('main [data-subject]'))
    waiting.set(element.getAttribute('data-subject') ?? '', false);
  schedule();
}

/** Looks at a page of figures again; a line that comes while it is fetched has it fetched once more. */
export function refreshMain(tries = 1) {
  mainTimer ||= self.setTimeout(() => void lookAtMain(tries), Math.max(0, mainAt + FIGURES_MILLISECONDS - Date.now()));
}

/** @param {number} tries */
async function lookAtMain(tries) {
  [mainTimer, mainAt] = [0, Date.now()];
  const { page, gone } = await load();
  if (!page && !gone && tries < TRIES) return refreshMain(tries + 1);
  const [old, fresh] = [document.querySelector('main'), page?.querySelector('main')];
  if (old && fresh) morph(old, fresh);
}

/** Puts what is new into this page, in its place: nothing that somebody is writing goes. @param {string} href @returns {Promise<boolean>} */
export async function showNew(href) {
  const { page } = await load(href);
  const [old, fresh] = [document.querySelector('main'), page?.querySelector('main')];
  if (!old || !fresh) return false;
  morph(old, fresh);
  if (href !== location.href) history.pushState(null, '', href);
  return true;
}

function schedule(tries = 1) {
  timer ||= self.setTimeout(() => void look(tries), tries > 1 ? RETRY_MILLISECONDS : BATCH_MILLISECONDS);
}

/** @param {number} tries */
async function look(tries) {
  const looking = new Map(waiting);
  waiting.clear();
  const { page, gone } = await load();
  timer = 0;
  if (!page && !gone && tries < TRIES) {
    for (const [id, taken] of looking) if (!waiting.has(id)) waiting.set(id, taken);
    return schedule(tries + 1);
  }
  if (page) document.title = page.title;
  // With a subject goes what others said to it.
  const all = document.querySelector('main .folio');
  if (gone && all) replaceWithGone(all);
  else for (const [id, taken] of looking) update(id, page, gone || taken);
  if (waiting.size > 0) schedule();
}

/** @param {string} id @param {Document | null} page @param {boolean} taken */
function update(id, page, taken) {
  const fresh = page ? findAll(id, page) : [];
  for (const [place, old] of findAll(id).entries()) {
    const now = fresh[place];
    if (now) morph(old, now);
    else if (taken && place === 0) replaceWithGone(old);
    else if (taken) old.remove();
  }
}

/** @param {string} [href] @returns {Promise<{ page: Document | null, gone: boolean }>} the page as it is now, or that it is no longer there for this reader */
async function load(href = location.href) {
  const answer = await fetch(href, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return { page: null, gone: answer?.status === 404 || answer?.status === 410 };
  return { page: new DOMParser().parseFromString(await answer.text(), 'text/html'), gone: false };
}

/** What says that it changes with such lines, whatever they are about. @param {string} type */
function followers(type) {
  const all = document.querySelectorAll(`main [data-follows~="${CSS.escape(type)}"]`);
  return [...all].map((each) => each.getAttribute('data-subject') ?? '');
}

/** @param {Element} old */
function replaceWithGone(old) {
  const hadFocus = old.contains(document.activeElement);
  const words = document.createElement('p');
  words.className = 'notice notice--gone';
  words.role = 'status';
  words.tabIndex = -1;
  words.textContent = document.documentElement.dataset['gone'] ?? '';
  old.replaceChildren(words);
  if (hadFocus) words.focus({ preventScroll: true });
}

/** A subject may stand in several places: its words, its numbers. @param {string} id @param {ParentNode} where @returns {HTMLElement[]} */
function findAll(id, where = document) {
  return [...where.querySelectorAll(`main [data-subject="${CSS.escape(id)}"]`)].filter(
    (each) => each instanceof HTMLElement,
  );
}
