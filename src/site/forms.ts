import { HttpError, InvalidInput, type FieldError } from '../platform/http/errors.ts';
import type { FormState } from './forms.views.ts';

/** What is said at a form, what has no field of its own at `first`; null for what is a page of its own. */
function formErrors(error: unknown, first: string): readonly FieldError[] | null {
  if (error instanceof InvalidInput) return error.fields;
  if (error instanceof HttpError && [409, 412, 429].includes(error.status))
    return [{ field: first, key: error.key, params: error.params }];
  return null;
}

export interface Refused {
  form: FormState;
  status: number;
  headers: Record<string, string>;
}

/** The form as it is shown again, with everything that was typed, when something was refused. Throws on what no form can mend. */
export function refused(error: unknown, fields: Record<string, string>, first: string): Refused {
  const errors = formErrors(error, first);
  if (!errors || !(error instanceof HttpError)) throw error;
  const { status, headers } = error;
  return { form: { values: status === 409 ? withoutKey(fields) : fields, errors }, status, headers };
}

/** A key that was used for other words would refuse these for ever: the form gets a new one. */
function withoutKey({ key: _used, ...fields }: Record<string, string>): Record<string, string> {
  return fields;
}
