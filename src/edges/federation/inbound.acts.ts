import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { HttpError } from '../../platform/http/errors.ts';
import { spaceUri, subjectOf } from '../../services/house/addresses.ts';
import { readActorUri } from './addresses.ts';
import { Follower, RemoteJoin } from './federation.entity.ts';
import { isKnownAbroad } from './local.reads.ts';
import { DONE, ignored, setAside, type Outcome, type Received } from './outcome.ts';
import { personOf } from './remote-person.ts';
import { say } from './sending.ts';
import { idOf, idsOf, objectIn, typeOf, type Activity } from './wire.ts';
import { plainWords } from './wording.ts';

const REASON_CHARACTERS = 500;
/** More at once is no report of anybody who read them. */
const REPORTED = 20;

/** Somebody follows a space or a person of ours: they are told what comes from now on. */
export async function follow(em: Em, { federation, activity, actor }: Received): Promise<Outcome> {
  const { publicUrl } = federation;
  const uri = idOf(activity.object) ?? '';
  const followed = readActorUri(publicUrl, uri);
  if (!followed || !(await isKnownAbroad(em, followed))) return ignored('there is nobody to follow');
  await tables(em, Follower)
    .insertInto('follower')
    .values({ actor: uri, follower: actor.uri, activity: activity.id })
    .onConflict((known) => known.columns(['actor', 'follower']).doUpdateSet({ activity: activity.id }))
    .execute();
  await say(em, publicUrl, { actor: uri, type: 'Accept', more: { to: [actor.uri], object: bare(activity) } }, [
    actor.inbox,
  ]);
  return DONE;
}

/** As much of it as says what was asked: whatever else they wrote beside it is not ours to repeat. */
const bare = ({ id, type, actor, object }: Activity) => ({ id, type, actor, object: idOf(object) });

/** Somebody supports something of ours, or does whatever else a feature takes from elsewhere under this name. */
export const act = (em: Em, received: Received): Promise<Outcome> =>
  done(em, received, { name: received.activity.type, object: received.activity.object, isOn: true });

interface Done {
  name: string;
  object: unknown;
  isOn: boolean;
  words?: string | null;
}

async function done(
  em: Em,
  { federation: { house, publicUrl }, actor }: Received,
  { name, object, isOn, words = null }: Done,
): Promise<Outcome> {
  const id = subjectOf(publicUrl, idOf(object) ?? '') ?? (await findByUri(em, idOf(object)));
  const remoteAct = house.remoteActs.get(name);
  if (!id || !remoteAct) return ignored('it is not known here');
  const person = await personOf(em, actor);
  if (!person) return ignored('they are kept out');
  await remoteAct(em, house, { person, id, isOn, words });
  return DONE;
}

async function findByUri(em: Em, uri: string | null): Promise<string | null> {
  return (await row(em, sql<{ id: string }>`select id from subject where uri = ${uri}`))?.id ?? null;
}

/** Somebody wants a seat. They hear when they have one, at once or later; and when it cannot be. */
export async function join(em: Em, received: Received): Promise<Outcome> {
  const { activity, actor, federation } = received;
  const event = subjectOf(federation.publicUrl, idOf(activity.object) ?? '');
  if (!event) return ignored('it is not known here');
  try {
    const outcome = await done(em, received, { name: 'Join', object: activity.object, isOn: true });
    const person = outcome === DONE ? await personOf(em, actor) : null;
    if (person) await keepAsked(em, { eventId: event, personId: person.id, body: bare(activity) });
    return outcome;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    await answerJoin(em, federation.publicUrl, { event, type: 'Reject', body: bare(activity), inbox: actor.inbox });
    throw error;
  }
}

async function keepAsked(
  em: Em,
  asked: { eventId: string; personId: string; body: Record<string, unknown> },
): Promise<void> {
  await tables(em, RemoteJoin)
    .insertInto('remote_join')
    .values(asked)
    .onConflict((known) => known.columns(['eventId', 'personId']).doUpdateSet({ body: asked.body, answeredAt: null }))
    .execute();
}

interface Answer {
  event: string;
  type: 'Accept' | 'Reject';
  body: Record<string, unknown>;
  inbox: string;
}

async function answerJoin(em: Em, publicUrl: string, { event, type, body, inbox }: Answer): Promise<void> {
  const space = await row(
    em,
    sql<{
      slug: string;
    }>`select sp.slug from subject s join space sp on sp.subject_id = s.space_id where s.id = ${event}`,
  );
  const actor = spaceUri(publicUrl, space?.slug ?? '');
  await say(em, publicUrl, { actor, type, more: { to: [idOf(body['actor'])], object: body } }, [inbox]);
}

/** Everybody elsewhere who has a seat at one of these events by now, and was not told. */
export async function acceptSeated(em: Em, publicUrl: string, events: readonly string[]): Promise<void> {
  const seated = await rows(
    em,
    sql<{ event: string; person: string; body: Record<string, unknown>; inbox: string }>`
      select j.event_id as event, j.person_id as person, j.body, a.inbox from remote_join j
      join registration r on r.event_id = j.event_id and r.person_id = j.person_id and r.state = 'registered'
      join person p on p.id = j.person_id join remote_actor a on a.uri = p.uri
      where j.answered_at is null and j.event_id = any(${[...events]}::uuid[])`,
  );
  for (const { event, person, body, inbox } of seated) {
    await answerJoin(em, publicUrl, { event, type: 'Accept', body, inbox });
    await rows(em, sql`update remote_join set answered_at = now() where event_id = ${event} and person_id = ${person}`);
  }
}

/** Moderators elsewhere ask ours to look at what their people say is wrong. */
export async function flag(em: Em, received: Received): Promise<Outcome> {
  const { content, summary } = received.activity;
  const remark = [content, summary].find((each) => typeof each === 'string');
  const words = remark === undefined ? null : plainWords(remark);
  const { publicUrl } = received.federation;
  const reported = idsOf(received.activity.object).filter((uri) => subjectOf(publicUrl, uri) !== null);
  if (reported.length === 0) return setAside(`somebody here is reported: ${words ?? ''}`.slice(0, REASON_CHARACTERS));
  for (const object of reported.slice(0, REPORTED))
    await done(em, received, { name: 'Flag', object, isOn: true, words });
  return DONE;
}

/** Somebody gives their seat back. */
export async function leave(em: Em, received: Received): Promise<Outcome> {
  const outcome = await done(em, received, { name: 'Join', object: received.activity.object, isOn: false });
  await rows(
    em,
    sql`delete from remote_join j using person p where p.id = j.person_id and p.uri = ${received.actor.uri}
        and j.event_id::text = ${subjectOf(received.federation.publicUrl, idOf(received.activity.object) ?? '')}`,
  );
  return outcome;
}

/** Only who did it can undo it. */
export async function undo(em: Em, received: Received): Promise<Outcome> {
  const { activity, actor, federation } = received;
  const undone = objectIn(activity.object) ?? (await said(em, received));
  if (!undone) return ignored('it is not known here');
  if (idOf(undone['actor']) !== actor.uri) return ignored('somebody else did that');
  const type = typeOf(undone);
  if (type === 'Follow') return unfollow(em, actor.uri, idOf(undone['object']) ?? '');
  if (type === 'Join') return leave(em, { ...received, activity: { ...activity, object: undone['object'] } });
  if (federation.house.remoteActs.has(type))
    return done(em, received, { name: type, object: undone['object'], isOn: false });
  return setAside(`nothing is known of the undoing of a ${type}`);
}

/** What they had said under the address that is undone; its object is known for follows alone. */
async function said(em: Em, { activity, actor }: Received): Promise<Record<string, unknown> | null> {
  const found = await row(
    em,
    sql<{
      type: string;
      object: string | null;
    }>`select r.type, f.actor as object from received_activity r left join follower f on f.activity = r.uri and f.follower = r.actor
      where r.uri = ${idOf(activity.object)} and r.actor = ${actor.uri}`,
  );
  return found && { ...found, actor: actor.uri };
}

async function unfollow(em: Em, follower: string, followed: string): Promise<Outcome> {
  await rows(em, sql`delete from follower where follower = ${follower} and actor = ${followed}`);
  return DONE;
}
