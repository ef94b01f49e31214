import { sql, type NotNull } from 'kysely';

import { rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { notFound } from '../../platform/http/errors.ts';
import { tables } from '../../platform/db/tables.ts';
import type { Languages } from '../../platform/languages.ts';
import type { Person } from '../../platform/person.ts';
import type { Kinds } from '../house/kinds.ts';
import { recordAct } from '../subjects/subjects.ts';
import { READER, wish } from '../texts/translations.ts';
import { translationActs } from './improving.policy.ts';
import { findTranslatable, type Asking, type Translatable } from './improving.reads.ts';
import { eraseCopies } from './looking.ts';
import { TranslationRevision } from './revision.entity.ts';

interface Words {
  title: string | null;
  body: string;
}

/** A revision whose words are still there. Throws 404 for one that has none, or is not there. */
export async function findRevision(em: Em, { subject, language }: Translatable, number: number): Promise<Words> {
  const found = await tables(em, TranslationRevision)
    .selectFrom('translation_revision')
    .select(['title', 'body'])
    .where((revision) => revision.and({ subjectId: subject.id, language, number }))
    .where('body', 'is not', null)
    .$narrowType<{ body: NotNull }>()
    .executeTakeFirst();
  if (!found) throw notFound();
  return found;
}

/**
 * Takes the words of a revision away for good, for moderators: from every revision that has the same words, and from readers where they
 * are in use; the machine's translation takes their place. That somebody wrote something, and when, stays. Throws 403 and 404.
 */
export async function eraseRevision(
  em: Em,
  { languages, kinds, person }: { languages: Languages & Asking['languages']; kinds: Kinds; person: Person },
  { textId, language }: { textId: string; language: string },
  number: number,
): Promise<void> {
  await transaction(em, async (inner) => {
    const asked = { textId, language, act: translationActs.eraseRevision };
    const found = await findTranslatable(inner, { kinds, languages, person }, asked, { lock: true });
    const { subject, original, human, machine } = found;
    const words = await findRevision(inner, found, number);
    const isSame = sql`language = ${language} and title is not distinct from ${words.title} and body = ${words.body}`;
    const erased = await rows(
      inner,
      sql<{ id: string }>`update translation_revision set title = null, body = null
        where subject_id = ${subject.id} and ${isSame} returning id`,
    );
    await eraseCopies(
      inner,
      erased.map(({ id }) => id),
    );
    // Those of older versions of the text, too.
    await rows(
      inner,
      sql`delete from translation where human and text_id in (select id from text where subject_id = ${subject.id}) and ${isSame}`,
    );
    const wasRead = human !== null && human.title === words.title && human.body === words.body;
    if (wasRead && !machine && languages.translator.way(original.language, language))
      await wish(inner, original, [language], { priority: READER, again: true });
    await recordAct(inner, 'translated', subject, { actorId: person.id, textId: original.id, language });
  });
}
