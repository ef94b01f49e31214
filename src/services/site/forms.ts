import type { Context } from '../../platform/http/context.ts';
import { HttpError, InvalidInput, type FieldError } from '../../platform/http/errors.ts';
import type { FormState } from './forms.views.ts';

/** What is said at a form, with errors of no field at `first`; null for an error that is a page of its own. */
function formErrors(error: unknown, first: string): readonly FieldError[] | null {
  if (error instanceof InvalidInput) return error.fields;
  if (error instanceof HttpError && [409, 412, 429].includes(error.status))
    return [{ field: first, key: error.key, params: error.params }];
  return null;
}

interface Refusable {
  /** What was typed. */
  fields: Record<string, string>;
  /** Where to say what belongs to no field. */
  first: string;
  work(): Promise<void>;
  /** The form once more. */
  show(form: FormState, status: number): Promise<void>;
}

/** Does the work of a form; when something is refused, shows it again with everything that was typed. Throws on what no form can mend. */
export async function keepingFields(ctx: Context, { fields, first, work, show }: Refusable): Promise<void> {
  try {
    await work();
  } catch (error) {
    const errors = formErrors(error, first);
    if (!errors || !(error instanceof HttpError)) throw error;
    ctx.set(error.headers);
    await show({ values: error.status === 409 ? withoutKey(fields) : fields, errors }, error.status);
  }
}

/** A key that was used for other words would refuse these for ever: the form gets a new one. */
function withoutKey({ key: _used, ...fields }: Record<string, string>): Record<string, string> {
  return fields;
}
