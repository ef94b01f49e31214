import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { HttpError, notFound } from '../../platform/http/errors.ts';
import type { Person as Actor, RoleName } from '../../platform/person.ts';
import { admit } from '../subjects/gate.ts';
import { closeAllDoors, grantRole } from './people.ts';
import { personActs } from './people.policy.ts';
import { Person, Role } from './person.entity.ts';

// What administrators decide about people. Rights are looked up with every request and every two seconds for sockets: it holds at once.

const FOUND = 20;
const SEARCH_CHARACTERS = 200;

export interface Account {
  id: string;
  handle: string;
  name: string;
  blockedAt: Date | null;
  roles: { id: string; name: RoleName; spaceId: string | null }[];
}

const ACCOUNT = sql<Account>`p.id, p.handle, p.name, p.blocked_at as "blockedAt", coalesce((
    select json_agg(json_build_object('id', r.id, 'name', r.name, 'spaceId', r.space_id) order by r.name, r.space_id)
    from role r where r.person_id = p.id), '[]') as roles`;

/** People by a part of their name or handle, or by their whole address; without a word those who have a role. */
export async function findAccounts(em: Em, by: Actor, asked: string): Promise<Account[]> {
  await admit(em, by, { act: personActs.look });
  const word = asked.trim().slice(0, SEARCH_CHARACTERS).toLowerCase();
  const like = `%${word.replace(/^@/, '').replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const isOne = word
    ? sql`(p.handle like ${like} or lower(p.name) like ${like} or p.email = ${word})`
    : sql`exists (select 1 from role r where r.person_id = p.id)`;
  return rows(
    em,
    sql<Account>`select ${ACCOUNT} from person p where p.erased_at is null and p.handle is not null and ${isOne} order by p.handle limit ${FOUND}`,
  );
}

/** Throws 404. */
export async function findAccount(em: Em, by: Actor, handle: string): Promise<Account> {
  await admit(em, by, { act: personActs.look });
  const found = await row(
    em,
    sql<Account>`select ${ACCOUNT} from person p where p.handle = ${handle} and p.erased_at is null`,
  );
  if (!found) throw notFound();
  return found;
}

/** Gives a role, in one space or everywhere. */
export async function giveRole(
  em: Em,
  by: Actor,
  { id, name, spaceId }: { id: string; name: RoleName; spaceId: string | null },
): Promise<void> {
  await admit(em, by, { act: personActs.grant });
  await grantRole(em, id, name, spaceId);
}

/** Takes a role away; it is gone with the next request. Throws 409 for one's own office of administrator. */
export async function takeRole(em: Em, by: Actor, { id, roleId }: { id: string; roleId: string }): Promise<void> {
  await admit(em, by, { act: personActs.grant });
  const own = id === by.id ? sql`name <> 'administrator'` : sql`true`;
  const taken = await rows(
    em,
    sql`delete from role where id::text = ${roleId} and person_id = ${id} and ${own} returning id`,
  );
  if (taken.length === 0) throw new HttpError(409, 'errors:roleNotTaken');
}

/** Keeps somebody out and ends every way in that they have open. What they wrote stays. Throws 409 for oneself. */
export async function block(em: Em, by: Actor, id: string): Promise<void> {
  await admit(em, by, { act: personActs.block });
  if (id === by.id) throw new HttpError(409, 'errors:notYourself');
  await transaction(em, async (inner) => {
    await tables(inner, Person).updateTable('person').set({ blockedAt: now }).where('id', '=', id).execute();
    await tables(inner, Role).deleteFrom('role').where('personId', '=', id).execute();
    await closeAllDoors(inner, id);
  });
}

/** Lets somebody in again, without the roles they had. */
export async function unblock(em: Em, by: Actor, id: string): Promise<void> {
  await admit(em, by, { act: personActs.block });
  await tables(em, Person).updateTable('person').set({ blockedAt: null }).where('id', '=', id).execute();
}

export async function isBlocked(em: Em, id: string): Promise<boolean> {
  return (await row(em, sql`select 1 from person where id = ${id} and blocked_at is not null`)) !== null;
}
