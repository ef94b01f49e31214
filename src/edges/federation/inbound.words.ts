import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { spaceUri, subjectOf } from '../../services/house/addresses.ts';
import { writtenElsewhere, type Taking } from '../../services/house/federated.ts';
import type { Kind, SubjectRow } from '../../services/house/kinds.ts';
import { findSubject } from '../../services/subjects/subjects.ts';
import { revise } from '../../services/texts/contributions.ts';
import { isSameHost, PUBLIC, readActorUri } from './addresses.ts';
import { DONE, ignored, setAside, type Outcome, type Received } from './outcome.ts';
import { erasePerson, eraseSubject, personOf } from './remote-person.ts';
import { inboxesOfFollowers, say } from './sending.ts';
import { idOf, idsOf, objectIn, typeOf } from './wire.ts';
import { wordsOf } from './wording.ts';

const TYPES = ['Note', 'Page', 'Article', 'Question'];

/** Somebody answers something of ours, or posts to a space. What is not for everybody is not taken. */
export async function create(em: Em, received: Received): Promise<Outcome> {
  const { activity, actor, federation } = received;
  const object = objectIn(activity.object);
  if (!object || !TYPES.includes(typeOf(object)))
    return setAside(`nothing is known of a ${typeOf(object) || 'bare address'}`);
  if (!isSameHost(idOf(object) ?? '', actor.uri) || idsOf(object['attributedTo'])[0] !== actor.uri)
    return ignored('its author is somebody else');
  if (!isForEverybody(object) && !isForEverybody(activity)) return ignored('it is not for everybody');
  if (await findOurs(em, idOf(object) ?? '')) return ignored('it is known');
  const place = await findPlace(em, received, object);
  if (!place) return setAside('it answers nothing here and is in no space of ours');
  const taken = takerOf(received, place.as);
  const words = wordsOf(object, taken.kind.limits ?? { title: 0, body: 0 }, federation.house.languages.all);
  if (!words) return setAside('it says nothing');
  const person = await personOf(em, actor);
  if (!person) return ignored('its author is kept out');
  await taken.take.post(em, federation.house, { person, at: place.subject, words });
  await announce(em, received, place.subject);
  return DONE;
}

const isForEverybody = (object: Record<string, unknown>): boolean =>
  [...idsOf(object['to']), ...idsOf(object['cc'])].some((uri) => [PUBLIC, 'as:Public', 'Public'].includes(uri));

interface Place {
  as: Taking['as'];
  subject: SubjectRow;
}

async function findPlace(em: Em, { federation }: Received, object: Record<string, unknown>): Promise<Place | null> {
  const answered = idOf(object['inReplyTo']);
  if (answered) {
    const id = subjectOf(federation.publicUrl, answered) ?? (await findOurs(em, answered))?.id;
    return id ? { as: 'reply', subject: await findSubject(em, id, null) } : null;
  }
  for (const uri of [...idsOf(object['audience']), ...idsOf(object['to']), ...idsOf(object['cc'])]) {
    const actor = readActorUri(federation.publicUrl, uri);
    const space = actor?.kind === 'space' ? await findSpace(em, actor.slug) : null;
    if (space) return { as: 'post', subject: await findSubject(em, space, null) };
  }
  return null;
}

async function findSpace(em: Em, slug: string): Promise<string | null> {
  return (await row(em, sql<{ id: string }>`select subject_id as id from space where slug = ${slug}`))?.id ?? null;
}

/** What was taken of another server before, by its name there. */
const findOurs = (
  em: Em,
  uri: string,
): Promise<{ id: string; kind: string; authorUri: string | null; authorId: string } | null> =>
  row(
    em,
    sql<{
      id: string;
      kind: string;
      authorUri: string | null;
      authorId: string;
    }>`select s.id, s.kind, a.uri as "authorUri", a.id as "authorId"
      from subject s join person a on a.id = s.author_id where s.uri = ${uri} and s.withdrawn_at is null`,
  );

/** The one kind that takes replies, or posts. */
function takerOf({ federation: { house } }: Received, as: Taking['as']): { kind: Kind; take: Taking } {
  for (const [name, { take }] of house.federated) if (take?.as === as) return { kind: house.kinds.get(name), take };
  throw new Error(`no kind takes a ${as}`);
}

/** A group sends on what it accepts, as it came (FEP-1b12). */
async function announce(em: Em, { federation: { publicUrl }, activity }: Received, at: SubjectRow): Promise<void> {
  const space = await row(
    em,
    sql<{ slug: string }>`select slug from space where subject_id = ${at.kind === 'space' ? at.id : at.spaceId}`,
  );
  if (!space) return;
  const actor = spaceUri(publicUrl, space.slug);
  const { '@context': _context, ...object } = activity;
  const more = { to: [PUBLIC], cc: [`${actor}/followers`], object };
  const inboxes = await inboxesOfFollowers(em, [actor]);
  await say(em, publicUrl, { actor, type: 'Announce', more, subjectId: at.id, isListed: true }, inboxes);
}

/** New words of what is known, by whoever wrote it; or news of somebody themselves, which were fetched with their key. */
export async function update(em: Em, received: Received): Promise<Outcome> {
  const { activity, actor, federation } = received;
  const object = objectIn(activity.object);
  const uri = idOf(activity.object) ?? '';
  if (uri === actor.uri) return (await personOf(em, actor)) ? DONE : ignored('they are kept out');
  const known = object && (await findOurs(em, uri));
  if (!known) return ignored('it is not known here');
  if (known.authorUri !== actor.uri) return ignored('its author is somebody else');
  const kind = federation.house.kinds.get(known.kind);
  const words = wordsOf(object, kind.limits ?? { title: 0, body: 0 }, federation.house.languages.all);
  const person = await personOf(em, actor);
  const take = federation.house.federated.get(known.kind)?.take;
  if (!words || !person || !take) return setAside('it says nothing');
  const { revision } = await findSubject(em, known.id, person, { lock: true });
  const written = { ...writtenElsewhere(words), ...(kind.limits?.title === 0 ? { title: null } : {}) };
  const { languages } = federation.house;
  await revise(em, { languages, person }, { id: known.id, version: revision, written, act: take.edit });
  return DONE;
}

/** Somebody takes back what they wrote, or leaves for good: the words go. */
export async function remove(em: Em, { activity, actor }: Received): Promise<Outcome> {
  const uri = idOf(activity.object) ?? '';
  if (uri === actor.uri) return leaveForGood(em, uri);
  const known = await findOurs(em, uri);
  if (!known) return ignored('it is not known here');
  if (known.authorUri !== actor.uri) return ignored('its author is somebody else');
  await eraseSubject(em, known.id, known.authorId);
  return DONE;
}

/** Forgets somebody of whom their own server says that they left. */
export async function leaveForGood(em: Em, uri: string): Promise<Outcome> {
  await rows(em, sql`delete from follower where follower = ${uri}`);
  await rows(em, sql`update remote_actor set gone_at = now(), name = '', handle = '' where uri = ${uri}`);
  await erasePerson(em, uri);
  return DONE;
}
