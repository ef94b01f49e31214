import type { Key } from '../../locales/keys.ts';
import { html } from '../../src/platform/html.ts';
import { loadWords, type Params } from '../../src/platform/i18n.ts';

const words = await loadWords();

/** All that have words in `locales/`. */
export const interfaceLanguages = words.languages;

/** A sentence as it stands in a page of this language. */
export const onPage = (language: string, key: Key, params?: Params): string =>
  html`${inMail(language, key, params)}`.value;

/** A sentence as it stands in a mail of this language. */
export const inMail = (language: string, key: Key, params?: Params): string => words.in(language)(key, params);
