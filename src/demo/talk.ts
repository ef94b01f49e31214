import { sql } from 'kysely';

import { importComment } from '../kinds/comments/comments.ts';
import { record } from '../platform/activity/activity.ts';
import { rows, type Em } from '../platform/db/database.ts';
import { transaction } from '../platform/db/guard.ts';
import type { Languages } from '../platform/languages.ts';
import { readComments, readFlags } from './content.ts';

const HOUR_MILLISECONDS = 3_600_000;

interface Answered {
  id: string;
  rootId: string;
  spaceId: string | null;
  at: Date;
}

/** What the demo's people say to each other's ideas, a few hours after each was published, what they flag, and which ideas they support. */
export async function addTalk(em: Em, languages: Languages, people: ReadonlyMap<string, string>): Promise<void> {
  const ideas = await rows(
    em,
    sql<
      Answered & { title: string }
    >`select s.id, s.id as "rootId", s.space_id as "spaceId", s.published_at as at, t.title
      from subject s join text t on t.id = s.text_id where s.kind = 'idea' and s.author_id is not null`,
  );
  const byTitle = new Map(ideas.map((idea) => [idea.title, idea]));
  await transaction(em, async (inner) => {
    const said: Answered[] = [];
    for (const [index, { idea, author, body, language, alignment, replyTo }] of readComments().entries()) {
      const parent = replyTo ? said[replyTo - 1] : byTitle.get(idea);
      const authorId = people.get(author);
      if (!parent || !authorId) throw new Error(`The demo's comment ${index + 1} answers nothing, or nobody wrote it.`);
      const at = new Date(Math.min(parent.at.getTime() + (1 + (index % 9)) * HOUR_MILLISECONDS, Date.now()));
      const id = await importComment(inner, languages, {
        aboutId: parent.rootId,
        parent,
        authorId,
        body,
        language,
        alignment: alignment ?? null,
        publishedAt: at,
      });
      said.push({ id, rootId: parent.rootId, spaceId: parent.spaceId, at });
    }
    await flag(inner, people, said);
  });
  await transaction(em, (inner) => support(inner, [...people.values()], ideas));
}

/** A few flags, so that moderators find something on their desk. */
async function flag(em: Em, people: ReadonlyMap<string, string>, said: readonly Answered[]): Promise<void> {
  for (const { comment, author, reason, language = null, note = null } of readFlags())
    await rows(
      em,
      sql`insert into flag (text_id, person_id, reason, language, note)
          select text_id, ${people.get(author)}, ${reason}, ${language}, ${note} from subject where id = ${said[comment - 1]?.id}`,
    );
}

/** Everybody supports some ideas of others; the choice is the same at every start. */
async function support(em: Em, people: readonly string[], ideas: readonly Answered[]): Promise<void> {
  for (const [place, { id, spaceId, at }] of ideas.entries()) {
    const supporters = people.filter((_, index) => (index * 7 + place * 13) % 11 < place % 6);
    await rows(
      em,
      sql`insert into endorsement (subject_id, person_id, created_at)
          select ${id}, person, least(now(), ${at.toISOString()}::timestamptz + interval '1 hour') from unnest(${supporters}::uuid[]) person
          join subject s on s.id = ${id} where s.author_id <> person`,
    );
    await record(em, { type: 'endorsed', kind: 'idea', subjectId: id, rootId: id, spaceId });
  }
}
