import { sql } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import type { Person } from '../../platform/person.ts';
import { openTo, recordAct } from './subjects.ts';
import type { SubjectRow } from '../house/kinds.ts';

/** A subject that has more links shows the latest. */
const LINKS = 100;

/** What one subject has to do with another: an event `discussed` an idea, or the idea was `born` there. */
export const LINK_TYPES = ['discussed', 'born'] as const;
export type LinkType = (typeof LINK_TYPES)[number];

export interface Link {
  from: string;
  to: string;
  type: LinkType;
}

/** Links a subject with exactly these others. One line of activity for each whose links change, so that its page is shown anew. */
export async function replaceLinks(
  em: Em,
  from: string,
  links: readonly Omit<Link, 'from'>[],
  actorId: string,
): Promise<void> {
  const changed = await rows(
    em,
    sql<Pick<SubjectRow, 'id' | 'kind' | 'rootId' | 'spaceId'>>`
      with wanted as (
        select to_id, type from unnest(${links.map(({ to }) => to)}::uuid[], ${links.map(({ type }) => type)}::text[]) w(to_id, type)
      ), removed as (
        delete from link l where l.from_id = ${from}
          and not exists (select 1 from wanted w where w.to_id = l.to_id and w.type = l.type) returning l.to_id
      ), added as (
        insert into link (from_id, to_id, type) select ${from}, to_id, type from wanted on conflict do nothing returning to_id
      )
      select s.id, s.kind, s.root_id as "rootId", s.space_id as "spaceId" from subject s
      where s.id in (select to_id from removed union select to_id from added) order by s.id`,
  );
  for (const subject of changed) await recordAct(em, 'linked', subject, { actorId });
}

/** Links `from` these subjects, or `to` them, where both ends are open to this person: for each in the order in which they were made, the latest `LINKS`. */
export async function readLinks(
  em: Em,
  side: 'from' | 'to',
  ids: readonly string[],
  person: Person | null,
): Promise<Link[]> {
  if (ids.length === 0) return [];
  const [mine, theirs] = side === 'from' ? [sql`l.from_id`, sql`l.to_id`] : [sql`l.to_id`, sql`l.from_id`];
  return rows(
    em,
    sql<Link>`select from_id as "from", to_id as "to", type from (
        select l.*, row_number() over (partition by ${mine} order by l.created_at desc, ${theirs}) as place
        from link l join subject s on s.id = ${theirs}
        where ${mine} = any(${[...ids]}::uuid[]) and ${openTo(person)}
          and exists (select 1 from subject s where s.id = ${mine} and ${openTo(person)})) each
      where place <= ${LINKS} order by created_at, from_id, to_id`,
  );
}
