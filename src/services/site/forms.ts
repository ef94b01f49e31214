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
  /** What is saved now, by the names of the fields, `version` among them: shown beside what was typed when somebody was faster. */
  saved?(): Promise<Record<string, string>>;
  /** The form once more. */
  show(form: FormState, status: number): Promise<void>;
}

/** Does the work of a form; when something is refused, shows it again with everything that was typed. Throws on what no form can mend. */
export async function keepingFields(ctx: Context, { fields, first, work, saved, show }: Refusable): Promise<void> {
  try {
    await work();
  } catch (error) {
    const errors = formErrors(error, first);
    if (!errors || !(error instanceof HttpError)) throw error;
    ctx.set(error.headers);
    if (error.status === 412 && saved) return show(besides(fields, await saved(), errors), 412);
    await show({ values: error.status === 409 ? withoutKey(fields) : fields, errors }, error.status);
  }
}

/** A text of many pages is compared in its history. */
const SAVED_CHARACTERS = 300;

/** The form with what was saved meanwhile under each field that differs; sending it again puts these words in its place. */
function besides(
  fields: Record<string, string>,
  { version = '', ...saved }: Record<string, string>,
  otherwise: readonly FieldError[],
): FormState {
  const errors = Object.entries(saved)
    .filter(([name, value]) => value !== (fields[name] ?? ''))
    .map(([field, value]): FieldError => ({
      field,
      key: value === '' ? 'errors:emptiedMeanwhile' : 'errors:savedMeanwhile',
      params: { value: value.length > SAVED_CHARACTERS ? `${value.slice(0, SAVED_CHARACTERS)}…` : value },
    }));
  return { values: { ...fields, version }, errors: errors.length > 0 ? errors : otherwise };
}

/** A key that was used for other words would refuse these for ever: the form gets a new one. */
function withoutKey({ key: _used, ...fields }: Record<string, string>): Record<string, string> {
  return fields;
}
