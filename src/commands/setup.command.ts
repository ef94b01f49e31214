import { parseArgs } from 'node:util';

import { parse } from '../platform/input.ts';
import type { Operator } from '../services/house/command.ts';
import { freeHandle } from '../services/people/handles.ts';
import { addPerson, findPersonByEmail, grantRole } from '../services/people/people.ts';
import { createLink, emailInput } from '../services/people/sign-in.ts';
import type { Em } from '../platform/db/database.ts';
import { migrate } from '../platform/db/migrate.ts';
import { loadWords } from '../platform/i18n.ts';
import { createThemes } from '../kinds/spaces/spaces.ts';

/** Tables, the nine themes and "other", the first administrator. Safe to repeat. */
export async function setUp(words: readonly string[], { withDatabase }: Operator): Promise<number> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      email: { type: 'string' },
      name: { type: 'string', default: 'Administrator' },
      language: { type: 'string', default: 'en' },
    },
  });
  if (!values.email) throw new Error('setup needs --email, the address of the first administrator.');
  const { email } = parse(emailInput, { email: values.email });
  return withDatabase(async (database, settings) => {
    await migrate(database);
    const { languages } = await loadWords();
    const em = database.em();
    console.log(`Themes created: ${await createThemes(em, languages)}`);
    await makeAdministrator(em, { email, name: values.name, language: values.language });
    console.log(`Administrator: ${email}`);
    if (!settings.engines.includes('bergamot'))
      console.log('Translation of 22 languages on this machine: npm run polyphony -- engine install bergamot');
    if (!settings.smtpUrl) {
      const token = await createLink(em, { email, language: values.language });
      console.log(
        `There is no SMTP_URL, so here is the link to sign in (once, for ten minutes):\n${settings.publicUrl}/${values.language}/sign-in/${token}`,
      );
    }
    return 0;
  });
}

async function makeAdministrator(
  em: Em,
  { email, name, language }: { email: string; name: string; language: string },
): Promise<void> {
  const known = await findPersonByEmail(em, email);
  const id =
    known?.id ??
    (await addPerson(em, { email, name, handle: await freeHandle(em, name), interfaceLanguage: language }));
  await grantRole(em, id, 'administrator');
}
