import { autonym, direction, languageName, UNDETERMINED } from '#translation/languages.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';

/** A language by its own name, marked as being in that language; one that nobody knows has a name in the reader's. */
export function autonymOf(language: string, t: T): Html {
  if (language === UNDETERMINED) return html`<span>${t('site:unknownLanguage')}</span>`;
  return html`<span lang="${language}" dir="${direction(language)}">${autonym(language)}</span>`;
}

/** Its own name, followed once by the reader's name for it, unless that is the same. */
export function nameOf(language: string, t: T): Html {
  if (language === UNDETERMINED) return autonymOf(language, t);
  const own = autonym(language);
  const theirs = languageName(language, t.language);
  return own === theirs ? autonymOf(language, t) : html`${autonymOf(language, t)} (${theirs})`;
}

/** Both names as plain words, for options of a form: speakers look for the first, readers of the page for the second. */
export function namesOf(language: string, t: T): string {
  const own = autonym(language);
  const theirs = languageName(language, t.language);
  return own === theirs ? own : `${own} (${theirs})`;
}

/** Each language to choose from. */
export const languageOptions = (languages: readonly string[], t: T): { value: string; words: string; lang: string }[] =>
  languages.map((code) => ({ value: code, words: namesOf(code, t), lang: code }));

const byName = new Intl.Collator('en');

/** In the order of their own names, the same on every page: Latin letters, Greek, Cyrillic, Arabic. */
export const byAutonym = (languages: readonly string[]): string[] =>
  languages.toSorted((a, b) => byName.compare(autonym(a), autonym(b)));

/** `lang` and `dir` for an element. The code is ours, never what a person typed. */
export function langAttributes(language: string): Html {
  return html`lang="${language}" dir="${language === UNDETERMINED ? 'auto' : direction(language)}"`;
}
