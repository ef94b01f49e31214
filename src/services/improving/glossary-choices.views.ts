import type { NamedSpace } from '../house/spaces.ts';
import { html, type Html } from '../../platform/html.ts';
import type { T } from '../../platform/i18n.ts';
import { langAttributes } from '../site/languages.ts';

// What is chosen in the forms of the glossary, and how it is shown.

/** In addresses and forms, where a theme has its slug. */
export const PLATFORM = 'platform';

/** One of several in a form. */
export interface Option {
  value: string;
  words: string;
  lang?: string;
}

/** Each theme by its title, in the language of the title. */
export const themeOptions = (themes: readonly NamedSpace[]): Option[] =>
  themes.map(({ slug, title, language }) => ({ value: slug, words: title, lang: language }));

/** Where a term counts: in one theme, else everywhere. */
export const whereOf = (theme: NamedSpace | null, t: T): Html =>
  theme
    ? html`<span ${langAttributes(theme.language)}>${theme.title}</span>`
    : html`<span>${t('glossary:platform')}</span>`;
