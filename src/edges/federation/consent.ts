import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import type { Person } from '../../platform/person.ts';
import type { Question } from '../../services/house/question.ts';
import { admit } from '../../services/subjects/gate.ts';
import { consentActs } from './consent.policy.ts';
import { noteDue } from './telling.ts';

/** Whether a person wants other servers to know of them; null: they were not asked yet. */
export async function readConsent(em: Em, personId: string): Promise<boolean | null> {
  return (
    (await row(em, sql<{ federated: boolean | null }>`select federated from person where id = ${personId}`))
      ?.federated ?? null
  );
}

/**
 * From now on other servers may know of a person and read what they publish, or are asked to delete it. What was written before is not sent
 * anywhere by itself: others find it where they look for it.
 */
export async function decide(em: Em, person: Person, federated: boolean): Promise<void> {
  await admit(em, person, { act: consentActs.decide });
  await transaction(em, async (inner) => {
    await rows(inner, sql`update person set federated = ${federated} where id = ${person.id}`);
    if (federated) return;
    const told = await rows(
      inner,
      sql<{ id: string }>`select t.subject_id as id from told_subject t join subject s on s.id = t.subject_id
        where s.author_id = ${person.id} and t.deleted_at is null`,
    );
    await noteDue(
      inner,
      told.map(({ id }) => id),
      0,
    );
  });
}

export const consentQuestion: Question = {
  path: '/abroad',
  isOpen: async (em, personId) => (await readConsent(em, personId)) === null,
};
