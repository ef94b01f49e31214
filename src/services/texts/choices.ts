import { sql } from 'kysely';
import { z } from 'zod';

import { row, rows, type Em } from '../../platform/db/database.ts';
import { notFound } from '../../platform/http/errors.ts';
import { spend } from '../../platform/http/rate.ts';
import type { Person } from '../../platform/person.ts';
import { admit } from '../subjects/gate.ts';
import { findSubject, isId } from '../subjects/subjects.ts';
import { textActs } from './texts.policy.ts';

/** Turning a text back and forth faster than this is not reading. */
const CHOICES_A_MINUTE = 120;

export const choiceInput = z.object({ view: z.enum(['translation', 'original'], { error: 'invalidField' }) });

/** This person wants to see this text so, in whichever version and wherever it stands. Throws 404 and 410 for what they may not read. */
export async function chooseView(
  em: Em,
  person: Person,
  { textId, view }: { textId: string; view: 'translation' | 'original' },
): Promise<void> {
  if (!isId(textId)) throw notFound();
  if (!person.unlimited) await spend(em, [{ bucket: `choice:${person.id}`, max: CHOICES_A_MINUTE, seconds: 60 }]);
  const text = await row(em, sql<{ subject_id: string }>`select subject_id from text where id = ${textId}`);
  const subject = await findSubject(em, text?.subject_id ?? '', person);
  await admit(em, person, { act: textActs.chooseView, subject });
  await rows(
    em,
    sql`insert into text_choice (person_id, subject_id, view) values (${person.id}, ${subject.id}, ${view})
        on conflict (person_id, subject_id) do update set view = excluded.view`,
  );
}
