import type { Key } from '#locales/keys.ts';
import type { Params } from '../i18n.ts';

type ErrorKey = Extract<Key, `errors:${string}`>;
type CodeOf<K> = K extends `errors:${infer Code}` ? Code : never;
/** As it stands in problem documents, and as a schema says it. */
export type ErrorCode = CodeOf<ErrorKey>;

/** What the person should see: thrown anywhere, turned by one middleware into a page in their language or a problem document. */
export class HttpError extends Error {
  readonly status: number;
  readonly key: ErrorKey;
  readonly params: Params;
  readonly headers: Record<string, string>;
  /** More fields for the problem document. */
  readonly details: Record<string, unknown>;

  constructor(
    status: number,
    key: ErrorKey,
    more: { params?: Params; headers?: Record<string, string>; details?: Record<string, unknown> } = {},
  ) {
    super(key);
    this.name = 'HttpError';
    this.status = status;
    this.key = key;
    this.params = more.params ?? {};
    this.headers = more.headers ?? {};
    this.details = more.details ?? {};
  }
}

export const notFound = () => new HttpError(404, 'errors:notFound');
export const forbidden = () => new HttpError(403, 'errors:forbidden');
export const signInFirst = () =>
  new HttpError(401, 'errors:signInFirst', { headers: { 'WWW-Authenticate': 'Bearer' } });

/** One wrong field of a form or of a JSON body. `message` is a key with its numbers. */
export interface FieldError {
  field: string;
  key: ErrorKey;
  params: Params;
}

/** Input that cannot be taken as it is. Nothing was stored. */
export class InvalidInput extends HttpError {
  readonly fields: readonly FieldError[];

  constructor(fields: readonly FieldError[]) {
    super(422, 'errors:invalid');
    this.name = 'InvalidInput';
    this.fields = fields;
  }
}

/** `code` as it stands in problem documents: the key without its namespace. */
export const codeOf = (key: ErrorKey): string => key.slice('errors:'.length);
