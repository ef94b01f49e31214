import { personUri, spaceUri } from '../../services/house/addresses.ts';

export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public';
export const AS2 = 'application/activity+json';

/** The server itself: it signs what it fetches and passes on reports. */
export const serverUri = (publicUrl: string): string => `${publicUrl}/actors/server`;

/** What translated by machine (FEP-22cd): no person is behind it. */
export const translatorUri = (publicUrl: string): string => `${publicUrl}/actors/translator`;

export const activityUri = (publicUrl: string, id: string): string => `${publicUrl}/a/${id}`;

/** Who is meant by an address of ours, or null. */
export type LocalActor =
  | { kind: 'space'; slug: string }
  | { kind: 'person'; handle: string }
  | { kind: 'server' }
  | { kind: 'translator' };

/** The actor at an address of this server; null for anything else. */
export function readActorUri(publicUrl: string, uri: string): LocalActor | null {
  if (!uri.startsWith(`${publicUrl}/`)) return null;
  const [folder, name, ...more] = uri.slice(publicUrl.length + 1).split('/');
  if (!name || more.length > 0) return null;
  if (folder === 's') return { kind: 'space', slug: name };
  if (folder === 'u') return { kind: 'person', handle: name };
  if (folder === 'actors' && (name === 'server' || name === 'translator')) return { kind: name };
  return null;
}

export function uriOf(publicUrl: string, actor: LocalActor): string {
  if (actor.kind === 'space') return spaceUri(publicUrl, actor.slug);
  if (actor.kind === 'person') return personUri(publicUrl, actor.handle);
  return actor.kind === 'server' ? serverUri(publicUrl) : translatorUri(publicUrl);
}

/** Host and port, as neighbours are told apart; null for what is no address. */
export const hostOf = (uri: string): string | null => URL.parse(uri)?.host.toLowerCase() ?? null;

export const isSameHost = (one: string, other: string): boolean =>
  hostOf(one) !== null && hostOf(one) === hostOf(other);
