import { randomUUIDv7 } from 'node:crypto';

import { sql, type RawBuilder } from 'kysely';

import type { SubjectRow } from '../house/kinds.ts';
import { record } from '../../platform/activity/activity.ts';
import { row, rows, type Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { HttpError, notFound } from '../../platform/http/errors.ts';
import { hasRole, spacesOf, type Person } from '../../platform/person.ts';
import { Subject } from './subject.entity.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Anything else would make PostgreSQL fail instead of finding nothing. */
export const isId = (text: string): boolean => UUID.test(text);

const COLUMNS = sql`s.id, s.kind, s.space_id as "spaceId", s.author_id as "authorId", s.parent_id as "parentId", s.root_id as "rootId",
  s.text_id as "textId", s.revision, s.hidden_at is not null as hidden, s.withdrawn_at is not null as withdrawn, s.closed_at is not null as closed`;

/** What everybody may see, of the subject `s`: for what all are shown alike, as caches, counts, figures, live updates and engines. */
export const isPublic: RawBuilder<boolean> = sql`(s.closed_at is null and s.visibility = 'public')`;

/** What lists, panels and searches show this person, of the subject `s`. They see a closed one on its own page alone: `visibleTo`. */
export function openTo(_person: Person | null): RawBuilder<boolean> {
  return isPublic;
}

/** What this person may see, of the subject `s`: their own and, for moderators, everything, closed or not. */
export function visibleTo(person: Person | null): RawBuilder<boolean> {
  if (!person) return isPublic;
  const spaces = spacesOf(person, 'moderator');
  if (spaces === 'all') return sql`true`;
  return sql`(${isPublic} or s.author_id = ${person.id} or s.space_id = any(${[...spaces]}::uuid[])
    or (s.visibility = 'author' and exists (select 1 from subject parent where parent.id = s.parent_id and parent.author_id = ${person.id})))`;
}

/** The subject, when this person may see it. Throws 404, or 410 with its state when it was public once. `lock` holds the row for the transaction. */
export async function findSubject(
  em: Em,
  id: string,
  person: Person | null,
  { lock = false } = {},
): Promise<SubjectRow> {
  if (!isId(id)) throw notFound();
  const found = await row(
    em,
    sql<SubjectRow & { visible: boolean; public: boolean }>`
      select ${COLUMNS}, ${visibleTo(person)} as visible, s.visibility = 'public' as public from subject s where s.id = ${id}
      ${lock ? sql`for update` : sql``}`,
  );
  if (!found || (!found.visible && !found.public)) throw notFound();
  if (!found.visible) throw gone(found);
  return found;
}

/** 410 with what happened, for everybody but the author and the moderators. */
export function gone(subject: { withdrawn: boolean }): HttpError {
  const state = subject.withdrawn ? 'withdrawn' : 'hidden';
  return new HttpError(410, subject.withdrawn ? 'errors:withdrawn' : 'errors:hidden', { details: { state } });
}

export const isModeratorOf = (person: Person | null, subject: { spaceId: string | null }): boolean =>
  hasRole(person, 'moderator', subject.spaceId);

interface NewSubject {
  kind: string;
  spaceId: string | null;
  authorId: string | null;
  textId: string;
  parent?: { id: string; rootId: string };
  visibility?: 'public' | 'author';
  publishedAt?: Date;
  /** Where imported content came from. */
  source?: string | null;
  /** Of what was written on another server: its name for ever, and its host. */
  remote?: { uri: string; host: string } | undefined;
}

/** Stores the shared row and says so in the activity. The text follows in the same transaction. */
export async function publishSubject(em: Em, subject: NewSubject, language: string): Promise<string> {
  const id = randomUUIDv7();
  const {
    kind,
    spaceId,
    authorId,
    textId,
    parent,
    visibility = 'public',
    publishedAt = new Date(),
    source = null,
    remote,
  } = subject;
  const rootId = parent?.rootId ?? id;
  const shared = { kind, spaceId, rootId, textId };
  await tables(em, Subject)
    .insertInto('subject')
    .values({
      ...shared,
      id,
      authorId,
      parentId: parent?.id ?? null,
      visibility,
      publishedAt,
      source,
      uri: remote?.uri,
      originHost: remote?.host,
    })
    .execute();
  await record(em, { ...shared, type: 'published', subjectId: id, actorId: authorId, language });
  return id;
}

/** One more line about a subject. */
export async function recordAct(
  em: Em,
  type: string,
  subject: Pick<SubjectRow, 'id' | 'kind' | 'rootId' | 'spaceId'>,
  more: { actorId?: string | null; textId?: string; language?: string } = {},
): Promise<void> {
  await record(em, {
    type,
    kind: subject.kind,
    subjectId: subject.id,
    rootId: subject.rootId,
    spaceId: subject.spaceId,
    ...more,
  });
}

/** Takes a subject and all below it out of public view, for good (`withdrawn`) or until it is restored (`hidden`). */
export async function closeSubject(
  em: Em,
  subject: SubjectRow,
  state: 'hidden' | 'withdrawn',
  actorId: string,
): Promise<void> {
  const field = state === 'hidden' ? { hiddenAt: new Date() } : { withdrawnAt: new Date() };
  await tables(em, Subject).updateTable('subject').set(field).where('id', '=', subject.id).execute();
  await rows(
    em,
    sql`update subject set closed_at = coalesce(closed_at, now()) where id in (${descendants(subject.id, sql`true`)})`,
  );
  await recordAct(em, state, subject, { actorId });
}

/** Brings a hidden subject back, with all below it that is not hidden or withdrawn itself. */
export async function reopenSubject(em: Em, subject: SubjectRow, actorId: string): Promise<void> {
  await tables(em, Subject).updateTable('subject').set({ hiddenAt: null }).where('id', '=', subject.id).execute();
  const open = sql`s.hidden_at is null and s.withdrawn_at is null`;
  await rows(
    em,
    sql`update subject set closed_at = null where id in (${descendants(subject.id, open)})
        and not exists (select 1 from subject parent where parent.id = ${subject.parentId} and parent.closed_at is not null)`,
  );
  await recordAct(em, 'restored', subject, { actorId });
}

/** The subject and everything under it, as deep as `condition` holds from the top. */
function descendants(id: string, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`with recursive below as (
      select s.id from subject s where s.id = ${id} and ${condition}
      union all select s.id from subject s join below on s.parent_id = below.id where ${condition}
    ) select id from below`;
}
