import { z } from 'zod';

import type { Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { tables } from '../../platform/db/tables.ts';
import { writtenText } from '../../platform/input.ts';
import type { Jobs } from '../../platform/jobs.ts';
import type { Person } from '../../platform/person.ts';
import type { Kind, Kinds, SubjectRow } from '../house/kinds.ts';
import { admit } from '../subjects/gate.ts';
import { closeSubject, findSubject, publishSubject, reopenSubject } from '../subjects/subjects.ts';
import { prepareText, storeText, type NewText } from '../texts/texts.ts';
import type { Languages } from '../../platform/languages.ts';
import { Decision } from './decision.entity.ts';
import { reopenFlags, settleFlags } from './flags.ts';
import { moderationActs } from './moderation.policy.ts';

export const REASON_CHARACTERS = 1_000;
export const DECISION_MAIL = 'mail-decision';

export const decisionKind: Kind = {
  kind: 'decision',
  noun: 'moderation:reason',
  path: ({ rootId }) => `/o/${rootId}`,
  hideable: false,
  invites: [],
};

export const reasonInput = z
  .object({
    reason: writtenText({ max: REASON_CHARACTERS, required: 'reasonRequired', multiline: true }).meta({
      description: 'Why, for those who may read it',
    }),
  })
  .meta({ id: 'ReasonInput' });

interface Services {
  languages: Languages;
  kinds: Kinds;
  jobs: Jobs;
}

export interface Judgement {
  id: string;
  type: 'hidden' | 'restored';
  reason: string;
  interfaceLanguage: string;
  /** Of a hiding a moment ago: what was reported waits again, as before it. */
  isUndo?: boolean;
}

/**
 * Hides a subject with all below it, or restores it, for a reason its author can read in their language; they are told by mail.
 * The flags about it are settled; those about what stands below wait, as it comes back with it.
 * Throws 403 for all but moderators, 409 when it was decided or withdrawn already.
 */
export async function decide(
  em: Em,
  { languages, kinds, jobs }: Services,
  person: Person,
  { id, type, reason, interfaceLanguage, isUndo = false }: Judgement,
): Promise<void> {
  const text = prepareText(languages, { title: null, body: reason, interfaceLanguage });
  await transaction(em, async (inner) => {
    const subject = await findSubject(inner, id, person, { lock: true });
    await admit(inner, person, { act: actOf(type), subject, kind: kinds.get(subject.kind) });
    if (isUndo) await reopenFlags(inner, person, subject);
    if (type === 'hidden') {
      await closeSubject(inner, subject, 'hidden', person.id);
      await settleFlags(inner, person, subject);
    } else await reopenSubject(inner, subject, person.id);
    const decisionId = await storeDecision(inner, subject, person, { type, text, visibility: 'author' });
    await storeText(inner, languages, { subjectId: decisionId, version: 1, text });
    if (subject.authorId) await jobs.send(inner, DECISION_MAIL, { decision: decisionId });
  });
}

/** What a person does who comes to this judgement. */
export const actOf = (type: Judgement['type']) => (type === 'hidden' ? moderationActs.hide : moderationActs.restore);

interface NewDecision {
  type: Judgement['type'] | 'cancelled' | 'message';
  text: NewText;
  /** Who reads the reason: everybody, or the author and the staff. */
  visibility: 'public' | 'author';
  at?: Date;
}

/** Stores why something was decided; the text follows in the same transaction. Returns the id of the decision. */
export async function storeDecision(
  em: Em,
  subject: Pick<SubjectRow, 'id' | 'rootId' | 'spaceId'>,
  { id: authorId }: Pick<Person, 'id'>,
  { type, text, visibility, at: publishedAt = new Date() }: NewDecision,
): Promise<string> {
  const { spaceId } = subject;
  const id = await publishSubject(
    em,
    { kind: 'decision', spaceId, authorId, textId: text.id, parent: subject, visibility, publishedAt },
    text.language,
  );
  await tables(em, Decision).insertInto('decision').values({ subjectId: id, type }).execute();
  return id;
}
