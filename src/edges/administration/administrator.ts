import type { Context } from '../../platform/http/context.ts';
import { forbidden } from '../../platform/http/errors.ts';
import { hasRole, type Person } from '../../platform/person.ts';
import { personOf } from '../../services/site/requests.ts';

/** The administrator who asks. Throws 401 with the way to sign in, and 403 for everybody else. */
export function administratorOf(ctx: Context): Person {
  const person = personOf(ctx);
  if (!hasRole(person, 'administrator')) throw forbidden();
  return person;
}
