import { z } from 'zod';

import type { Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { notFound } from '../../platform/http/errors.ts';
import type { Person } from '../../platform/person.ts';
import { admit } from '../subjects/gate.ts';
import { findSubject, isId } from '../subjects/subjects.ts';
import { textActs } from './texts.policy.ts';
import { TextChoice } from './choice.entity.ts';
import { Text } from './text.entity.ts';

export const choiceInput = z.object({ view: z.enum(['translation', 'original'], { error: 'invalidField' }) });

/** This person wants to see this text so, in whichever version and wherever it stands. Throws 404 and 410 for what they may not read. */
export async function chooseView(
  em: Em,
  person: Person,
  { textId, view }: { textId: string; view: 'translation' | 'original' },
): Promise<void> {
  if (!isId(textId)) throw notFound();
  const text = await tables(em, Text)
    .selectFrom('text')
    .select('subjectId')
    .where('id', '=', textId)
    .executeTakeFirst();
  const subject = await findSubject(em, text?.subjectId ?? '', person);
  await admit(em, person, { act: textActs.chooseView, subject });
  await tables(em, TextChoice)
    .insertInto('text_choice')
    .values({ personId: person.id, subjectId: subject.id, view })
    .onConflict((conflict) => conflict.columns(['personId', 'subjectId']).doUpdateSet({ view }))
    .execute();
}
