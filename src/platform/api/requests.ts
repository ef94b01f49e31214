import { HttpError, InvalidInput } from '../http/errors.ts';
import type { Call } from './api.ts';
import { parseListCursor } from './cursors.ts';

// What calls bring in the same way everywhere: an id, a key against doubles, the version they change, a place in a list.

export const idOf = ({ params }: Call): string => params['id'] ?? '';

export const slugOf = ({ params }: Call): string => params['slug'] ?? '';

/** Undefined when the call is repeated at its own risk. */
export function keyOf({ ctx }: Call): { name: string; isForm: false } | undefined {
  const key = ctx.get('Idempotency-Key');
  if (key.length > 200)
    throw new InvalidInput([{ field: 'Idempotency-Key', key: 'errors:tooLong', params: { max: 200 } }]);
  return key ? { name: key, isForm: false } : undefined;
}

/** `"3"` or an ETag of ours, which begins with the version. Throws 428 without one. */
export function matchedVersion({ ctx }: Call): number {
  const header = ctx.get('If-Match');
  if (!header) throw new HttpError(428, 'errors:preconditionRequired');
  const [, version] = /^(?:W\/)?"?(\d{1,9})[."]?/.exec(header) ?? [];
  return version ? Number(version) : 0;
}

/** Where a list goes on. Throws 422 for a cursor that Polyphony did not make. */
export function afterOf(cursor: string | undefined): { at: string; id: string } | undefined {
  const after = cursor === undefined ? undefined : parseListCursor(cursor);
  if (after === null) throw new InvalidInput([{ field: 'cursor', key: 'errors:badCursor', params: {} }]);
  return after;
}
