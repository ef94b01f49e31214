import { addPerson, findPersonByEmail, grantRole } from '../services/people/people.ts';
import { createLink } from '../services/people/sign-in.ts';
import type { Em } from '../platform/db/database.ts';
import type { RoleName } from '../platform/person.ts';

const MINUTES = 24 * 60;

/** Whom to sign in as: one person for each role, and a second citizen who reads another language. */
const VISITORS: { role: RoleName | 'citizen'; name: string; handle: string; language: string }[] = [
  { role: 'citizen', name: 'Lucía Vidal', handle: 'lucia-vidal', language: 'es' },
  { role: 'citizen', name: 'João Matos', handle: 'joao-matos', language: 'pt' },
  { role: 'organizer', name: 'Giulia Ferri', handle: 'giulia-ferri', language: 'en' },
  { role: 'moderator', name: 'Emma Byrne', handle: 'emma-byrne', language: 'en' },
  { role: 'secretariat', name: 'Yasmin Haddad', handle: 'yasmin-haddad', language: 'ar' },
  { role: 'administrator', name: 'Alex Novak', handle: 'alex-novak', language: 'en' },
];

/** Where work waits for a role. */
const DESKS: Readonly<Record<string, string>> = { moderator: '/moderation' };

export interface SignInLink {
  role: string;
  name: string;
  url: string;
}

export async function createSignInLinks(em: Em, publicUrl: string): Promise<SignInLink[]> {
  const links: SignInLink[] = [];
  for (const { role, name, handle, language } of VISITORS) {
    const email = `${handle}@demo.example`;
    const known = await findPersonByEmail(em, email);
    const id = known?.id ?? (await addPerson(em, { email, name, handle, interfaceLanguage: language }));
    if (role !== 'citizen') await grantRole(em, id, role);
    const token = await createLink(em, {
      email,
      language,
      minutes: MINUTES,
      returnTo: `/${language}${DESKS[role] ?? ''}`,
    });
    links.push({ role, name: `${name} (${language})`, url: `${publicUrl}/${language}/sign-in/${token}` });
  }
  return links;
}
