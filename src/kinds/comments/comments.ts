import { sql } from 'kysely';
import { z } from 'zod';

import { row, type Em } from '../../platform/db/database.ts';
import { tables } from '../../platform/db/tables.ts';
import { InvalidInput } from '../../platform/http/errors.ts';
import { writtenText } from '../../platform/input.ts';
import type { Person } from '../../platform/person.ts';
import type { Counter, Kind, Kinds, SubjectRow } from '../../services/house/kinds.ts';
import { admit } from '../../services/subjects/gate.ts';
import { findSubject, isPublic, publishSubject } from '../../services/subjects/subjects.ts';
import { contribute, type Key } from '../../services/texts/contributions.ts';
import { prepareText, storeText } from '../../services/texts/texts.ts';
import type { Languages } from '../../platform/languages.ts';
import { Comment } from './comment.entity.ts';
import { commentActs } from './comments.policy.ts';

export const COMMENT_CHARACTERS = 3_000;

export const ALIGNMENTS = ['for', 'against', 'neutral'] as const;

export const commentKind: Kind = {
  kind: 'comment',
  noun: 'site:noun.comment',
  path: ({ id }) => `/comments/${id}`,
  hideable: true,
  limits: { title: 0, body: COMMENT_CHARACTERS },
  invites: [],
};

/** How many public comments and replies there are below a subject. */
export const commentCounter: Counter = {
  name: 'comments',
  count: (ids) => sql`select s.root_id as subject_id, count(*)::int as value from subject s
    where s.kind = 'comment' and ${isPublic} and s.root_id = any(${[...ids]}::uuid[]) group by s.root_id`,
};

export const commentText = z.object({
  body: writtenText({ max: COMMENT_CHARACTERS, required: 'commentRequired', multiline: true }).meta({
    description: 'Markdown without HTML',
  }),
  language: z
    .string({ error: 'language' })
    .max(10, { error: 'language' })
    .nullish()
    .meta({ description: 'What its author says it is written in; otherwise it is detected' }),
});

export const commentInput = commentText
  .extend({
    alignment: z
      .enum(ALIGNMENTS, { error: 'invalidField' })
      .default('neutral')
      .meta({ description: 'The alignment taken. Replies and kinds that ask for none have none' }),
    parent: z
      .uuid({ error: 'invalidField' })
      .nullish()
      .meta({ description: 'The comment that is answered; a reply to a reply stands below the same comment' }),
  })
  .meta({ id: 'CommentInput' });

export type CommentInput = z.output<typeof commentInput>;

export interface Commenting {
  /** What is commented on. */
  id: string;
  input: CommentInput;
  interfaceLanguage: string;
  key?: Key | undefined;
}

interface Services {
  languages: Languages;
  kinds: Kinds;
  person: Person;
}

/** Publishes a comment or a reply. Returns its id. Throws 403 where nobody is asked, 410 for what is closed, 409 and 429 as every contribution. */
export async function postComment(
  em: Em,
  { languages, kinds, person }: Services,
  { id, input, interfaceLanguage, key }: Commenting,
): Promise<string> {
  const { body, language } = input;
  const contribution = { written: { title: null, body, language, interfaceLanguage }, body: [id, input], key };
  return contribute(em, { languages, person }, contribution, async (inner, text) => {
    // Locked against being hidden or withdrawn at this moment: a comment must not outlive what it stands under.
    const about = await findSubject(inner, id, person, { lock: true });
    const kind = kinds.get(about.kind);
    await admit(inner, person, { act: commentActs.post, subject: about, kind });
    const answered = input.parent ? await findAnswered(inner, input.parent, about, person) : null;
    const { spaceId } = about;
    const commentId = await publishSubject(
      inner,
      { kind: 'comment', spaceId, authorId: person.id, textId: text.id, parent: answered ?? about },
      text.language,
    );
    const alignment = !answered && kind.invites.includes('alignment') ? input.alignment : null;
    await storeComment(inner, { subjectId: commentId, aboutId: about.id, alignment });
    return commentId;
  });
}

export interface ImportedComment {
  /** The idea, event or report that is discussed. */
  aboutId: string;
  parent: { id: string; rootId: string; spaceId: string | null };
  authorId: string;
  body: string;
  language: string;
  alignment: CommentInput['alignment'] | null;
  publishedAt: Date;
}

/** Stores a comment that was written elsewhere or earlier, in the transaction of `em`. Returns its id. */
export async function importComment(em: Em, languages: Languages, comment: ImportedComment): Promise<string> {
  const { aboutId, parent, authorId, body, language, alignment, publishedAt } = comment;
  const prepared = prepareText(languages, { title: null, body, language, interfaceLanguage: language });
  const text = { ...prepared, decidedBy: 'import' as const };
  const subject = { kind: 'comment', spaceId: parent.spaceId, authorId, textId: text.id, parent, publishedAt };
  const id = await publishSubject(em, subject, language);
  await storeComment(em, { subjectId: id, aboutId, alignment });
  await storeText(em, languages, { subjectId: id, version: 1, text });
  return id;
}

export async function storeComment(
  em: Em,
  comment: { subjectId: string; aboutId: string; alignment: CommentInput['alignment'] | null },
): Promise<void> {
  await tables(em, Comment).insertInto('comment').values(comment).execute();
}

/** The comment a reply stands below: one level deep, so a reply to a reply goes to what that one answers. */
export async function findAnswered(em: Em, id: string, about: SubjectRow, person: Person): Promise<SubjectRow> {
  const answered = await findSubject(em, id, person);
  const isThere = await row(em, sql`select 1 from comment where subject_id = ${id} and about_id = ${about.id}`);
  if (!isThere) throw new InvalidInput([{ field: 'parent', key: 'errors:invalidField', params: {} }]);
  await admit(em, person, { act: commentActs.reply, subject: answered });
  return answered.parentId && answered.parentId !== about.id ? findSubject(em, answered.parentId, person) : answered;
}
