import { z } from 'zod';

import type { House } from '../../services/house/house.ts';
import { callerOf, endpoint, type Endpoint } from '../../platform/api/api.ts';
import { listCursor } from '../../platform/api/cursors.ts';
import { afterOf, idOf, keyOf } from '../../platform/api/requests.ts';
import { addresses, authorFields, subjectJson, textFields } from '../../services/texts/subject.json.ts';
import { findSubject } from '../../services/subjects/subjects.ts';
import { ALIGNMENTS, commentInput, postComment } from './comments.ts';
import { findComment, listComments, listReplies, type ShownComment } from './comments.reads.ts';

const commentJson = subjectJson
  .omit({ space: true })
  .extend({
    root: z.string().meta({ description: 'What is commented on' }),
    parent: z.string().nullable().meta({ description: 'The comment it answers' }),
    alignment: z.enum(ALIGNMENTS).nullable().meta({ description: 'Null for replies, and where none is asked for' }),
  })
  .meta({ id: 'Comment' });

const listInput = z.object({
  sort: z.enum(['newest', 'oldest']).default('newest').meta({ description: 'Which ones come first' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(20)
    .meta({ description: 'How many at most, replies not counted' }),
  cursor: z.string().max(200).optional().meta({ description: '`next` of the page before' }),
});

const list = z.object({
  items: z.array(commentJson),
  next: z.string().nullable().meta({ description: '`cursor` of the next page; null on the last one' }),
});

const subjectPaths = ['/subjects/{id}/comments', '/ideas/{id}/comments'];

/** Comments of any subject whose kind invites them; `/ideas/…` is another name for the same. */
export function commentsApi({ settings, words, languages, kinds }: House): Endpoint[] {
  const show = (comment: ShownComment, lang: string, replies?: number) => ({
    id: comment.id,
    kind: 'comment',
    ...addresses(settings.publicUrl, { id: comment.id, path: `/comments/${comment.id}`, lang }, words.languages),
    root: comment.aboutId,
    parent: comment.parentId,
    alignment: comment.alignment,
    author: authorFields(comment.author),
    state: comment.state,
    createdAt: comment.publishedAt.toISOString(),
    editedAt: comment.editedAt?.toISOString() ?? null,
    counts: replies === undefined ? {} : { replies },
    ...textFields(comment.text),
    version: comment.revision,
  });

  const ofComments = endpoint({
    method: 'get',
    path: '/comments/{id}/replies',
    summary: 'All replies to a comment, the oldest first',
    query: listInput.omit({ sort: true }),
    answers: { 200: list },
    errors: [404, 410],
    handle: async (call) => {
      const { id } = await findComment(call.em, idOf(call), call.reader);
      const { limit, cursor } = call.query;
      const asked = { sort: 'oldest', limit: limit + 1, after: afterOf(cursor) } as const;
      const { items, next } = pageOf(await listComments(call.em, id, asked, call.reader), limit);
      return { status: 200, body: { items: items.map((item) => show(item, call.lang)), next } };
    },
  });

  const ofSubjects = subjectPaths.flatMap((path) => [
    endpoint({
      method: 'get',
      path,
      summary: 'Comments, each followed by its first five replies; `counts.replies` says how many there are',
      query: listInput,
      answers: { 200: list },
      errors: [404, 410],
      handle: async (call) => {
        const { sort, limit, cursor } = call.query;
        const root = await findSubject(call.em, idOf(call), call.person);
        const asked = { sort, limit: limit + 1, after: afterOf(cursor) };
        const { items: comments, next } = pageOf(await listComments(call.em, root.id, asked, call.reader), limit);
        const replies = await listReplies(
          call.em,
          comments.map(({ id }) => id),
          call.reader,
        );
        const items = comments.flatMap((comment) => [
          comment,
          ...replies.shown.filter((reply) => reply.parentId === comment.id),
        ]);
        return {
          status: 200,
          body: { items: items.map((item) => show(item, call.lang, replies.totals.get(item.id))), next },
        };
      },
    }),
    endpoint({
      method: 'post',
      path,
      summary: 'Comment, or reply to a comment',
      body: commentInput,
      headers: [{ name: 'Idempotency-Key', description: 'The same key gives the same comment for 24 hours' }],
      answers: { 201: commentJson },
      errors: [401, 404, 409, 410],
      handle: async (call) => {
        const person = callerOf(call);
        const commenting = {
          id: idOf(call),
          input: call.body,
          interfaceLanguage: person.interfaceLanguage,
          key: keyOf(call),
        };
        const id = await postComment(call.em, { languages, kinds, person }, commenting);
        return { status: 201, body: show(await findComment(call.em, id, call.reader), call.lang) };
      },
    }),
  ]);
  return [...ofSubjects, ofComments];
}

/** One page of what was found, which is one more than it holds where there are further ones. */
function pageOf(
  found: readonly ShownComment[],
  limit: number,
): { items: readonly ShownComment[]; next: string | null } {
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, next: last ? listCursor(last.publishedAt, last.id) : null };
}
