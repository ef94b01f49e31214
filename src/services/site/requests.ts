import type { Middleware } from 'koa';

import type { Languages } from '../../platform/languages.ts';
import type { Database } from '../../platform/db/database.ts';
import { whileSomebodyWaits } from '../../platform/db/deadline.ts';
import type { Context, Routed, State } from '../../platform/http/context.ts';
import { notFound, signInFirst } from '../../platform/http/errors.ts';
import type { Person } from '../../platform/person.ts';
import type { Parameter } from './parameters.ts';

/** A fresh entity manager for each request, whose statements do not wait long. */
export function lendEm(database: Database): Middleware<State> {
  return (ctx, next) => {
    ctx.state.em = database.em();
    return whileSomebodyWaits(next);
  };
}

/**
 * Who reads, and texts in which language: what a person has set, else what the address says, else that of the page. The API puts the
 * language it is asked in its place.
 */
export function lendReader(languages: Languages): Middleware<State> {
  return (ctx, next) => {
    const { language, person } = ctx.state;
    if (person?.textsLanguage) ctx.state.carried = null;
    const texts = person?.textsLanguage ?? ctx.state.carried ?? language;
    ctx.state.reader = { languages, language: texts, person };
    return next();
  };
}

/** The person who asks. Throws 401 with the way to sign in. */
export function personOf(ctx: Context): Person {
  if (!ctx.state.person) throw signInFirst();
  return ctx.state.person;
}

/** What the address names; nothing is found by an empty one. */
export function paramOf({ params }: Pick<Routed, 'params'>, name: string): string {
  return params[name] ?? '';
}

/** One value of a query parameter: given twice or as a list, it counts as not given. */
export function queryOf(ctx: Context, name: Parameter): string | undefined {
  const value = ctx.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A query parameter that is one of these; everything else counts as not given. */
export function knownOf<Value extends string>(ctx: Context, name: Parameter, all: readonly Value[]): Value | null {
  const value = queryOf(ctx, name);
  return all.find((each) => each === value) ?? null;
}

/** A whole number in a query parameter; everything else counts as not given. */
export function numberOf(ctx: Context, name: Parameter): number | null {
  const value = queryOf(ctx, name) ?? '';
  return /^\d{1,9}$/.test(value) ? Number(value) : null;
}

/** The number of a page. Throws 404 for anything else, and past the last one. */
export function pageOf(value: string | undefined, last: number): number {
  if (value === undefined) return 1;
  const page = /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (page < 1 || page > last) throw notFound();
  return page;
}

/** After a form: the browser gets the page at `path`, and a reload sends nothing twice. */
export function seeOther(ctx: Context, path: string): void {
  ctx.redirect(path);
  ctx.status = 303;
}

/** Longer ones are none of ours, and would come back in a header. */
const PATH_CHARACTERS = 500;

/** A path of ours, for "back to where you were"; anything else becomes `otherwise`. */
export function localPath(path: string | undefined, otherwise: string): string {
  return path && path.length <= PATH_CHARACTERS && /^\/(?![/\\])[^\s\\\u0000-\u001F]*$/.test(path) ? path : otherwise;
}
