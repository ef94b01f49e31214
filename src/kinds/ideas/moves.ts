import { randomUUIDv7 } from 'node:crypto';

import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { tables } from '../../platform/db/tables.ts';
import { HttpError, notFound } from '../../platform/http/errors.ts';
import type { Person } from '../../platform/person.ts';
import type { SubjectRow } from '../../services/house/kinds.ts';
import { authorOf, type Named } from '../../services/people/author.ts';
import { admit } from '../../services/subjects/gate.ts';
import { findSubject, isModeratorOf, recordAct } from '../../services/subjects/subjects.ts';
import { MUST_STAY } from '../../services/texts/translations.ts';
import { IdeaMove } from './idea.entity.ts';
import { ideaActs } from './ideas.policy.ts';

/** More than any idea is ever moved. */
const MOVES = 50;

/**
 * Moves an idea into another theme, and what was said about it along. Throws 403 for strangers, 409 for its author once people talk
 * about it: they did so under this theme.
 */
export async function moveIdea(
  em: Em,
  person: Person,
  { id, space }: { id: string; space: { id: string } },
): Promise<void> {
  await transaction(em, async (inner) => {
    // Comments lock it too: none comes in between.
    const subject = await findSubject(inner, id, person, { lock: true });
    if (subject.kind !== 'idea') throw notFound();
    await admit(inner, person, { act: ideaActs.move, subject });
    if (!isModeratorOf(person, subject) && (await isTalkedAbout(inner, id)))
      throw new HttpError(409, 'errors:talkedAbout');
    const { spaceId } = subject;
    if (spaceId === null || spaceId === space.id) return;
    await moveRows(inner, id, space.id);
    await tables(inner, IdeaMove)
      .insertInto('idea_move')
      .values({ id: randomUUIDv7(), subjectId: id, fromId: spaceId, toId: space.id, movedBy: person.id })
      .execute();
    // Both themes hear of it: it is gone from the one and new in the other.
    for (const each of [spaceId, space.id])
      await recordAct(inner, 'moved', { ...subject, spaceId: each }, { actorId: person.id });
  });
}

/** Whether its author may still say that it belongs elsewhere. */
export async function isMovable(em: Em, person: Person | null, subject: SubjectRow): Promise<boolean> {
  return isModeratorOf(person, subject) || !(await isTalkedAbout(em, subject.id));
}

async function isTalkedAbout(em: Em, id: string): Promise<boolean> {
  return (await row(em, sql`select 1 from subject where parent_id = ${id} and kind = 'comment' limit 1`)) !== null;
}

/** The idea and all below it. Translations that still wait keep to what the new theme says of engines outside. */
async function moveRows(em: Em, id: string, spaceId: string): Promise<void> {
  await rows(em, sql`update subject set space_id = ${spaceId} where root_id = ${id}`);
  await rows(
    em,
    sql`update translation m set local_only = ${MUST_STAY} from text t join subject s on s.id = t.subject_id left join space sp on sp.subject_id = s.space_id
      where t.id = m.text_id and s.root_id = ${id} and m.state in ('queued', 'suspended')`,
  );
}

export interface Move {
  fromId: string;
  toId: string;
  movedAt: Date;
  by: Named | null;
}

/** Where an idea has stood, the latest first. */
export function listMoves(em: Em, id: string): Promise<Move[]> {
  return rows(
    em,
    sql<Move>`select m.from_id as "fromId", m.to_id as "toId", m.moved_at as "movedAt",
        (select ${authorOf('p')} from person p where p.id = m.moved_by) as by
      from idea_move m where m.subject_id = ${id} order by m.moved_at desc, m.id desc limit ${MOVES}`,
  );
}
