import { strict as assert } from 'node:assert';

import { sql, type RawBuilder } from 'kysely';

import { row, type Em } from '../../platform/db/database.ts';
import { forbidden, HttpError, signInFirst } from '../../platform/http/errors.ts';
import { spend } from '../../platform/http/rate.ts';
import { hasRole, ROLES, spacesOf, type Person } from '../../platform/person.ts';
import type { Act, State, Who } from '../house/acts.ts';
import type { Kind, SubjectRow } from '../house/kinds.ts';
import { gone } from './subjects.ts';

/** What the gate knows of a subject. */
export type Standing = Pick<SubjectRow, 'authorId' | 'spaceId' | 'parentId' | 'hidden' | 'withdrawn' | 'closed'>;

/** Where and with what something is to be done. */
export interface About {
  /** Where something new would stand; null for the whole platform. An act on a subject is done in its space. */
  space?: { id: string } | null;
  subject?: Standing;
  /** Of the subject, for acts that not every kind allows. */
  kind?: Kind;
}

interface Asked extends About {
  act: Act;
}

type OpenToAll = Act & { who: readonly ['everybody'] };

/**
 * The one gate: every operation asks here before an act, and so does the page that shows a button for it. Returns the person.
 * Throws 401 to the signed out, 403 to those who may not or where nobody is asked, 410 or 409 for a subject in another state, 429 over
 * the limit of the act.
 * Operations themselves check what has to be read under a lock, as whether an event is over.
 */
export async function admit(em: Em, person: Person | null, asked: About & { act: OpenToAll }): Promise<Person | null>;
export async function admit(em: Em, person: Person | null, asked: Asked): Promise<Person>;
export async function admit(em: Em, person: Person | null, asked: Asked): Promise<Person | null> {
  const refusal = await refusalOf(em, person, asked);
  if (refusal) throw refusal;
  if (person) await spendAct(em, person, asked.act);
  return person;
}

/** Counts one more of an act that has a limit. Throws 429 over it. */
async function spendAct(em: Em, person: Person, { noun, name, limit }: Act): Promise<void> {
  if (!limit || person.unlimited) return;
  const bucket = `${noun}.${name}:${person.id}`;
  await spend(em, [
    { bucket, max: limit.minute, seconds: 60 },
    ...(limit.hour ? [{ bucket, max: limit.hour, seconds: 3_600 }] : []),
  ]);
}

/** Whether the gate admits a person to an act. */
export async function may(em: Em, person: Person | null, asked: Asked): Promise<boolean> {
  return (await refusalOf(em, person, asked)) === null;
}

/** For each act of a policy whether the gate admits this person: a page shows these buttons and no others. */
export async function mayOf<Name extends string>(
  em: Em,
  person: Person | null,
  acts: Readonly<Record<Name, Act>>,
  about: About,
): Promise<Record<Name, boolean>> {
  const answers: Record<string, boolean>[] = [];
  for (const [name, act] of Object.entries<Act>(acts))
    answers.push({ [name]: await may(em, person, { ...about, act }) });
  const all: Record<Name, boolean> = Object.assign({}, ...answers);
  return all;
}

/** Of these spaces those in which the gate admits this person to an act. */
export async function whereMay<Space extends { id: string }>(
  em: Em,
  person: Person | null,
  act: Act,
  spaces: readonly Space[],
): Promise<Space[]> {
  const admitted: Space[] = [];
  for (const space of spaces) if (await may(em, person, { act, space })) admitted.push(space);
  return admitted;
}

async function refusalOf(em: Em, person: Person | null, asked: Asked): Promise<HttpError | null> {
  if (!person && !asked.act.who.includes('everybody')) return signInFirst();
  if (!isAsked(asked) || !(await isOneOf(em, person, asked))) return forbidden();
  return refusalNow(asked);
}

/** Whether the kind of the subject allows the act at all. */
function isAsked({ act: { invited, of }, kind }: Asked): boolean {
  if (!invited && !of) return true;
  assert(kind, 'this act depends on the kind of its subject');
  if (invited) return kind.invites.includes(invited);
  return of === 'hideable' ? kind.hideable : kind.limits !== undefined;
}

async function isOneOf(em: Em, person: Person | null, asked: Asked): Promise<boolean> {
  for (const who of asked.act.who)
    if (who === 'everybody' || (person && (await is(em, person, who, asked)))) return true;
  return false;
}

async function is(em: Em, person: Person, who: Who, { act, subject, space }: Asked): Promise<boolean> {
  switch (who) {
    case 'everybody':
    case 'signed in':
      return true;
    case 'author':
      return subject?.authorId === person.id;
    case 'author above':
      return isThere(em, sql`id = ${subject?.parentId ?? null} and author_id = ${person.id}`);
    case 'author of one':
      return isThere(em, sql`kind = ${act.noun} and author_id = ${person.id}`);
    default:
      return has(person, who, subject ? subject.spaceId : (space?.id ?? null));
  }
}

async function isThere(em: Em, condition: RawBuilder<unknown>): Promise<boolean> {
  return (await row(em, sql`select 1 from subject where ${condition} limit 1`)) !== null;
}

function has(person: Person, who: Who, spaceId: string | null): boolean {
  return ROLES.some((role) => {
    if (who === role) return hasRole(person, role, spaceId);
    return who === `${role} anywhere` && spacesOf(person, role).length > 0;
  });
}

function refusalNow({ act, subject }: Asked): HttpError | null {
  if (!act.while) return null;
  assert(subject, 'this act depends on the state of its subject');
  return refusalIn(act.while, subject);
}

function refusalIn(state: State, subject: Standing): HttpError | null {
  if (state === 'open') return subject.closed ? gone(subject) : null;
  if (subject.withdrawn) return new HttpError(409, 'errors:withdrawn');
  return subject.hidden === (state === 'hidden') ? null : new HttpError(409, 'errors:alreadyDecided');
}
