import { autonym, direction, languageName } from '../../translation/languages.ts';
import { html, type Html } from '../platform/html.ts';

/** A language by its own name, marked as being in that language. */
export function autonymOf(language: string): Html {
  return html`<span lang="${language}" dir="${direction(language)}">${autonym(language)}</span>`;
}

/** Its own name, followed once by the reader's name for it, unless that is the same. */
export function nameOf(language: string, reader: string): Html {
  const own = autonym(language);
  const theirs = languageName(language, reader);
  return own === theirs ? autonymOf(language) : html`${autonymOf(language)} (${theirs})`;
}

/** `lang` and `dir` for an element. Both codes are ours, never what a person typed. */
export function langAttributes(language: string): Html {
  return html`lang="${language}" dir="${direction(language)}"`;
}
