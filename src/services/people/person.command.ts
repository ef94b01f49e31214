import { parseArgs } from 'node:util';

import { z } from 'zod';

import { isBehind } from '../../platform/db/migrate.ts';
import { tables } from '../../platform/db/tables.ts';
import { transaction } from '../../platform/db/guard.ts';
import { nameText, parse } from '../../platform/input.ts';
import { ROLES } from '../../platform/person.ts';
import type { Operator } from '../house/command.ts';
import { addPerson, closeAllDoors, createApiToken, findPersonByEmail, grantRole, NAME_CHARACTERS } from './people.ts';
import { freeHandle } from './handles.ts';
import { Person } from './person.entity.ts';
import { emailInput } from './sign-in.ts';

const rolesInput = z.array(z.enum([...ROLES, 'citizen']));

const CREATE = 'person create --name … --email … [--role …] [--language en] [--token] [--unlimited]';
const SIGN_OUT = 'person sign-out --email …';

/** `person create` and `person sign-out`. */
export async function person([verb, ...words]: readonly string[], operator: Operator): Promise<number> {
  if (verb === 'create') return createPerson(words, operator);
  if (verb === 'sign-out') return signOut(words, operator);
  throw new Error(`The command is: ${CREATE}, or: ${SIGN_OUT}`);
}

/** `person sign-out`: ends all sessions of somebody, links in their mails and tokens of their programs. */
async function signOut(words: readonly string[], { withDatabase }: Operator): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { email: { type: 'string' } } });
  const { email } = check('--email', () => parse(emailInput, values));
  return withDatabase(async (database) => {
    const found = await findPersonByEmail(database.em(), email);
    if (!found) throw new Error(`Nobody here has the address ${email}.`);
    await closeAllDoors(database.em(), found.id);
    console.log('Signed out everywhere: sessions, links in mails, tokens.');
    return 0;
  });
}

/** `person create`: somebody new, or more roles and a token for somebody known. With `--token` the last line is the token alone. */
async function createPerson(words: readonly string[], { withDatabase }: Operator): Promise<number> {
  const options = {
    name: { type: 'string' },
    email: { type: 'string' },
    role: { type: 'string', multiple: true, default: [] as string[] },
    language: { type: 'string', default: 'en' },
    token: { type: 'boolean', default: false },
    unlimited: { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ args: [...words], options });
  if (!values.name || !values.email) throw new Error('person create needs --name and --email.');
  const name = check('--name', () => parse(nameText(NAME_CHARACTERS), values.name));
  const { email } = check('--email', () => parse(emailInput, { email: values.email }));
  const roles = check('--role', () => rolesInput.parse(values.role.flatMap((each) => each.split(','))));

  const { handle, token } = await withDatabase(async (database) => {
    if (await isBehind(database)) throw new Error('There are no tables yet. Run first: npm run polyphony -- setup');
    return transaction(database.em(), async (em) => {
      const known = await findPersonByEmail(em, email);
      const id =
        known?.id ??
        (await addPerson(em, { email, name, handle: await freeHandle(em, name), interfaceLanguage: values.language }));
      for (const role of roles) if (role !== 'citizen') await grantRole(em, id, role);
      const found = await tables(em, Person)
        .selectFrom('person')
        .select('handle')
        .where('id', '=', id)
        .executeTakeFirst();
      return {
        handle: found?.handle,
        token: values.token ? await createApiToken(em, id, { unlimited: values.unlimited }) : null,
      };
    });
  });
  console.log(`${name} is @${handle}${roles.length > 0 ? `, ${roles.join(', ')}` : ''}.`);
  if (token) console.log(token);
  return 0;
}

function check<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new Error(`${option} is not right.`);
  }
}
