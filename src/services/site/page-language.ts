import type { Middleware } from 'koa';

import type { Context, State } from '../../platform/http/context.ts';
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

const YEAR_MILLISECONDS = 365 * 86_400_000;

const cookieOf = ({ secure }: { secure: boolean }): string => (secure ? '__Host-language' : 'language');

interface Remembering {
  settings: { secure: boolean };
  words: Words;
}

/** The language whose home this browser saw last. */
export function rememberedLanguage(ctx: Pick<Context, 'cookies'>, { settings, words }: Remembering): string | null {
  const chosen = ctx.cookies.get(cookieOf(settings), { signed: false });
  return chosen && words.languages.includes(chosen) ? chosen : null;
}

/** Who comes to the home of a language is led there by `/` from now on. Before the page cache: the page itself is the same for all. */
export function rememberLanguage(house: Remembering): Middleware<State> {
  const { secure } = house.settings;
  return (ctx, next) => {
    const language = ctx.path.slice(1);
    const isHome = ctx.method === 'GET' && house.words.languages.includes(language);
    if (isHome && rememberedLanguage(ctx, house) !== language)
      ctx.cookies.set(cookieOf({ secure }), language, {
        ...{ httpOnly: true, sameSite: 'lax', secure, maxAge: YEAR_MILLISECONDS, signed: false },
      });
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
