import type { Context } from '../../platform/http/context.ts';
import type { Person } from '../../platform/person.ts';
import { admit } from '../../services/subjects/gate.ts';
import { administrationActs } from './administration.policy.ts';

/** The administrator who asks. Throws 401 with the way to sign in, and 403 for everybody else. */
export const administratorOf = ({ state: { em, person } }: Context): Promise<Person> =>
  admit(em, person, { act: administrationActs.open });
