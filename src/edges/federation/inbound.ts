import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { afterCommit, transaction } from '../../platform/db/guard.ts';
import { tables } from '../../platform/db/tables.ts';
import { hostOf, readActorUri } from './addresses.ts';
import type { Federation } from './federation.ts';
import { Follower, ReceivedActivity } from './federation.entity.ts';
import { isKnownAbroad } from './local.reads.ts';
import { noteContact } from './neighbours.ts';
import type { Remote } from './remote.ts';
import { say } from './sending.ts';
import { idOf, objectIn, typeOf, type Activity } from './wire.ts';

/** What became of an activity. */
interface Outcome {
  state: 'done' | 'ignored' | 'set aside';
  /** Why nothing came of it, for the administrator. */
  reason?: string;
}

const DONE: Outcome = { state: 'done' };
const ignored = (reason: string): Outcome => ({ state: 'ignored', reason });
const setAside = (reason: string): Outcome => ({ state: 'set aside', reason });

export interface Received {
  federation: Federation;
  activity: Activity;
  actor: Remote;
}

type Handler = (em: Em, received: Received) => Promise<Outcome>;

/** By the type of the activity. What nobody handles is set aside, and stops nothing. */
const HANDLERS: Readonly<Record<string, Handler>> = {
  Follow: follow,
  Undo: undo,
  Delete: remove,
};

/** Takes an activity whose signature was verified, and does what follows from it, in one transaction and once an id. */
export async function receive(em: Em, received: Received): Promise<void> {
  const { activity } = received;
  await transaction(em, async (inner) => {
    if (!(await note(inner, activity))) return;
    const handle = HANDLERS[activity.type];
    const outcome = handle ? await handle(inner, received) : setAside(`nothing is known of ${activity.type}`);
    await settle(inner, activity, outcome);
    afterCommit(() => received.federation.bell.forEach((ring) => ring()));
  });
}

/** False when it has come before. */
async function note(em: Em, { id, actor, type }: Activity): Promise<boolean> {
  const host = hostOf(actor) ?? '';
  const { numInsertedOrUpdatedRows: isNew } = await tables(em, ReceivedActivity)
    .insertInto('received_activity')
    .values({ uri: id, actor, host, type, state: 'done' })
    .onConflict((known) => known.doNothing())
    .executeTakeFirst();
  if (!isNew) return false;
  await noteContact(em, host);
  return true;
}

async function settle(em: Em, activity: Activity, { state, reason }: Outcome): Promise<void> {
  if (state === 'done') return;
  const body = state === 'set aside' ? activity : null;
  await tables(em, ReceivedActivity)
    .updateTable('received_activity')
    .set({ state, reason: reason ?? null, body })
    .where('uri', '=', activity.id)
    .execute();
}

/** Somebody follows a space or a person of ours: they are told what comes from now on. */
async function follow(em: Em, { federation, activity, actor }: Received): Promise<Outcome> {
  const { publicUrl } = federation;
  const uri = idOf(activity.object) ?? '';
  const followed = readActorUri(publicUrl, uri);
  if (!followed || !(await isKnownAbroad(em, followed))) return ignored('there is nobody to follow');
  await tables(em, Follower)
    .insertInto('follower')
    .values({ actor: uri, follower: actor.uri })
    .onConflict((known) => known.doNothing())
    .execute();
  const { '@context': _context, ...asked } = activity;
  await say(em, publicUrl, { actor: uri, type: 'Accept', more: { to: [actor.uri], object: asked } }, [actor.inbox]);
  return DONE;
}

/** Only who did it can undo it. */
async function undo(em: Em, received: Received): Promise<Outcome> {
  const { activity, actor } = received;
  const undone = objectIn(activity.object);
  if (undone && idOf(undone['actor']) !== actor.uri) return ignored('somebody else did that');
  const type = undone ? typeOf(undone) : await typeSaid(em, received);
  if (type === 'Follow') return unfollow(em, actor.uri, undone ? idOf(undone['object']) : null);
  return setAside(`nothing is known of the undoing of ${type || 'what is not known'}`);
}

/** What they had said under the address that is undone. */
async function typeSaid(em: Em, { activity, actor }: Received): Promise<string> {
  const found = await rows(
    em,
    sql<{
      type: string;
    }>`select type from received_activity where uri = ${idOf(activity.object)} and actor = ${actor.uri}`,
  );
  return found[0]?.type ?? '';
}

async function unfollow(em: Em, follower: string, followed: string | null): Promise<Outcome> {
  await rows(
    em,
    sql`delete from follower where follower = ${follower} and (${followed}::text is null or actor = ${followed}::text)`,
  );
  return DONE;
}

/** Somebody leaves for good. */
async function remove(em: Em, { activity, actor }: Received): Promise<Outcome> {
  if (idOf(activity.object) !== actor.uri) return ignored('it is not known here');
  await rows(em, sql`delete from follower where follower = ${actor.uri}`);
  await rows(em, sql`update remote_actor set gone_at = now(), name = '', handle = '' where uri = ${actor.uri}`);
  return DONE;
}
