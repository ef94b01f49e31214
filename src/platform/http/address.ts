import type { Middleware } from 'koa';

import { HttpError } from './errors.ts';

/** No address of ours holds a NUL, and PostgreSQL could not even look for it. */
export function refuseNul(): Middleware {
  return (ctx, next) => {
    if (ctx.url.includes('%00')) throw new HttpError(400, 'errors:malformed');
    return next();
  };
}
