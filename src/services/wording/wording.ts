import { sql } from 'kysely';
import { z } from 'zod';

import { rows, type Em } from '../../platform/db/database.ts';
import { now } from '../../platform/db/moments.ts';
import { tables } from '../../platform/db/tables.ts';
import { HttpError, notFound } from '../../platform/http/errors.ts';
import { optionalText, writtenText } from '../../platform/input.ts';
import type { Person } from '../../platform/person.ts';
import { localPath } from '../site/requests.ts';
import { admit } from '../subjects/gate.ts';
import { isId } from '../subjects/subjects.ts';
import { WordingReport } from './wording-report.entity.ts';
import { wordingActs } from './wording.policy.ts';

/** Longer than any message of ours. */
export const WORDS_CHARACTERS = 500;
export const REMARK_CHARACTERS = 1_000;

/** Of what people told: nobody has dealt with it yet, or somebody has. */
export const STATES = ['open', 'done'] as const;

export const wordingInput = z.object({
  words: writtenText({ max: WORDS_CHARACTERS, required: 'wordsRequired' }),
  better: writtenText({ max: WORDS_CHARACTERS, required: 'betterRequired' }),
  remark: optionalText(REMARK_CHARACTERS),
});

/** Where words stand that are wrong. */
export interface Place {
  language: string;
  /** Below our address; null where nobody says. */
  page: string | null;
}

/** A page of ours says itself in which language its words are; without one it is the `language` asked for. A link to sign in loses its secret. */
export function placeOf(page: string | undefined, language: string, languages: readonly string[]): Place {
  const path = localPath(page, '').replace(/^(\/[a-z]+\/sign-in)\/[^?#]*/, '$1');
  const own = /^\/([a-z]+)(?=[/?#]|$)/.exec(path)?.[1];
  return own && languages.includes(own) ? { language: own, page: path } : { language, page: null };
}

interface Told extends Place {
  /** Of the form. */
  id: string;
  input: z.output<typeof wordingInput>;
}

/**
 * Tells the secretariat that words of the site are wrong. The same form sent again by the same person takes the place of what it said before.
 * Throws 401, 409 when the id belongs to another report or to one that is done, 429 over the limit.
 */
export async function tellWording(em: Em, person: Person | null, { id, language, page, input }: Told): Promise<void> {
  const { id: personId } = await admit(em, person, { act: wordingActs.tell });
  const said = { language, page, ...input };
  const { numInsertedOrUpdatedRows: stored } = await tables(em, WordingReport)
    .insertInto('wording_report')
    .values({ id, personId, ...said })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(said)
        .where('wording_report.personId', '=', personId)
        .where('wording_report.settledAt', 'is', null),
    )
    .executeTakeFirst();
  if (!stored) throw new HttpError(409, 'errors:keyUsed');
}

/** The secretariat is done with a report, or opens it again; a second time changes nothing. Throws 401, 403, 404, 429. */
export async function settleWording(
  em: Em,
  person: Person | null,
  { id, isDone }: { id: string; isDone: boolean },
): Promise<void> {
  const { id: personId } = await admit(em, person, { act: wordingActs.settle });
  const changed = isDone
    ? sql`settled_at = coalesce(settled_at, ${now}), settled_by = coalesce(settled_by, ${personId})`
    : sql`settled_at = null, settled_by = null`;
  const found = isId(id) ? await rows(em, sql`update wording_report set ${changed} where id = ${id} returning id`) : [];
  if (found.length === 0) throw notFound();
}
