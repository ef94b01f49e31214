import type { Middleware } from 'koa';

import { HttpError } from './errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses unsafe requests that another site made a browser send. `Sec-Fetch-Site` decides where the browser sends it, else `Origin`;
 * with neither, nobody can tell, so it is refused. A bearer token without a cookie cannot be sent by a foreign page.
 */
export function sameOrigin(publicUrl: string): Middleware {
  return async (ctx, next) => {
    if (!SAFE.has(ctx.method) && !isToken() && !isOurs()) throw new HttpError(403, 'errors:foreignOrigin');
    return next();

    function isToken(): boolean {
      return ctx.get('Authorization').startsWith('Bearer ') && ctx.get('Cookie') === '';
    }

    function isOurs(): boolean {
      const site = ctx.get('Sec-Fetch-Site');
      if (site) return site === 'same-origin';
      return ctx.get('Origin') === publicUrl;
    }
  };
}
