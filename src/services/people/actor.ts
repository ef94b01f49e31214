import type { Middleware } from 'koa';

import type { State } from '../../platform/http/context.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { findActorByToken } from './people.ts';

/** Finds out who asks: by bearer token or by session. A wrong token is refused; a session that has ended is simply nobody. */
export function actAs(): Middleware<State> {
  return async (ctx, next) => {
    const [, token] = /^Bearer ([\w-]{20,100})$/.exec(ctx.get('Authorization')) ?? [];
    if (ctx.get('Authorization') && !token)
      throw new HttpError(401, 'errors:signInFirst', { headers: { 'WWW-Authenticate': 'Bearer' } });
    ctx.state.person = token ? await findActorByToken(ctx.state.em, token) : bySession();
    if (token && !ctx.state.person)
      throw new HttpError(401, 'errors:signInFirst', {
        headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
      });
    return next();

    /** The store of the sessions has found them already. */
    function bySession() {
      return ctx.session?.['personId'] ? ctx.state.person : null;
    }
  };
}
