import { sql, type RawBuilder } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { personUri, subjectUri } from '../../services/house/addresses.ts';
import { isPublic } from '../../services/subjects/subjects.ts';
import { countFollowers, listModerators } from './local.reads.ts';
import type { Json } from './objects.ts';
import { isTold, type Told } from './told.reads.ts';

const PAGE = 20;
/** What a conversation or a list of answers names; who wants more reads the answers' answers. */
const MOST = 500;

interface About {
  publicUrl: string;
  told: Told;
  kinds: readonly string[];
}

const collection = (id: string, items: readonly string[]): Json => ({
  id,
  type: 'OrderedCollection',
  totalItems: items.length,
  orderedItems: items,
});

/** Of people only how many there are. */
const counted = (id: string, totalItems: number): Json => ({ id, type: 'Collection', totalItems });

/** Everything said in a conversation, in its order (FEP-f228). */
export async function conversation(em: Em, { publicUrl, told, kinds }: About): Promise<Json> {
  return collection(
    `${subjectUri(publicUrl, told.rootId)}/context`,
    await list(em, { publicUrl, kinds }, sql`s.root_id = ${told.rootId}`),
  );
}

/** What answers this. */
export async function replies(em: Em, { publicUrl, told, kinds }: About): Promise<Json> {
  return collection(
    `${subjectUri(publicUrl, told.id)}/replies`,
    await list(em, { publicUrl, kinds }, sql`s.parent_id = ${told.id}`),
  );
}

async function list(
  em: Em,
  { publicUrl, kinds }: Pick<About, 'publicUrl' | 'kinds'>,
  condition: RawBuilder<unknown>,
): Promise<string[]> {
  const found = await rows(
    em,
    sql<{ id: string; uri: string | null }>`select s.id, s.uri from subject s left join person a on a.id = s.author_id
      where ${condition} and s.kind = any(${[...kinds]}::text[]) and (${isTold} or (s.origin_host is not null and ${isPublic})) order by s.published_at, s.id limit ${MOST}`,
  );
  return found.map(({ id, uri }) => uri ?? subjectUri(publicUrl, id));
}

/** How many support it: who, is their own business. */
export async function endorsers(em: Em, { publicUrl, told }: About): Promise<Json> {
  return counted(
    `${subjectUri(publicUrl, told.id)}/likes`,
    await count(em, sql`from endorsement where subject_id = ${told.id}`),
  );
}

/** How many come. */
export async function attendance(em: Em, { publicUrl, told }: About): Promise<Json> {
  const all = sql`from registration where event_id = ${told.id} and state = 'registered'`;
  return counted(`${subjectUri(publicUrl, told.id)}/attendees`, await count(em, all));
}

export async function organizers(_em: Em, { publicUrl, told }: About): Promise<Json> {
  const id = `${subjectUri(publicUrl, told.id)}/organizers`;
  return collection(id, told.author === null ? [] : [personUri(publicUrl, told.author)]);
}

async function count(em: Em, all: RawBuilder<unknown>): Promise<number> {
  return (await row(em, sql<{ count: number }>`select count(*)::int as count ${all}`))?.count ?? 0;
}

export const followers = async (em: Em, actor: string): Promise<Json> =>
  counted(`${actor}/followers`, await countFollowers(em, actor));

export async function moderators(em: Em, publicUrl: string, slug: string): Promise<Json> {
  const handles = await listModerators(em, slug);
  return collection(
    `${publicUrl}/s/${slug}/moderators`,
    handles.map((handle) => personUri(publicUrl, handle)),
  );
}

/** The whole, or what comes before an activity; null: from the latest. */
export type Page = { kind: 'all' } | { kind: 'part'; before: string | null };

/** What an actor said, the latest first: who was away catches up here. */
export async function outbox(em: Em, actor: string, page: Page): Promise<Json> {
  const id = `${actor}/outbox`;
  if (page.kind === 'all') {
    const totalItems = await count(em, sql`from sent_activity where actor = ${actor} and is_listed`);
    return { id, type: 'OrderedCollection', totalItems, first: `${id}?before=now` };
  }
  const found = await rows(
    em,
    sql<{ id: string; body: Json }>`select id, body from sent_activity where actor = ${actor} and is_listed
      and (${page.before}::uuid is null or id < ${page.before}::uuid) order by id desc limit ${PAGE}`,
  );
  const last = found.length === PAGE ? found.at(-1) : undefined;
  return {
    id: `${id}?before=${page.before ?? 'now'}`,
    type: 'OrderedCollectionPage',
    partOf: id,
    orderedItems: found.map(({ body }) => body),
    ...(last ? { next: `${id}?before=${last.id}` } : {}),
  };
}
