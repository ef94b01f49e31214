import type { Middleware } from 'koa';

import type { Context, State } from '../../platform/http/context.ts';
import type { Words } from '../../platform/i18n.ts';
import { languageOf, nearestLanguage } from './nearest-language.ts';

interface Remembering {
  settings: { secure: boolean; publicUrl: string };
  words: Words;
}

/**
 * Lays ready the language of the page and its words: that of the address; where it names none, the one that was chosen in this browser,
 * else the nearest to what the browser prefers.
 */
export function findLanguage(house: Remembering): Middleware<State> {
  const { words } = house;
  return (ctx, next) => {
    const first = firstOf(ctx.path);
    ctx.state.language = words.languages.includes(first)
      ? first
      : (rememberedLanguage(ctx, house) ?? nearestLanguage(ctx.acceptsLanguages(), words.languages) ?? 'en');
    ctx.state.t = words.in(ctx.state.language);
    return next();
  };
}

/** The language of whoever asks, for addresses that name none: chosen in this browser, else in their account, else asked for by the browser. */
export function ownLanguage(ctx: Context, house: Remembering): string {
  const { person, language } = ctx.state;
  const ofAccount = person && nearestLanguage([person.interfaceLanguage], house.words.languages);
  return rememberedLanguage(ctx, house) ?? ofAccount ?? language;
}

const YEAR_MILLISECONDS = 365 * 86_400_000;

const cookieOf = ({ secure }: { secure: boolean }): string => (secure ? '__Host-language' : 'language');

/** The language that was chosen in this browser last. */
export function rememberedLanguage(ctx: Pick<Context, 'cookies'>, { settings, words }: Remembering): string | null {
  const chosen = ctx.cookies.get(cookieOf(settings), { signed: false });
  return chosen && words.languages.includes(chosen) ? chosen : null;
}

/** Remembers which language somebody chose. Before the page cache: the page itself is the same for all. */
export function rememberLanguage(house: Remembering): Middleware<State> {
  const { secure, publicUrl } = house.settings;
  const { origin } = new URL(publicUrl);
  return (ctx, next) => {
    const language = firstOf(ctx.path);
    const isThere = ctx.method === 'GET' && house.words.languages.includes(language);
    if (
      isThere &&
      isChosen(ctx, language, { origin, words: house.words }) &&
      rememberedLanguage(ctx, house) !== language
    )
      ctx.cookies.set(cookieOf({ secure }), language, {
        ...{ httpOnly: true, sameSite: 'lax', secure, maxAge: YEAR_MILLISECONDS, signed: false },
      });
    return next();
  };
}

/** Whoever comes to the home of a language, or from the same page in another one, chose it; whoever follows a link of others did not. */
function isChosen(ctx: Context, language: string, { origin, words }: { origin: string; words: Words }): boolean {
  if (ctx.get('Sec-Fetch-Site') === 'cross-site') return false;
  const below = ctx.path.slice(language.length + 1);
  if (below === '') return true;
  const before = URL.parse(ctx.get('Referer'));
  if (before?.origin !== origin) return false;
  const other = firstOf(before.pathname);
  return other !== language && words.languages.includes(other) && before.pathname === `/${other}${below}`;
}

/** Leads from addresses with a variant of a language to the language: `/pt-BR/ideas`, `/PT/ideas`. */
export function leadVariants({ languages }: Words): Middleware<State> {
  return (ctx, next) => {
    const first = firstOf(ctx.path);
    const language = languages.includes(first) ? null : languageOf(first);
    if (!language || !languages.includes(language) || !['GET', 'HEAD'].includes(ctx.method)) return next();
    ctx.redirect(`/${language}${ctx.path.slice(first.length + 1)}${ctx.search}`);
    ctx.status = 301;
    return undefined;
  };
}

const firstOf = (path: string): string => path.split('/', 2)[1] ?? '';
