import { sql } from 'kysely';

import type { Line } from '../../platform/activity/activity.ts';
import type { ActivityReader } from '../../platform/activity/readers.ts';
import { tells } from '../../platform/activity/verbs.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import { afterCommit, transaction } from '../../platform/db/guard.ts';
import { personUri, spaceUri, subjectUri } from '../../services/house/addresses.ts';
import type { House } from '../../services/house/house.ts';
import { PUBLIC } from './addresses.ts';
import type { Federation } from './federation.ts';
import { acceptSeated } from './inbound.acts.ts';
import { objectOf, recipients, type Json } from './objects.ts';
import { inboxesInConversation, inboxesOfFollowers, say } from './sending.ts';
import { readTold, type Told } from './told.reads.ts';

// Other servers are brought up to what stands here now: what they were not told of yet is created there, what they know is updated, what may
// not be seen any more is deleted. So a line that comes twice, or ten changes at once, tell the same.

const AT_ONCE = 50;
/** What changes how many seats are left. */
const SEATS = new Set(['registered', 'moved-up']);

/** Notes what has to be told anew: words at once, translations when all that come at once are there. */
export const noting = ({ house: { federated, verbs, pace }, bell }: Federation): ActivityReader => ({
  name: 'federation',
  async handle(em, lines) {
    const isOurs = ({ kind }: Line) => federated.has(kind);
    const now = lines.filter((line) => isOurs(line) && (tells(verbs, line, 'words') || SEATS.has(line.type)));
    const later = lines.filter((line) => isOurs(line) && tells(verbs, line, 'translation'));
    await noteDue(em, idsOf(now), 0);
    await noteDue(em, idsOf(later), pace.settleMilliseconds);
    if (now.length > 0) afterCommit(() => bell.forEach((ring) => ring()));
  },
});

const idsOf = (lines: readonly Line[]): string[] => [...new Set(lines.map(({ subjectId }) => subjectId))];

/** Has these subjects told anew so many milliseconds from now, or sooner where that was due already. */
export async function noteDue(em: Em, ids: readonly string[], milliseconds: number): Promise<void> {
  if (ids.length === 0) return;
  await rows(
    em,
    sql`insert into due_telling (subject_id, due_at)
        select id, now() + make_interval(secs => ${milliseconds / 1_000}) from unnest(${[...ids]}::uuid[]) w(id)
        where exists (select 1 from subject s where s.id = w.id and s.origin_host is null)
        on conflict (subject_id) do update set due_at = least(due_telling.due_at, excluded.due_at)`,
  );
}

/** Tells what is due, in one transaction with the deliveries. Returns how many subjects it was. */
export function tellDue({ database, federated, settings }: House): Promise<number> {
  return transaction(database.em(), async (em) => {
    const due = await rows(
      em,
      sql<{
        id: string;
      }>`select subject_id as id from due_telling where due_at <= now() order by due_at, subject_id limit ${AT_ONCE} for update skip locked`,
    );
    if (due.length === 0) return 0;
    const ids = due.map(({ id }) => id);
    const before = await readBefore(em, ids);
    const told = await readTold(em, ids, [...federated.keys()]);
    for (const id of ids)
      await tellOne(
        em,
        { federated, publicUrl: settings.publicUrl },
        { id, told: told.get(id), before: before.get(id) },
      );
    await acceptSeated(em, settings.publicUrl, ids);
    await rows(em, sql`delete from due_telling where subject_id = any(${ids}::uuid[])`);
    return ids.length;
  });
}

interface Before {
  id: string;
  uri: string;
  type: string;
  actor: string;
  isDeleted: boolean;
}

async function readBefore(em: Em, ids: readonly string[]): Promise<ReadonlyMap<string, Before>> {
  const found = await rows(
    em,
    sql<Before>`select subject_id as id, uri, type, actor, deleted_at is not null as "isDeleted" from told_subject where subject_id = any(${[...ids]}::uuid[])`,
  );
  return new Map(found.map((each) => [each.id, each]));
}

interface Way {
  federated: House['federated'];
  publicUrl: string;
}

async function tellOne(
  em: Em,
  way: Way,
  { id, told, before }: { id: string; told: Told | undefined; before: Before | undefined },
): Promise<void> {
  if (told)
    return before && !before.isDeleted ? tellWords(em, way, told, 'Update') : tellWords(em, way, told, 'Create');
  if (before && !before.isDeleted) return tellGone(em, way, id, before);
}

/** The object of a subject, as anybody may fetch it. */
export async function makeObject(em: Em, { federated: all, publicUrl }: Way, told: Told): Promise<Json> {
  const federated = all.get(told.kind);
  if (!federated) throw new Error(`the kind ${told.kind} speaks to nobody`);
  const more = (await federated.tell?.(em, [told.id], publicUrl))?.get(told.id) ?? {};
  return objectOf(told, { publicUrl, federated, more });
}

async function tellWords(em: Em, way: Way, told: Told, type: 'Create' | 'Update'): Promise<void> {
  const { publicUrl, federated } = way;
  const made = await makeObject(em, way, told);
  // New translations or seats do not make the words newer: only those of people would seem out of date (FEP-22cd).
  const object = type === 'Update' ? { ...made, updated: made['updated'] ?? told.publishedAt } : made;
  const space = spaceUri(publicUrl, told.slug);
  const author = told.author === null ? space : personUri(publicUrl, told.author);
  const bySpace = federated.get(told.kind)?.bySpace === true;
  const actor = bySpace ? space : author;
  const at = new Date(type === 'Create' ? told.publishedAt : (told.editedAt ?? Date.now()));
  const { answered } = told;
  const more = { ...recipients({ author, space, bySpace, answered }), audience: space, object };
  await send(em, way, { actor, space, activity: { type, more, at }, subjectId: told.id });
  await rows(
    em,
    sql`insert into told_subject (subject_id, uri, type, actor) values (${told.id}, ${subjectUri(publicUrl, told.id)}, ${String(object['type'])}, ${actor})
        on conflict (subject_id) do update set deleted_at = null, type = excluded.type, actor = excluded.actor`,
  );
}

async function tellGone(em: Em, way: Way, id: string, { uri, type, actor }: Before): Promise<void> {
  const slug = await rows(
    em,
    sql<{ slug: string }>`select sp.slug from subject s join space sp on sp.subject_id = s.space_id where s.id = ${id}`,
  );
  const space = spaceUri(way.publicUrl, slug[0]?.slug ?? '');
  const object = { id: uri, type: 'Tombstone', formerType: type, deleted: new Date().toISOString() };
  const more = { to: [PUBLIC], cc: [`${space}/followers`], audience: space, object };
  await send(em, way, { actor, space, activity: { type: 'Delete', more }, subjectId: id });
  await rows(em, sql`update told_subject set deleted_at = now() where subject_id = ${id}`);
  // What stands below goes with it, also where nothing was said about it by itself.
  const below = await rows(
    em,
    sql<{ id: string }>`select t.subject_id as id from told_subject t join subject s on s.id = t.subject_id
      where s.root_id = ${id} and s.id <> ${id} and t.deleted_at is null`,
  );
  await noteDue(
    em,
    below.map((each) => each.id),
    0,
  );
}

interface Sent {
  actor: string;
  space: string;
  activity: { type: string; more: Json; at?: Date };
  subjectId: string;
}

/** An author says it to those who follow them, and their space announces it to its own (FEP-1b12): the activity, and what Mastodon shows, the bare object. */
async function send(em: Em, { publicUrl }: Way, { actor, space, activity, subjectId }: Sent): Promise<void> {
  const said = { ...activity, actor, subjectId, isListed: true };
  const ofSpace = await inboxesOfFollowers(em, [space]);
  if (actor === space) {
    await say(em, publicUrl, said, [...ofSpace, ...(await inboxesInConversation(em, subjectId))]);
    return;
  }
  const inner = await say(em, publicUrl, said, [
    ...(await inboxesOfFollowers(em, [actor])),
    ...(await inboxesInConversation(em, subjectId)),
  ]);
  const announce = (object: unknown, isListed: boolean) =>
    say(
      em,
      publicUrl,
      {
        actor: space,
        type: 'Announce',
        more: { to: [PUBLIC], cc: [`${space}/followers`], object },
        subjectId,
        isListed,
      },
      ofSpace,
    );
  await announce(inner, true);
  const object = activity.more['object'];
  if (activity.type === 'Create' && typeof object === 'object' && object && 'id' in object)
    await announce(object.id, false);
}
