import { sql } from 'kysely';
import { z } from 'zod';

import { row, type Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { hostOf, isSameHost } from './addresses.ts';
import type { Client, Sign } from './client.ts';
import { RemoteActor } from './federation.entity.ts';
import { Refused } from './guard.ts';
import { address, isObject, isUnfit, listOf } from './wire.ts';

const ACCEPT = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"';
/** Anything else may be what somebody put there to be mistaken for an actor (CVE-2024-25623). */
const IS_AS2 =
  /^application\/(?:activity\+json\s*(?:;|$)|ld\+json\s*;.*profile="?https:\/\/www\.w3\.org\/ns\/activitystreams)/i;
const ACTOR_TYPES = ['Person', 'Group', 'Organization', 'Application', 'Service'];
const NAME_CHARACTERS = 80;

/** Reads an object of another server. Throws `Refused` where it is no object, or says that it is another one. Null: gone for good. */
export async function fetchObject(client: Client, uri: string, sign?: Sign): Promise<Record<string, unknown> | null> {
  const { status, type, body, url } = await client.get(uri.replace(/#.*$/, ''), ACCEPT, sign);
  if (status === 410) return null;
  if (status !== 200) throw new Error(`${status} from ${hostOf(uri)}`);
  if (!IS_AS2.test(type)) throw new Refused(`${uri} is no object of ActivityStreams`);
  const document: unknown = JSON.parse(body);
  if (!isObject(document) || isUnfit(document)) throw new Refused(`${uri} is no object`);
  const { id } = document;
  if (typeof id !== 'string' || URL.parse(id)?.origin !== new URL(url).origin)
    throw new Refused(`${uri} says that it is ${String(id).slice(0, 200)}`);
  return document;
}

const actorSchema = z.looseObject({
  id: address,
  type: z.enum(ACTOR_TYPES),
  preferredUsername: z.string().min(1).max(200),
  name: z.string().nullish(),
  inbox: address,
  url: z.unknown().optional(),
  endpoints: z
    .looseObject({ sharedInbox: address.nullish().catch(null) })
    .nullish()
    .catch(null),
  indexable: z.boolean().default(false).catch(false),
});

/** The keys of an actor as JSON-LD of our own making: what a context of theirs would have the words mean does not count. */
export const keysOf = ({ id, type, publicKey }: Record<string, unknown>): Record<string, unknown> => ({
  '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/security/v1'],
  id,
  type,
  publicKey: listOf(publicKey)
    .filter(isObject)
    .filter(({ owner }) => owner === id)
    .map((key) => ({ id: key['id'], owner: id, publicKeyPem: key['publicKeyPem'] })),
});

/** An actor of another server. */
export interface Remote {
  uri: string;
  host: string;
  type: string;
  handle: string;
  name: string;
  inbox: string;
  sharedInbox: string | null;
  url: string | null;
  indexable: boolean;
}

/** What a document says of an actor. Throws where it is none, or where its inbox is on another host than itself. */
export function readActor(document: Record<string, unknown>): Remote {
  const { id, type, preferredUsername, name, inbox, url, endpoints, indexable } = actorSchema.parse(document);
  const host = hostOf(id) ?? '';
  if (!isSameHost(id, inbox)) throw new Refused(`the inbox of ${id} is elsewhere`);
  const shared = endpoints?.sharedInbox ?? null;
  const handle = plainHandle(preferredUsername);
  if (handle === '') throw new Refused(`${id} has no name`);
  return {
    uri: id,
    host,
    type,
    handle,
    name: plainName(name) || handle,
    inbox,
    sharedInbox: shared !== null && isSameHost(id, shared) ? shared : null,
    url: typeof url === 'string' && isSameHost(id, url) ? url : null,
    indexable,
  };
}

/** What stands before the @ of their own server: who writes another server behind it loses that. */
const plainHandle = (name: string): string =>
  (name.split('@')[0] ?? '').replaceAll(/[^\p{L}\p{M}\p{N}._-]/gu, '').slice(0, NAME_CHARACTERS);

/** Names are text: marks, control and direction characters go. */
const plainName = (name: string | null | undefined): string =>
  Array.from(
    (name ?? '')
      .replaceAll(/<[^<>]*>/g, '')
      .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '')
      .trim()
      .toWellFormed(),
  )
    .slice(0, NAME_CHARACTERS)
    .join('');

export async function storeActor(em: Em, actor: Remote): Promise<void> {
  const values = { ...actor, fetchedAt: new Date(), goneAt: null };
  const { uri: _uri, ...news } = values;
  await tables(em, RemoteActor)
    .insertInto('remote_actor')
    .values(values)
    .onConflict((known) => known.column('uri').doUpdateSet(news))
    .execute();
}

const FRESH = sql`interval '1 day'`;

/** An actor that was fetched within a day, or null. */
export const knownActor = (em: Em, uri: string): Promise<Remote | null> =>
  row(
    em,
    sql<Remote>`select uri, host, type, handle, name, inbox, shared_inbox as "sharedInbox", url, indexable from remote_actor
      where uri = ${uri} and gone_at is null and fetched_at > now() - ${FRESH}`,
  );
