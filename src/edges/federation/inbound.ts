import { z } from 'zod';

import type { Em } from '../../platform/db/database.ts';
import { afterCommit, transaction } from '../../platform/db/guard.ts';
import { tables } from '../../platform/db/tables.ts';
import { codeOf, HttpError } from '../../platform/http/errors.ts';
import { hostOf } from './addresses.ts';
import { ReceivedActivity } from './federation.entity.ts';
import { act, flag, follow, join, leave, undo } from './inbound.acts.ts';
import { create, remove, update } from './inbound.words.ts';
import { noteContact } from './neighbours.ts';
import { setAside, type Handler, type Outcome, type Received } from './outcome.ts';
import type { Activity } from './wire.ts';

/** By the type of the activity. What nobody handles is set aside, and stops nothing. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map(
  Object.entries({
    Follow: follow,
    Undo: undo,
    Create: create,
    Update: update,
    Delete: remove,
    Like: act,
    Join: join,
    Leave: leave,
    Flag: flag,
  }),
);

/** Takes an activity whose signature was verified, and does what follows from it, in one transaction and once an id. */
export async function receive(em: Em, received: Received): Promise<void> {
  const { activity } = received;
  await transaction(em, async (inner) => {
    if (!(await note(inner, activity))) return;
    const handle = HANDLERS.get(activity.type);
    const outcome = handle ? await tried(handle, inner, received) : setAside(`nothing is known of ${activity.type}`);
    await settle(inner, activity, outcome);
    afterCommit(() => received.federation.bell.forEach((ring) => ring()));
  });
}

/** What the gate or the limits refuse is set aside with their reason; a fault of ours is theirs to send again. */
async function tried(handle: Handler, em: Em, received: Received): Promise<Outcome> {
  try {
    return await handle(em, received);
  } catch (error) {
    if (error instanceof HttpError) return setAside(codeOf(error.key));
    if (error instanceof z.ZodError)
      return setAside(error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
    throw error;
  }
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
