import { z } from 'zod';

import errors from '../../locales/en/errors.json' with { type: 'json' };
import { InvalidInput, type ErrorCode, type FieldError } from './http/errors.ts';
import type { Params } from './i18n.ts';

// A schema says what is wrong by a key of locales/*/errors.json; `parse` puts the field's name and numbers to it.

/** Every way to end a line, as Word and old systems write it. */
const LINE_ENDS = /\r\n?|[\u000B\u000C\u0085\u2028\u2029]/g;
/** Signs for machines that nobody sees: they come with what is pasted. */
const UNSEEN = /[\u0001-\u0008\u000E-\u001F\u007F]/g;
const DIRECTION_OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g;
/** Something to see: not only spaces, format characters, marks without a letter, and fillers. */
const VISIBLE = /[^\p{Z}\p{Cc}\p{Cf}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u;

interface TextLimits {
  max: number;
  required?: string;
  multiline?: boolean;
}

/** What people wrote: NFC, LF, trimmed, without control characters, counted in code points. Refuses NUL and half surrogate pairs. */
export function writtenText({ max, required = 'required', multiline = false }: TextLimits) {
  return z
    .string({ error: (issue) => (issue.input === undefined ? required : 'notText') })
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), { error: 'badCharacters', abort: true })
    .transform((value) => normalise(value, multiline))
    .pipe(
      z
        .string()
        .refine((value) => VISIBLE.test(value), { error: required })
        .refine((value) => countCodePoints(value) <= max, { error: 'tooLong', params: { max } }),
    );
}

/** What may be left out: an empty field means nothing was said. */
export function optionalText(max: number) {
  const isEmpty = (value: unknown) => value === undefined || (typeof value === 'string' && value.trim() === '');
  return z.preprocess((value) => (isEmpty(value) ? null : value), writtenText({ max }).nullable());
}

/** A name shown beside other things: no direction override may turn its surroundings round. */
export function nameText(max: number) {
  return writtenText({ max }).refine((value) => withoutOverrides(value) === value, { error: 'badCharacters' });
}

/** A text for places that have no element of their own to isolate it: the title of a window, a sentence in a mail. */
export const withoutOverrides = (text: string): string => text.replaceAll(DIRECTION_OVERRIDES, '');

/** The value as the schema makes it. Throws InvalidInput with one error a field, after those that are known `already`. */
export function parse<S extends z.ZodType>(
  schema: S,
  value: unknown,
  already: readonly FieldError[] = [],
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success && already.length === 0) return result.data;
  const seen = new Map(already.map((error) => [error.field, error]));
  for (const issue of result.error?.issues ?? []) {
    const error = fieldError(issue);
    if (!seen.has(error.field)) seen.set(error.field, error);
  }
  throw new InvalidInput([...seen.values()]);
}

/** Emoji and letters outside the first plane count once; a long text is not spread into an array for it. */
function countCodePoints(value: string): number {
  let count = 0;
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit < 0xdc00 || unit > 0xdfff) count++;
  }
  return count;
}

function normalise(value: string, multiline: boolean): string {
  const text = value.normalize('NFC').replace(LINE_ENDS, '\n').replace(UNSEEN, '').trim();
  return multiline ? text : text.replace(/\s+/g, ' ');
}

function fieldError(issue: z.core.$ZodIssue): FieldError {
  const key = errorKeyOf(issue.message) ?? 'errors:invalidField';
  return { field: issue.path.map(String).join('.') || 'body', key, params: paramsOf(issue) };
}

/** The key of what a schema or `codeOf` calls by its code; null where that is no code. */
export const errorKeyOf = (code: string) => (isErrorKey(code) ? (`errors:${code}` as const) : null);

/** A schema's other messages, in its own words, are of no use to people. */
const isErrorKey = (message: string): message is ErrorCode => message in errors;

function paramsOf(issue: z.core.$ZodIssue): Params {
  const params: unknown = 'params' in issue ? issue.params : undefined;
  if (typeof params !== 'object' || params === null || !('max' in params)) return {};
  return typeof params.max === 'number' ? { max: params.max } : {};
}
