import type { Middleware } from 'koa';

import type { State } from '../../platform/http/context.ts';
import type { Words } from '../../platform/i18n.ts';

/** Lays ready the language of the page and its words: that of the address; where it names none, the one the browser prefers. */
export function findLanguage(words: Words): Middleware<State> {
  return (ctx, next) => {
    const [, first = ''] = ctx.path.split('/', 2);
    const { languages } = words;
    ctx.state.language = languages.includes(first) ? first : preferredOf(ctx.acceptsLanguages(), languages);
    ctx.state.t = words.in(ctx.state.language);
    return next();
  };
}

/** The first of what a browser asks for that there is, `pt` for `pt-BR` (RFC 4647, lookup); English when there is none. */
function preferredOf(asked: readonly string[], languages: readonly string[]): string {
  const exactFirst = languages.toSorted((one, other) => other.length - one.length);
  for (const range of asked) {
    const found = exactFirst.find((language) => `${range}-`.toLowerCase().startsWith(`${language}-`.toLowerCase()));
    if (found) return found;
  }
  return 'en';
}
