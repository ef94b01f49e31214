import type { Middleware } from 'koa';

import type { State } from '../../platform/http/context.ts';
import { HttpError } from '../../platform/http/errors.ts';

/**
 * Every parameter that an address of a page may have. What is not here is taken out before anybody reads it: no link repeats it, and no
 * page is kept twice because of it.
 */
export const PARAMETERS = [
  ...[
    'added',
    'before',
    'commentPage',
    'comments',
    'country',
    'done',
    'flagged',
    'from',
    'host',
    'kind',
    'labels',
    'language',
    'mode',
    'page',
    'posted',
  ],
  ...[
    'reason',
    'removed',
    'replaced',
    'replies',
    'saved',
    'sent',
    'separator',
    'space',
    'state',
    'texts',
    'theme',
    'to',
    'view',
    'week',
    'when',
    'who',
    'words',
  ],
] as const;
export type Parameter = (typeof PARAMETERS)[number];

const known: ReadonlySet<string> = new Set(PARAMETERS);

/** No address of ours comes near: with it `a&` seven thousand times costs a second to read. */
const CHARACTERS = 2_048;
const PARTS = 50;

/** Leaves of the address of a page what it may have. One that is too long loses its query before anything reads it, and is refused. */
export function tidyQuery(languages: readonly string[]): Middleware<State> {
  const isPage = new RegExp(`^/(?:${languages.join('|')})?(?:/|$)`);
  return (ctx, next) => {
    const [path, query] = split(ctx.req.url ?? '/');
    if (query === undefined) return next();
    if (query.length > CHARACTERS || query.split('&').length > PARTS) {
      ctx.req.url = path;
      ctx.state.isTooLong = true;
    } else if (isPage.test(path)) ctx.req.url = `${path}${knownOf(query)}`;
    return next();
  };
}

/** 414 for what `tidyQuery` found too long, once there is a page to say it on. */
export function refuseTooLong(): Middleware<State> {
  return (ctx, next) => {
    if (ctx.state.isTooLong) throw new HttpError(414, 'errors:addressTooLong');
    return next();
  };
}

function split(url: string): [path: string, query?: string] {
  const at = url.indexOf('?');
  return at < 0 ? [url] : [url.slice(0, at), url.slice(at + 1)];
}

function knownOf(query: string): string {
  const kept = query.split('&').filter((pair) => known.has(/^[^=]*/.exec(pair)?.[0] ?? ''));
  return kept.length > 0 ? `?${kept.join('&')}` : '';
}
