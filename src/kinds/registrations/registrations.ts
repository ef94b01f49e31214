import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { HttpError, notFound } from '../../platform/http/errors.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Person } from '../../platform/person.ts';
import type { RemoteAct } from '../../services/house/federated.ts';
import type { SubjectRow } from '../../services/house/kinds.ts';
import { admit } from '../../services/subjects/gate.ts';
import { findSubject, recordAct } from '../../services/subjects/subjects.ts';
import { registrationActs } from './registrations.policy.ts';

/** The job that tells a person of a seat, by mail. */
export const SEAT_MAIL = 'mail-seat';
export const REGISTERED_MAIL = 'mail-registered';

export interface Registration {
  state: 'registered' | 'waiting';
  /** In the waiting list, from 1. */
  place?: number;
}

/** Has the queue of those who want a seat at one event, until the transaction ends. Throws 404 for anything but an event. */
async function lockSeats(
  em: Em,
  id: string,
): Promise<{ isOver: boolean; capacity: number | null; cancelledAt: Date | null }> {
  const found = await row(
    em,
    sql<{
      isOver: boolean;
      capacity: number | null;
      cancelledAt: Date | null;
    }>`select ends_at < now() as "isOver", capacity, cancelled_at as "cancelledAt" from event where subject_id = ${id} for update`,
  );
  if (!found) throw notFound();
  return found;
}

export async function countRegistered(em: Em, id: string): Promise<number> {
  const found = await row(
    em,
    sql<{
      taken: number;
    }>`select count(*)::int as taken from registration where event_id = ${id} and state = 'registered'`,
  );
  return found?.taken ?? 0;
}

/**
 * A seat, or a place in the waiting list when there is none; asked twice, nothing changes. The lock on the event makes the last seat go to
 * exactly one. Throws 404, 410, 409 when the event is over or cancelled, 429 over the limit.
 */
export async function register(em: Em, jobs: Jobs, person: Person, id: string): Promise<Registration> {
  const subject = await findSubject(em, id, person);
  await admit(em, person, { act: registrationActs.register, subject });
  await transaction(em, async (inner) => {
    const { isOver, cancelledAt, capacity } = await lockSeats(inner, id);
    if (cancelledAt) throw new HttpError(409, 'errors:eventCancelled');
    if (isOver) throw new HttpError(409, 'errors:eventOver');
    const taken = sql`(select count(*) from registration where event_id = ${id} and state = 'registered')`;
    const state =
      capacity === null
        ? sql`'registered'`
        : sql`case when ${taken} < ${capacity}::int then 'registered' else 'waiting' end`;
    const added = sql`insert into registration (event_id, person_id, state) values (${id}, ${person.id}, ${state}) on conflict do nothing returning 1`;
    if ((await rows(inner, added)).length === 0) return;
    await recordAct(inner, 'registered', subject, { actorId: person.id });
    await jobs.send(inner, REGISTERED_MAIL, { event: id, person: person.id, at: Date.now() });
  });
  // Afterwards: others wait for the lock, and nobody takes a place away again.
  return (await findRegistration(em, id, person)) ?? { state: 'waiting' };
}

/** Gives a seat or a place back; the first who waits gets the seat and is told by mail. Done twice, nothing changes. */
export async function unregister(em: Em, jobs: Jobs, person: Person, id: string): Promise<void> {
  const subject = await findSubject(em, id, person);
  await admit(em, person, { act: registrationActs.unregister, subject });
  await transaction(em, async (inner) => {
    const { isOver } = await lockSeats(inner, id);
    if (isOver) throw new HttpError(409, 'errors:eventOver');
    const removed = await rows(
      inner,
      sql`delete from registration where event_id = ${id} and person_id = ${person.id} returning 1`,
    );
    if (removed.length === 0) return;
    await recordAct(inner, 'registered', subject, { actorId: person.id });
    await moveUp(inner, jobs, subject);
  });
}

/** Seats that are free go to those who wait, in order: from now on they have one, and this week counts them. The event is locked by the caller. */
export async function moveUp(em: Em, jobs: Jobs, subject: SubjectRow): Promise<void> {
  const { id } = subject;
  const moved = await rows(
    em,
    sql<{ person_id: string }>`
      with free as (
        select coalesce(e.capacity, 2147483647) - count(r.person_id) as seats
        from event e left join registration r on r.event_id = e.subject_id and r.state = 'registered'
        where e.subject_id = ${id} and e.cancelled_at is null and e.ends_at > now() group by e.capacity
      ), first as (
        select person_id from registration where event_id = ${id} and state = 'waiting'
        order by position limit (select greatest(seats, 0) from free)
      )
      update registration r set state = 'registered', created_at = now() from first
      where r.event_id = ${id} and r.person_id = first.person_id and exists (select 1 from free) returning r.person_id`,
  );
  for (const { person_id: person } of moved) await jobs.send(em, SEAT_MAIL, { event: id, person });
  // One goes and one moves up: no number changed that the counters could tell of, and yet somebody's page did.
  if (moved.length > 0) await recordAct(em, 'moved-up', subject, {});
}

/** Null for a person who is neither registered nor waiting. */
export async function findRegistration(em: Em, id: string, person: Person): Promise<Registration | null> {
  const found = await row(
    em,
    sql<{ state: Registration['state']; place: number }>`
      select r.state, (select count(*) from registration w
        where w.event_id = r.event_id and w.state = 'waiting' and w.position <= r.position)::int as place
      from registration r where r.event_id = ${id} and r.person_id = ${person.id}`,
  );
  if (!found) return null;
  return found.state === 'registered' ? { state: 'registered' } : found;
}

/** A `Join` from another server, or its end. */
export const joinFromElsewhere: RemoteAct = async (em, { jobs }, { person, id, isOn }) => {
  if (isOn) await register(em, jobs, person, id);
  else await unregister(em, jobs, person, id);
};
