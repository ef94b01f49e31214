import type { Middleware } from 'koa';

import type { Database } from '../../platform/db/database.ts';
import type { Context, State } from '../../platform/http/context.ts';
import { signInFirst } from '../../platform/http/errors.ts';
import type { Person } from '../../platform/person.ts';

/** A fresh entity manager for each request. */
export function lendEm(database: Database): Middleware<State> {
  return (ctx, next) => {
    ctx.state.em = database.em();
    return next();
  };
}

/** The person who asks. Throws 401 with the way to sign in. */
export function personOf(ctx: Context): Person {
  if (!ctx.state.person) throw signInFirst();
  return ctx.state.person;
}

/** One value of a query parameter: given twice or as a list, it counts as not given. */
export function queryOf(ctx: Context, name: string): string | undefined {
  const value = ctx.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A path of ours, for "back to where you were"; anything else becomes `otherwise`. */
export function localPath(path: string | undefined, otherwise: string): string {
  return path && /^\/(?![/\\])[^\s\\\u0000-\u001F]*$/.test(path) ? path : otherwise;
}
