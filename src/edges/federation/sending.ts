import { randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { activityUri, hostOf } from './addresses.ts';
import { CONTEXT } from './context.ts';
import { SentActivity } from './federation.entity.ts';
import type { Json } from './objects.ts';

/** Something an actor of ours says. */
export interface Saying {
  actor: string;
  type: string;
  /** Object, recipients and the like. */
  more: Json;
  /** What it is about, where that is a subject. */
  subjectId?: string;
  /** Everybody may find it in the actor's outbox. */
  isListed?: boolean;
  at?: Date;
}

/** Stores an activity and its way to these inboxes, in the transaction of `em`. Returns it without its context. */
export async function say(
  em: Em,
  publicUrl: string,
  { actor, type, more, subjectId, isListed = false, at = new Date() }: Saying,
  inboxes: readonly string[],
): Promise<Json> {
  const id = randomUUIDv7();
  const body = { id: activityUri(publicUrl, id), type, actor, published: at.toISOString(), ...more };
  await tables(em, SentActivity)
    .insertInto('sent_activity')
    .values({ id, actor, type, subjectId: subjectId ?? null, body, isListed })
    .execute();
  await deliverLater(em, id, inboxes);
  return body;
}

async function deliverLater(em: Em, activityId: string, inboxes: readonly string[]): Promise<void> {
  const to = [...new Set(inboxes)];
  if (to.length === 0) return;
  await rows(
    em,
    sql`insert into delivery (activity_id, inbox, host)
        select ${activityId}::uuid, w.inbox, w.host from unnest(${to}::text[], ${to.map((inbox) => hostOf(inbox) ?? '')}::text[]) w(inbox, host)
        left join neighbour n on n.host = w.host where n.state is distinct from 'blocked' on conflict do nothing`,
  );
}

/** Where those who follow one of these actors are told, each server once. */
export async function inboxesOfFollowers(em: Em, actors: readonly string[]): Promise<string[]> {
  const found = await rows(
    em,
    sql<{
      inbox: string;
    }>`select distinct coalesce(r.shared_inbox, r.inbox) as inbox from follower f join remote_actor r on r.uri = f.follower
      where f.actor = any(${[...actors]}::text[]) and r.gone_at is null`,
  );
  return found.map(({ inbox }) => inbox);
}

/** Where those elsewhere are told whom it concerns: who wrote what it answers, and who comes to an event. */
export async function inboxesInConversation(em: Em, subjectId: string): Promise<string[]> {
  const found = await rows(
    em,
    sql<{
      inbox: string;
    }>`select distinct coalesce(r.shared_inbox, r.inbox) as inbox from remote_actor r join person p on p.uri = r.uri
      where r.gone_at is null and (
        p.id = (select up.author_id from subject s join subject up on up.id = s.parent_id where s.id = ${subjectId})
        or exists (select 1 from registration g where g.event_id = ${subjectId} and g.person_id = p.id))`,
  );
  return found.map(({ inbox }) => inbox);
}

/** As it goes out. */
export const document = (body: Json): string => JSON.stringify({ '@context': CONTEXT, ...body });
