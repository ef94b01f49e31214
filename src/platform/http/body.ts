import { bodyParser } from '@koa/bodyparser';
import type { Middleware } from 'koa';

import { HttpError } from './errors.ts';

/** A report of 10,000 characters with three new ideas of 5,000: of four bytes, three times over for percent signs, and room for the other fields. */
const BODY_BYTES = 320 * 1024;

/** Reads forms and JSON into `ctx.request.body`. Answers 413 before reading what says it is too long, and while reading what does not. */
export function readBody(): Middleware {
  const parser = bodyParser({
    enableTypes: ['json', 'form'],
    jsonLimit: BODY_BYTES,
    formLimit: BODY_BYTES,
    encoding: 'utf-8',
    onError: (error) => {
      throw asHttpError(error);
    },
  });
  return async (ctx, next) => {
    if (ctx.method === 'GET' || ctx.method === 'HEAD') return next();
    if (Number(ctx.get('Content-Length') || 0) > BODY_BYTES) throw tooLarge();
    await parser(ctx, async () => {
      if (isDamaged(ctx.request.rawBody ?? '', ctx.is('json') !== 'json')) throw new HttpError(400, 'errors:malformed');
      await next();
    });
  };
}

/** Bytes that are no UTF-8 have become U+FFFD by now, or do not decode: refused, never stored as something else. */
function isDamaged(raw: string, isForm: boolean): boolean {
  if (raw.includes('\uFFFD')) return true;
  try {
    if (isForm) decodeURIComponent(raw);
    return false;
  } catch {
    return true;
  }
}

/** The rest of the body is not waited for. */
const tooLarge = (): HttpError => new HttpError(413, 'errors:tooLarge', { headers: { Connection: 'close' } });

function asHttpError(error: Error): HttpError {
  const type = 'type' in error ? error.type : undefined;
  const status = 'status' in error ? error.status : undefined;
  if (type === 'entity.too.large' || status === 413) return tooLarge();
  return new HttpError(400, 'errors:malformed');
}

/** What was ticked under one name: nothing, one value or several. */
export function listOf(body: unknown, name: string): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1] ?? [];
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
}

/** The fields of a form as text; a value that is not text counts as not given, so that a page can show it again. */
export function fieldsOf(body: unknown): Record<string, string> {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
