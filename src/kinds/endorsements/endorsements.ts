import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { tables } from '../../platform/db/tables.ts';
import type { Person } from '../../platform/person.ts';
import type { RemoteAct } from '../../services/house/federated.ts';
import type { Counter, Kinds } from '../../services/house/kinds.ts';
import { authorOf, type Named } from '../../services/people/author.ts';
import { isByOurs } from '../../services/subjects/spans.ts';
import { admit } from '../../services/subjects/gate.ts';
import { findSubject, recordAct } from '../../services/subjects/subjects.ts';
import { Endorsement } from './endorsement.entity.ts';
import { endorsementActs } from './endorsements.policy.ts';

/** How many people of this server support a subject. */
export const endorsementCounter: Counter = {
  name: 'endorsements',
  count: (ids) =>
    sql`select subject_id, count(*)::int as value from endorsement e where subject_id = any(${[...ids]}::uuid[]) and ${isByOurs(sql`e.person_id`)} group by subject_id`,
};

/** How many people of other servers do: they count by themselves. */
export const elsewhereCounter: Counter = {
  name: 'endorsementsElsewhere',
  count: (ids) =>
    sql`select subject_id, count(*)::int as value from endorsement e where subject_id = any(${[...ids]}::uuid[]) and not ${isByOurs(sql`e.person_id`)} group by subject_id`,
};

/** A `Like` from another server. */
export const endorseFromElsewhere: RemoteAct = (em, { kinds }, { person, id, isOn }) =>
  setEndorsement(em, kinds, person, { id, supports: isOn });

/** Supports a subject, or takes that back. One a person by the primary key; asked twice, nothing changes. Throws 403 where nobody is asked, 410 for what is closed. */
export async function setEndorsement(
  em: Em,
  kinds: Kinds,
  person: Person,
  { id, supports }: { id: string; supports: boolean },
): Promise<void> {
  const subject = await findSubject(em, id, person);
  await admit(em, person, { act: endorsementActs.set, subject, kind: kinds.get(subject.kind) });
  await transaction(em, async (inner) => {
    const own = { subjectId: id, personId: person.id };
    const all = tables(inner, Endorsement);
    const insertion = all
      .insertInto('endorsement')
      .values(own)
      .onConflict((known) => known.doNothing());
    const deletion = all.deleteFrom('endorsement').where((each) => each.and(own));
    const changed = await (supports ? insertion.returningAll().execute() : deletion.returningAll().execute());
    if (changed.length > 0) await recordAct(inner, 'endorsed', subject, { actorId: person.id });
  });
}

export interface Support {
  mine: boolean;
  count: number;
  /** On other servers. */
  elsewhere: number;
  /** Those who agreed to be named, the latest first. */
  names: Named[];
}

const NAMES = 50;

/** What everybody may know of the support for a subject, and whether this person is among it. */
export async function readSupport(em: Em, id: string, person: Person | null): Promise<Support> {
  const found = await row(
    em,
    sql<{
      mine: boolean;
      count: number;
      elsewhere: number;
    }>`select exists (select 1 from endorsement where subject_id = ${id} and person_id = ${person?.id ?? null}::uuid) as mine,
      coalesce((select value from subject_count where subject_id = ${id} and name = 'endorsements'), 0) as count,
      coalesce((select value from subject_count where subject_id = ${id} and name = 'endorsementsElsewhere'), 0) as elsewhere`,
  );
  const names = await rows(
    em,
    sql<{ author: Named }>`select ${authorOf('p')} as author from endorsement e join person p on p.id = e.person_id
      where e.subject_id = ${id} and p.shows_support and p.erased_at is null order by e.created_at desc limit ${NAMES}`,
  );
  return {
    mine: found?.mine ?? false,
    count: found?.count ?? 0,
    elsewhere: found?.elsewhere ?? 0,
    names: names.map(({ author }) => author),
  };
}
