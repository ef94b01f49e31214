import { sql } from 'kysely';

import { row, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { HttpError } from '../../platform/http/errors.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Person } from '../../platform/person.ts';
import { admit } from '../../services/subjects/gate.ts';
import { findSubject, isPublic } from '../../services/subjects/subjects.ts';
import { ASKED_MAIL } from './events.mails.ts';
import { eventActs } from './events.policy.ts';

/** Organizers are asked so often at most, whoever asks. */
export const ASKING_DAYS = 7;

/** Asks the organizer of an event for its report, by mail. Throws 403, and 409 where none is missing or they were asked this week. */
export async function askForReport(em: Em, jobs: Jobs, person: Person, id: string): Promise<void> {
  await transaction(em, async (inner) => {
    const subject = await findSubject(inner, id, person, { lock: true });
    await admit(inner, person, { act: eventActs.askForReport, subject });
    const asked = await row(
      inner,
      sql`update event set asked_at = now() where subject_id = ${subject.id} and ends_at <= now() and cancelled_at is null
          and (asked_at is null or asked_at < now() - ${sql.lit(ASKING_DAYS)} * interval '1 day')
          and not exists (select 1 from report r join subject s on s.id = r.subject_id where r.event_id = event.subject_id and ${isPublic})
        returning 1 as one`,
    );
    if (!asked || !subject.authorId) throw new HttpError(409, 'errors:notAsked');
    await jobs.send(inner, ASKED_MAIL, { event: subject.id, person: subject.authorId, at: Date.now() });
  });
}
