import { randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';
import { z } from 'zod';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { transaction } from '../../platform/db/guard.ts';
import { nameText } from '../../platform/input.ts';
import type { Person as Actor, RoleName } from '../../platform/person.ts';
import { admit } from '../subjects/gate.ts';
import { authorOf, type Author } from './author.ts';
import { takeHandle } from './handles.ts';
import { refuseFalseNames } from './names.ts';
import { personActs } from './people.policy.ts';
import { ApiToken, Person, Role, Session, SignInLink } from './person.entity.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';

export const NAME_CHARACTERS = 80;
export const handleInput = z
  .string({ error: 'handle' })
  .transform((value) => value.trim().toLowerCase().replace(/^@/, ''))
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9-]{1,28}[a-z0-9]$/, { error: 'handle' }));

export const profileInput = z.object({
  name: nameText(NAME_CHARACTERS),
  interfaceLanguage: z.string({ error: 'language' }),
  textsLanguage: z.string().nullable(),
  reads: z.array(z.string()).max(30),
  showsFirst: z.enum(['translation', 'original']).nullable(),
  showsSupport: z.boolean(),
});

export interface NewPerson {
  email: string;
  name: string;
  handle: string;
  interfaceLanguage: string;
  textsLanguage?: string | null;
  /** Without them: the language of the pages alone. */
  reads?: readonly string[];
}

/** Stores somebody new. Throws InvalidInput when the handle is taken, reserved, or was somebody's once. */
export async function addPerson(em: Em, person: NewPerson): Promise<string> {
  const { handle, interfaceLanguage, textsLanguage = null } = person;
  const id = randomUUIDv7();
  const reads = [...(person.reads ?? [interfaceLanguage])];
  await transaction(em, async (inner) => {
    await takeHandle(inner, handle);
    await tables(inner, Person)
      .insertInto('person')
      .values({ ...person, id, textsLanguage, reads, createdAt: new Date() })
      .execute();
  });
  return id;
}

/** Joins by a link in a mail. Somebody who has joined by another link to the same mailbox meanwhile is that person already. */
export async function join(em: Em, person: NewPerson): Promise<string> {
  return transaction(em, async (inner) => {
    await rows(inner, sql`select pg_advisory_xact_lock(hashtextextended(${person.email}, 0))`);
    const known = await findPersonByEmail(inner, person.email);
    if (known) return known.id;
    await refuseFalseNames(inner, person.name, null);
    return addPerson(inner, person);
  });
}

/** Gives a role; a second time changes nothing. */
export async function grantRole(
  em: Em,
  personId: string,
  name: RoleName,
  spaceId: string | null = null,
): Promise<void> {
  await tables(em, Role)
    .insertInto('role')
    .values({ id: randomUUIDv7(), personId, name, spaceId })
    .onConflict((conflict) => conflict.columns(['personId', 'name', 'spaceId']).doNothing())
    .execute();
}

/** A new API token; it can only be read now. */
export async function createApiToken(em: Em, personId: string, { unlimited = false } = {}): Promise<string> {
  const token = newToken();
  await tables(em, ApiToken)
    .insertInto('api_token')
    .values({ id: hashToken(token), personId, unlimited, createdAt: new Date() })
    .execute();
  return token;
}

/** Changes what a person told about themselves. */
export async function updateProfile(em: Em, person: Actor, profile: z.output<typeof profileInput>): Promise<void> {
  await admit(em, person, { act: personActs.changeProfile });
  if (profile.name !== person.name) await refuseFalseNames(em, profile.name, person.id);
  await tables(em, Person).updateTable('person').set(profile).where('id', '=', person.id).execute();
}

/** In which language texts come to this person; null for that of the page. */
export async function chooseTextsLanguage(em: Em, person: Actor, language: string | null): Promise<void> {
  await admit(em, person, { act: personActs.changeProfile });
  await tables(em, Person).updateTable('person').set({ textsLanguage: language }).where('id', '=', person.id).execute();
}

export async function findPersonByEmail(em: Em, email: string): Promise<{ id: string } | null> {
  const found = await tables(em, Person)
    .selectFrom('person')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirst();
  return found ?? null;
}

/** One column, not nine: every page asks for it, and the driver spends more on columns than on what is in them. */
const ACTOR = sql`json_build_object('id', p.id, 'handle', p.handle, 'name', p.name, 'interfaceLanguage', p.interface_language, 'textsLanguage', p.texts_language, 'reads', p.reads,
  'showsFirst', p.shows_first, 'showsSupport', p.shows_support,
  'roles', coalesce((select json_agg(json_build_object('name', r.name, 'spaceId', r.space_id)) from role r where r.person_id = p.id), '[]'))`;

/** Not gone, and not kept out. */
const IS_IN = sql`p.erased_at is null and p.blocked_at is null`;

/** Who somebody is today; null when they were erased or blocked. */
export async function findActor(em: Em, id: string): Promise<Actor | null> {
  const found = await row(
    em,
    sql<{
      person: Omit<Actor, 'unlimited'>;
    }>`select ${ACTOR} as person from person p where p.id = ${id} and ${IS_IN}`,
  );
  return found && { ...found.person, unlimited: false };
}

/** Who has this token, or null: unknown, revoked, or its person erased or blocked. */
export async function findActorByToken(em: Em, token: string): Promise<Actor | null> {
  const found = await row(
    em,
    sql<{ person: Omit<Actor, 'unlimited'>; unlimited: boolean }>`
      select ${ACTOR} as person, t.unlimited from api_token t join person p on p.id = t.person_id
      where t.id = ${hashToken(token)} and t.revoked_at is null and ${IS_IN}`,
  );
  return found && { ...found.person, unlimited: found.unlimited };
}

/** A session ends three months after the sign-in, however often it is used; that of somebody with a role after half a day without a visit. */
const IS_OPEN = sql`s.expires_at > now() and s.created_at > now() - interval '90 days'
  and (s.seen_at > now() - interval '12 hours' or not exists (select 1 from role r where r.person_id = s.person_id))`;

export interface FoundSession {
  data: Record<string, unknown>;
  /** The last visit was a while ago. */
  isIdle: boolean;
  /** As they are today: a role given or taken counts at once. Null when nobody is signed in, or was erased. */
  person: Actor | null;
}

/** What is kept under the key in somebody's cookie, and who they are, in one go: every page of theirs asks. Null when it has ended. */
export async function findSession(em: Em, key: string): Promise<FoundSession | null> {
  const found = await row(
    em,
    sql<{ data: Record<string, unknown>; isIdle: boolean; person: Omit<Actor, 'unlimited'> | null }>`
      select s.data, s.seen_at < now() - interval '10 minutes' as "isIdle", case when p.id is not null then ${ACTOR} end as person
      from session s left join person p on p.id = s.person_id and ${IS_IN}
      where s.id = ${hashToken(key)} and ${IS_OPEN}`,
  );
  return found && { ...found, person: found.person && { ...found.person, unlimited: false } };
}

/** Who they are today, by `session:<hash>` or `token:<hash>`; whose session has ended or whose token was revoked is left out. */
export async function findActors(em: Em, by: readonly string[]): Promise<ReadonlyMap<string, Actor>> {
  const of = (prefix: string) => by.flatMap((each) => (each.startsWith(prefix) ? [each.slice(prefix.length)] : []));
  const found = await rows(
    em,
    sql<{ by: string; person: Omit<Actor, 'unlimited'>; unlimited: boolean }>`
      select 'session:' || s.id as by, ${ACTOR} as person, false as unlimited from session s join person p on p.id = s.person_id
      where s.id = any(${of('session:')}::text[]) and ${IS_OPEN} and ${IS_IN}
      union all
      select 'token:' || t.id, ${ACTOR}, t.unlimited from api_token t join person p on p.id = t.person_id
      where t.id = any(${of('token:')}::text[]) and t.revoked_at is null and ${IS_IN}`,
  );
  return new Map(found.map(({ by: each, person, unlimited }) => [each, { ...person, unlimited }]));
}

/** Notes a visit, once in a while: to the minute nobody needs it. */
export async function seeSession(em: Em, key: string): Promise<void> {
  await rows(
    em,
    sql`update session set seen_at = now() where id = ${hashToken(key)} and seen_at < now() - interval '10 minutes'`,
  );
}

/** What everybody may see of a person: name, handle and office, and their address on another server, if that is their home. */
export async function findProfile(em: Em, handle: string): Promise<(Author & { home: string | null }) | null> {
  const found = await row(
    em,
    sql<{
      author: Author | null;
      home: string | null;
    }>`select ${authorOf('p')} as author, p.uri as home from person p where p.handle = ${handle} and p.erased_at is null`,
  );
  return found?.author ? { ...found.author, home: found.home } : null;
}

/** Ends every way in that a person has open, on all devices. */
export async function endSessions(em: Em, person: Actor): Promise<void> {
  await admit(em, person, { act: personActs.endSessions });
  await closeAllDoors(em, person.id);
}

/** Sessions, those of somebody who opened a link and gave no name yet, links in mails, and tokens of programs. */
export async function closeAllDoors(em: Em, personId: string): Promise<void> {
  await transaction(em, async (inner) => {
    const mail = tables(inner, Person).selectFrom('person').select('email').where('id', '=', personId);
    const { email = null } = (await mail.executeTakeFirst()) ?? {};
    await tables(inner, Session).deleteFrom('session').where('personId', '=', personId).execute();
    if (email !== null) {
      await rows(inner, sql`delete from session where person_id is null and data->>'email' = ${email}`);
      const links = tables(inner, SignInLink).updateTable('sign_in_link').set({ usedAt: now });
      await links.where('email', '=', email).where('usedAt', 'is', null).execute();
    }
    const tokens = tables(inner, ApiToken).updateTable('api_token').set({ revokedAt: now });
    await tokens.where('personId', '=', personId).where('revokedAt', 'is', null).execute();
  });
}
