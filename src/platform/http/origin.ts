import type { Middleware } from 'koa';

import { HttpError } from './errors.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses unsafe requests that another site made a browser send. `Sec-Fetch-Site` and `Origin` both have to say ours where they are sent;
 * with neither, nobody can tell, so it is refused. A bearer token without a cookie cannot be sent by a foreign page, and a program that
 * calls the API with neither token nor cookie has no authority a foreign page could borrow.
 */
export function sameOrigin(publicUrl: string): Middleware {
  return async (ctx, next) => {
    if (!SAFE.has(ctx.method) && !isProgram() && !isOurs()) throw new HttpError(403, 'errors:foreignOrigin');
    return next();

    function isProgram(): boolean {
      if (ctx.get('Cookie') !== '') return false;
      if (ctx.get('Authorization').startsWith('Bearer ')) return true;
      return ctx.path.startsWith('/api/') && ctx.get('Origin') === '' && ctx.get('Sec-Fetch-Site') === '';
    }

    function isOurs(): boolean {
      const [site, origin] = [ctx.get('Sec-Fetch-Site'), ctx.get('Origin')];
      // A page that sends no referrer has the origin `null`, as that of a link in a mail: then the browser's word alone decides.
      if (origin !== '' && origin !== 'null' && origin !== publicUrl) return false;
      return site ? site === 'same-origin' : origin === publicUrl;
    }
  };
}
