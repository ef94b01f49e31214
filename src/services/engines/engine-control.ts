import { sql } from 'kysely';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Person } from '../../platform/person.ts';
import { admit } from '../subjects/gate.ts';
import { isId } from '../subjects/subjects.ts';
import { engineActs } from './engines.policy.ts';
import { MUST_STAY } from '../texts/translations.ts';
import { EngineState } from './engine.entity.ts';

/** Rows of one transaction: longer ones keep every reader of the activity waiting. */
const A_TRANSACTION = 500;
/** One press of a button queues at most these: enough for any bad night, and the page answers in seconds. */
const RETRIED_AT_ONCE = 20_000;

/** Nothing more is sent to this engine until it is resumed. Every worker sees it within a second. Pausing twice keeps the first name. */
export async function pauseEngine(em: Em, person: Person, engine: string): Promise<void> {
  await admit(em, person, { act: engineActs.pause });
  const paused = { pausedAt: now, pausedBy: person.id };
  await tables(em, EngineState)
    .insertInto('engine_state')
    .values({ engine, ...paused })
    .onConflict((conflict) => conflict.column('engine').doUpdateSet(paused).where('engine_state.pausedAt', 'is', null))
    .execute();
}

/** It is asked again at once: the person who resumes it has looked at what was wrong, so a break after failures ends, too. */
export async function resumeEngine(em: Em, person: Person, engine: string): Promise<void> {
  await admit(em, person, { act: engineActs.resume });
  await tables(em, EngineState)
    .updateTable('engine_state')
    .set({ pausedAt: null, pausedBy: null, openUntil: null, failures: 0 })
    .where('engine', '=', engine)
    .execute();
}

/** Queues translations that failed in this way as if they had never been tried. Returns how many, at most RETRIED_AT_ONCE. */
export async function retryFailed(em: Em, person: Person, failure: string): Promise<number> {
  await admit(em, person, { act: engineActs.retryFailed });
  let count = 0;
  while (count < RETRIED_AT_ONCE) {
    const retried = await rows(
      em,
      sql`update translation r set state = 'queued', tries = 0, failure = null, lease_until = null from (
            select text_id, language from translation where state = 'failed' and not human and failure = ${failure}
            limit ${A_TRANSACTION} for update skip locked) f
          where r.text_id = f.text_id and r.language = f.language and not r.human returning 1`,
    );
    count += retried.length;
    if (retried.length < A_TRANSACTION) break;
  }
  return count;
}

/**
 * Whether texts of a space may leave the operator's machines. Waiting texts are bound to it in the same transaction, so that none is
 * sent under the old rule after the new one was shown; texts that not everybody may read stay at home either way. Throws 404.
 */
export async function allowExternalEngines(
  em: Em,
  person: Person,
  { spaceId, isAllowed }: { spaceId: string; isAllowed: boolean },
): Promise<void> {
  await admit(em, person, { act: engineActs.allowExternal });
  if (!isId(spaceId)) throw notFound();
  await transaction(em, async (inner) => {
    const changed = await row(
      inner,
      sql`update space set external_engines = ${isAllowed} where subject_id = ${spaceId} returning 1`,
    );
    if (!changed) throw notFound();
    await rows(
      inner,
      sql`update translation r set local_only = ${MUST_STAY} from text t join subject s on s.id = t.subject_id join space sp on sp.subject_id = coalesce(s.space_id, s.id)
          where t.id = r.text_id and sp.subject_id = ${spaceId} and not r.human
            and r.state in ('queued', 'suspended', 'failed') and r.local_only <> ${MUST_STAY}`,
    );
  });
}
