import { sql } from 'kysely';

import type { Line } from '../../platform/activity/activity.ts';
import type { ActivityReader } from '../../platform/activity/readers.ts';
import { tells, type Verbs } from '../../platform/activity/verbs.ts';
import { rows, type Em } from '../../platform/db/database.ts';
import { transaction } from '../../platform/db/guard.ts';
import { fold } from '../../platform/fold.ts';

/** More wait for the reader. */
const NEWEST = 100;

/** Keeps the words of ideas and of their translations as a search compares them. A reader of the activity begins with the first idea there was. */
export const foldingWords = (verbs: Verbs): ActivityReader => ({
  name: 'idea-words',
  handle: (em, lines) => foldAnew(em, [...new Set(lines.filter((line) => isOfWords(line, verbs)).map(idOf))]),
});

const idOf = ({ subjectId }: Line): string => subjectId;

const isOfWords = (line: Line, verbs: Verbs): boolean =>
  line.kind === 'idea' && (tells(verbs, line, 'words') || tells(verbs, line, 'translation'));

/** An idea that was posted a moment ago is found at once: the reader has not come to it yet. */
export async function foldNewest(em: Em): Promise<void> {
  const found = await rows(
    em,
    sql<{ id: string }>`select s.id from subject s where s.kind = 'idea' and s.published_at > now() - interval '1 hour'
        and not exists (select 1 from idea_words w where w.subject_id = s.id) order by s.published_at desc limit ${sql.lit(NEWEST)}`,
  );
  if (found.length === 0) return;
  await transaction(em, (inner) =>
    foldAnew(
      inner,
      found.map(({ id }) => id),
    ),
  );
}

async function foldAnew(em: Em, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  // One at a time: what is read here is the last word, and nobody stores an older one after it. Not by a lock of the table, which whoever
  // deletes an idea wants, too, after having the idea itself.
  await rows(em, sql`select pg_advisory_xact_lock(hashtextextended('idea_words', 0))`);
  const found = await rows(
    em,
    sql<{ id: string; words: string }>`
      select s.id, concat_ws(' ', t.title, t.body) as words from subject s join text t on t.id = s.text_id
        where s.id = any(${[...ids]}::uuid[]) and t.body is not null
      union all
      select s.id, concat_ws(' ', m.title, m.body) from subject s join translation m on m.text_id = s.text_id
        where s.id = any(${[...ids]}::uuid[]) and m.state = 'ready' and m.body is not null`,
  );
  await rows(em, sql`delete from idea_words where subject_id = any(${[...ids]}::uuid[]) returning 1`);
  const folded = found.map(({ words }) => fold(words));
  await rows(
    em,
    sql`insert into idea_words (subject_id, part, words)
      select id, row_number() over (partition by id), words
      from unnest(${found.map(({ id }) => id)}::uuid[], ${folded}::text[]) each (id, words) returning 1`,
  );
}
